package monitoring

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// clientClosedRequest is the status under which a request is counted that its client gave up.
const clientClosedRequest = 499

// requests counts those that a service answers.
type requests struct {
	count     Counter
	duration  Histogram
	methods   *OneOf
	unmatched string
	statuses  []string
	mutex     sync.RWMutex
	cells     map[cellKey]*cell
}

type cellKey struct {
	method, pattern string
	status          int
}

// cell has the series of one label set.
type cell struct {
	// template is the route's; empty where none matched.
	template string
	count    prometheus.Counter
	duration prometheus.Observer
}

func (s *Service) newRequests(definitions HTTP) *requests {
	of := definitions.Requests
	methods, hasMethods := of.Labels[0].Spec.(*OneOf)
	statuses, hasStatuses := of.Labels[2].Spec.(*OneOf)
	if !hasMethods || !hasStatuses {
		panic(of.Name + ": expected closed sets of methods and status codes.")
	}
	unmatched, _ := of.Labels[1].Spec.rest()
	return &requests{
		count: s.Counter(of), duration: s.Histogram(definitions.Duration),
		methods: methods, unmatched: unmatched, statuses: statuses.Values,
		cells: map[cellKey]*cell{},
	}
}

// knows says whether a method is kept apart.
func (r *requests) knows(method string) bool { return slices.Contains(r.methods.Values, method) }

// record counts a request.
func (c *cell) record(took time.Duration, exemplar prometheus.Labels) {
	c.count.Inc()
	observe(c.duration, took.Seconds(), exemplar)
}

// of finds the series of a request. Its template is made once, as it takes longer than to count.
func (r *requests) of(method, pattern string, status int) *cell {
	if !r.knows(method) {
		method = r.methods.Rest
	}
	key := cellKey{method, pattern, status}
	r.mutex.RLock()
	found := r.cells[key]
	r.mutex.RUnlock()
	if found != nil {
		return found
	}
	template, route := "", r.unmatched
	if pattern != "" {
		template = templateOf(pattern)
		route = template
	}
	// Both metrics have the labels that the one keeps within bounds.
	labels := r.count.resolver.resolve([]string{method, route, r.statusLabel(status)})
	found = &cell{template, r.count.vector.WithLabelValues(labels...), r.duration.vector.WithLabelValues(labels...)}
	r.mutex.Lock()
	r.cells[key] = found
	r.mutex.Unlock()
	return found
}

// statusLabel is the status; that of its class where it is not kept apart; 500 for what no sound response has.
func (r *requests) statusLabel(status int) string {
	for _, label := range []string{strconv.Itoa(status), strconv.Itoa(status / 100 * 100)} {
		if slices.Contains(r.statuses, label) {
			return label
		}
	}
	return "500"
}

var wildcard = regexp.MustCompile(`\{([^{}]+?)(\.\.\.)?\}`)

// templateOf is the route of a pattern as the catalogue writes it: "GET /orders/{id}" is "/orders/:id".
func templateOf(pattern string) string {
	_, path, hasMethod := strings.Cut(pattern, " ")
	if !hasMethod {
		path = pattern
	}
	path = strings.TrimSuffix(path[strings.Index(path, "/"):], "{$}")
	return wildcard.ReplaceAllString(path, ":$1")
}

// writer notes the status of an answer.
type writer struct {
	http.ResponseWriter
	status int
}

func (w *writer) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(data []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController reach what the server can do besides.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush sends what is written so far, where the server can.
func (w *writer) Flush() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}
