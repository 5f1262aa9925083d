package monitoring

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

func testService() *Service {
	labels := []Label{
		{"method", &OneOf{Values: []string{"GET", "POST", "OTHER"}, Rest: "OTHER"}},
		{"route", &Bounded{Max: 100, Rest: "unmatched"}},
		{"status_code", &OneOf{Values: []string{"200", "201", "400", "404", "499", "500"}}},
	}
	return NewService("parcel-service", &HTTP{
		Requests: Metric{Name: "http_requests_total", Help: "Requests.", Labels: labels},
		Duration: Metric{Name: "http_request_duration_seconds", Help: "Time.", Labels: labels, Buckets: []float64{0.1, 1}},
	})
}

func testMux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /parcels/{number}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("number") == "13" {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(http.StatusCreated)
	})
	mux.HandleFunc("/files/{path...}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(418) })
	mux.HandleFunc("GET /slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	return mux
}

// counted has the requests by method, route and status; none that is at 0.
func counted(t *testing.T, service *Service) map[string]float64 {
	t.Helper()
	families, err := service.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]float64{}
	for _, family := range families {
		if family.GetName() != "http_requests_total" {
			continue
		}
		for _, metric := range family.Metric {
			var labels []string
			for _, label := range metric.Label {
				labels = append(labels, label.GetValue())
			}
			if count := metric.Counter.GetValue(); count > 0 {
				found[strings.Join(labels, " ")] = count
			}
		}
	}
	return found
}

func TestEachRequestCountsOnceByItsTemplate(t *testing.T) {
	service := testService()
	server := httptest.NewServer(service.Handler(testMux()))
	defer server.Close()
	for _, each := range [][2]string{
		{"GET", "/parcels/1"}, {"GET", "/parcels/2"}, {"GET", "/parcels/13"}, {"GET", "/nothing"}, {"BREW", "/files/a/b"},
		{"GET", "/metrics"}, {"GET", "/health"}, {"GET", "/health/ready"},
	} {
		request, _ := http.NewRequest(each[0], server.URL+each[1], nil)
		// On a connection of its own: on one that was used before, what was cut is sent again.
		request.Close = true
		if response, err := http.DefaultTransport.RoundTrip(request); err == nil {
			_ = response.Body.Close()
		}
	}
	want := map[string]float64{
		"GET /parcels/:number 201": 2, "GET /parcels/:number 500": 1, "GET unmatched 404": 1, "OTHER /files/:path 400": 1,
	}
	found := counted(t, service)
	for labels, count := range want {
		if found[labels] != count {
			t.Errorf("%s: %v, want %v", labels, found[labels], count)
		}
	}
	if len(found) != len(want) {
		t.Errorf("counted too: %v", found)
	}
}

func TestAClientThatGoesAwayCountsAs499(t *testing.T) {
	service := testService()
	server := httptest.NewServer(service.Handler(testMux()))
	defer server.Close()
	connection, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = connection.Write([]byte("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"))
	time.Sleep(50 * time.Millisecond)
	_ = connection.Close()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if counted(t, service)["GET /slow 499"] == 1 {
			return
		}
	}
	t.Errorf("counted: %v", counted(t, service))
}

func TestReadiness(t *testing.T) {
	server := httptest.NewServer(testService().Handler(testMux(), Ready(func() bool { return false })))
	defer server.Close()
	for path, want := range map[string]int{"/health/live": 200, "/health/ready": 503} {
		response, err := http.Get(server.URL + path)
		if err != nil || response.StatusCode != want {
			t.Errorf("%s: %v %v", path, response, err)
		}
	}
}

func TestNamesThatClashInOpenMetricsAreToldApart(t *testing.T) {
	service := testService()
	service.Counter(Metric{Name: "sent_total", Help: "Sent."}).Add(2)
	service.Counter(Metric{Name: "sent_created_total", Help: "Made.", UnknownInOpenMetrics: true}).Add(3)
	for accept, want := range map[string]string{
		"":                             "# TYPE sent_created_total counter",
		"application/openmetrics-text": "# TYPE sent_created_total unknown",
	} {
		request := httptest.NewRequest("GET", "/metrics", nil)
		request.Header.Set("Accept", accept)
		recorder := httptest.NewRecorder()
		service.Exposition().ServeHTTP(recorder, request)
		body := recorder.Body.String()
		if !strings.Contains(body, want) || !strings.Contains(body, "sent_created_total 3") {
			t.Errorf("%q does not have %q:\n%s", accept, want, body)
		}
		if accept == "" {
			parser := expfmt.NewTextParser(model.LegacyValidation)
			if _, err := parser.TextToMetricFamilies(strings.NewReader(body)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTemplates(t *testing.T) {
	for pattern, want := range map[string]string{
		"/": "/", "GET /{$}": "/", "GET /a/{b}": "/a/:b", "POST example.com/a/{b}/{rest...}": "/a/:b/:rest",
	} {
		if found := templateOf(pattern); found != want {
			t.Errorf("%s is %s, want %s", pattern, found, want)
		}
	}
}

func TestLogLinesHaveLevelsAsNumbers(t *testing.T) {
	var lines bytes.Buffer
	logger := slog.New(LogHandler(&lines, slog.LevelDebug))
	for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
		logger.Log(context.Background(), level, "x")
	}
	decoder := json.NewDecoder(&lines)
	for _, want := range []int{20, 30, 40, 50} {
		var line struct{ Level int }
		if err := decoder.Decode(&line); err != nil || line.Level != want {
			t.Errorf("%d, want %d: %v", line.Level, want, err)
		}
	}
}
