package monitoring

import (
	"encoding/json"
	"net/http"
	"time"
)

// Option is a choice of Handler.
type Option func(*options)

type options struct{ ready func() bool }

// Ready says whether the service can do its work, for /health/ready. By default it can.
func Ready(ready func() bool) Option { return func(o *options) { o.ready = ready } }

// Handler serves mux, counts and traces its requests, and adds /metrics, /health, /health/live and /health/ready, which
// are neither counted nor traced. Give it the mux itself: what stands between them must not copy the request, as the
// mux notes in it which route matched. A Mux, or another handler that has Patterns, shows the answers of all its routes
// from the first look at /metrics on.
func (s *Service) Handler(mux http.Handler, choices ...Option) http.Handler {
	var chosen options
	for _, choose := range choices {
		choose(&chosen)
	}
	if s.http == nil {
		panic("The catalogue of " + s.Name + " has no metrics of HTTP.")
	}
	handler := &handler{next: mux, requests: s.newRequests(*s.http)}
	own, exposition := http.NewServeMux(), s.Exposition()
	own.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if known, tells := mux.(interface{ Patterns() []string }); tells {
			for _, pattern := range known.Patterns() {
				handler.requests.expect(handler.requests.routeOf(pattern), methodOf(pattern))
			}
		}
		exposition.ServeHTTP(w, r)
	})
	for _, path := range []string{"/health", "/health/live"} {
		own.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { answer(w, true) })
	}
	own.HandleFunc("GET /health/ready", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, chosen.ready == nil || chosen.ready())
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/metrics", "/health", "/health/live", "/health/ready":
			own.ServeHTTP(w, r)
		default:
			handler.ServeHTTP(w, r)
		}
	})
}

func answer(w http.ResponseWriter, isWell bool) {
	status, text := http.StatusOK, "ok"
	if !isWell {
		status, text = http.StatusServiceUnavailable, "unavailable"
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"status": text})
}

// handler observes the requests that the next one answers.
type handler struct {
	next     http.Handler
	requests *requests
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	var span serverSpan
	if isTracing() {
		span = startSpan(r, h.requests.knows(r.Method))
		r = r.WithContext(span.ctx)
	}
	noting := &writer{ResponseWriter: w}
	isDone := false
	defer func() {
		status := noting.status
		switch {
		case !isDone:
			// It panicked: the server closes the connection.
			status = http.StatusInternalServerError
		case status == 0 && r.Context().Err() != nil:
			status = clientClosedRequest
		case status == 0:
			status = http.StatusOK
		}
		route := h.requests.routeOf(r.Pattern)
		span.end(route.template, status)
		h.requests.of(route, r.Method, status).record(time.Since(start), exemplarOf(r.Context()))
	}()
	h.next.ServeHTTP(noting, r)
	isDone = true
}
