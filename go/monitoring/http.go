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
	count     *prometheus.CounterVec
	duration  *prometheus.HistogramVec
	resolver  *resolver
	methods   *OneOf
	unmatched string
	statuses  []string
	mutex     sync.RWMutex
	cells     map[cellKey]*cell
	templates map[string]string
}

type cellKey struct {
	method, pattern string
	status          int
}

// cell has the series of one label set.
type cell struct {
	count    prometheus.Counter
	duration prometheus.Observer
}

func (s *Service) newRequests(definitions HTTP) *requests {
	of, took := definitions.Requests, definitions.Duration
	count := prometheus.NewCounterVec(prometheus.CounterOpts{Name: of.Name, Help: of.Help}, namesOf(of))
	options := prometheus.HistogramOpts{Name: took.Name, Help: took.Help, Buckets: took.Buckets}
	duration := prometheus.NewHistogramVec(options, namesOf(took))
	resolver := s.register(of, count)
	s.register(took, duration)
	methods, hasMethods := of.Labels[0].Spec.(*OneOf)
	statuses, hasStatuses := of.Labels[2].Spec.(*OneOf)
	if !hasMethods || !hasStatuses {
		panic(of.Name + ": expected closed sets of methods and status codes.")
	}
	unmatched, _ := of.Labels[1].Spec.rest()
	return &requests{
		count: count, duration: duration, resolver: resolver,
		methods: methods, unmatched: unmatched, statuses: statuses.Values,
		cells: map[cellKey]*cell{}, templates: map[string]string{},
	}
}

// knows says whether a method is kept apart.
func (r *requests) knows(method string) bool { return slices.Contains(r.methods.Values, method) }

func (r *requests) record(method, pattern string, status int, took time.Duration, exemplar prometheus.Labels) {
	found := r.of(method, pattern, status)
	found.count.Inc()
	if exemplar != nil {
		found.duration.(prometheus.ExemplarObserver).ObserveWithExemplar(took.Seconds(), exemplar)
		return
	}
	found.duration.Observe(took.Seconds())
}

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
	labels := r.resolver.resolve([]string{method, r.route(pattern), r.statusLabel(status)})
	found = &cell{r.count.WithLabelValues(labels...), r.duration.WithLabelValues(labels...)}
	r.mutex.Lock()
	r.cells[key] = found
	r.mutex.Unlock()
	return found
}

func (r *requests) route(pattern string) string {
	if pattern == "" {
		return r.unmatched
	}
	return templateOf(pattern)
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
