package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"syscall"
)

// requestsOfRound are few: subjects that are asked in short turns see the same machine.
const requestsOfRound = 20_000

var order = []string{"bare", "ours", "peer"}

// inProcess calls the handlers in turn and prints what each took in each round: CPU of the process per request, in
// microseconds, as JSON. No socket is in it, whose cost differs more from round to round than the handlers do.
func inProcess(given string) {
	rounds, err := strconv.Atoi(given)
	if err != nil || rounds < 1 {
		log.Fatalf("Found %s, expected a number of rounds.", given)
	}
	handlers, figures := map[string]http.Handler{}, map[string][]float64{}
	for _, kind := range order {
		handlers[kind] = kinds[kind]()
	}
	request, end := served()
	defer end()
	// The first round is not counted.
	for round := 0; round <= rounds; round++ {
		for turn := range order {
			// Each is first, second and last as often as the others.
			kind := order[(round+turn)%len(order)]
			took := cpuOf(handlers[kind], request)
			if round > 0 {
				figures[kind] = append(figures[kind], took)
			}
		}
	}
	for _, kind := range order[1:] {
		mustHaveCounted(kind, handlers[kind], (rounds+1)*requestsOfRound)
	}
	_ = json.NewEncoder(os.Stdout).Encode(figures)
}

func cpuOf(handler http.Handler, request *http.Request) float64 {
	// What the one before left is not cleared at this one's cost; its own garbage is.
	runtime.GC()
	before := cpu()
	for range requestsOfRound {
		handler.ServeHTTP(&response{header: http.Header{}}, request)
	}
	return (cpu() - before) / requestsOfRound
}

// cpu is what the process has used so far, in microseconds: its garbage collection, too.
func cpu() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		log.Fatal(err)
	}
	of := func(t syscall.Timeval) float64 { return float64(t.Sec)*1e6 + float64(t.Usec) }
	return of(used.Utime) + of(used.Stime)
}

// served is a request with a context as that of a server: its values are as far down.
func served() (*http.Request, func()) {
	connection := context.WithValue(context.Background(), http.ServerContextKey, &http.Server{})
	connection = context.WithValue(connection, http.LocalAddrContextKey, &net.TCPAddr{})
	connection, end := context.WithCancel(connection)
	ctx, endRequest := context.WithCancel(connection)
	request := httptest.NewRequestWithContext(ctx, "GET", "/products/42", nil)
	return request, func() { endRequest(); end() }
}

// response takes an answer as the one of net/http does, by the same interfaces: what wraps it looks for these.
type response struct {
	header  http.Header
	status  int
	written int64
}

func (r *response) Header() http.Header { return r.header }

func (r *response) WriteHeader(status int) { r.status = status }

func (r *response) Write(data []byte) (int, error) {
	r.written += int64(len(data))
	return len(data), nil
}

func (r *response) WriteString(data string) (int, error) {
	r.written += int64(len(data))
	return len(data), nil
}

func (r *response) ReadFrom(from io.Reader) (int64, error) { return io.Copy(io.Discard, from) }

func (r *response) Flush() {}

func (r *response) FlushError() error { return nil }

func (r *response) CloseNotify() <-chan bool { return nil }

func (r *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return nil, nil, errors.New("there is no connection")
}

var series = regexp.MustCompile(`(?m)^(http_requests_total|http_request_duration_seconds_count)\{.*products.*\} (\S+)$`)

// mustHaveCounted ends the program where a handler has not counted each request in both metrics.
func mustHaveCounted(kind string, handler http.Handler, requests int) {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "/metrics", nil))
	counted := map[string]float64{}
	for _, found := range series.FindAllStringSubmatch(recorder.Body.String(), -1) {
		value, _ := strconv.ParseFloat(found[2], 64)
		counted[found[1]] += value
	}
	want := map[string]float64{
		"http_requests_total": float64(requests), "http_request_duration_seconds_count": float64(requests),
	}
	if fmt.Sprint(counted) != fmt.Sprint(want) {
		log.Fatalf("%s counted %v of %v.", kind, counted, want)
	}
}
