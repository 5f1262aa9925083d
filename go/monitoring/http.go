package monitoring

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// clientClosedRequest is the status under which a request is counted that its client gave up.
const clientClosedRequest = 499

// maxPatterns is the most patterns whose series are kept at hand. A mux has fewer; what sets others to each request is
// counted at more cost, within the bounds of the label.
const maxPatterns = 1_000

// requests counts those that a service answers.
type requests struct {
	count     Counter
	duration  Histogram
	methods   []string
	rest      int
	unmatched string
	statuses  []string
	// statusOf has the place in statuses of each status that an answer may have.
	statusOf [1000]uint8
	// routes has those that requests matched so far, by their patterns. It is replaced, never changed.
	routes atomic.Pointer[map[string]*route]
	mutex  sync.Mutex
}

// route has the series of a pattern, by method and status. They are made as they are asked for.
type route struct {
	// template is empty where no pattern matched.
	template string
	cells    []atomic.Pointer[cell]
}

// cell has the series of one label set.
type cell struct {
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
	made := &requests{
		count: s.Counter(of), duration: s.Histogram(definitions.Duration),
		methods: methods.Values, rest: slices.Index(methods.Values, methods.Rest),
		unmatched: unmatched, statuses: statuses.Values,
	}
	if made.rest < 0 {
		panic(of.Name + ": expected a method for all others.")
	}
	for status := range made.statusOf {
		made.statusOf[status] = uint8(made.statusIndex(status))
	}
	made.routes.Store(&map[string]*route{})
	return made
}

// knows says whether a method is kept apart.
func (r *requests) knows(method string) bool { return slices.Contains(r.methods, method) }

// record counts a request.
func (c *cell) record(took time.Duration, exemplar prometheus.Labels) {
	c.count.Inc()
	observe(c.duration, took.Seconds(), exemplar)
}

// routeOf finds the route of a pattern. Its template is made once, as it takes longer than to count.
func (r *requests) routeOf(pattern string) *route {
	if found := (*r.routes.Load())[pattern]; found != nil {
		return found
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	routes := *r.routes.Load()
	if found := routes[pattern]; found != nil {
		return found
	}
	made := &route{cells: make([]atomic.Pointer[cell], len(r.methods)*len(r.statuses))}
	if pattern != "" {
		made.template = templateOf(pattern)
	}
	if len(routes) < maxPatterns {
		longer := maps.Clone(routes)
		longer[pattern] = made
		r.routes.Store(&longer)
	}
	return made
}

// of finds the series of a request.
func (r *requests) of(route *route, method string, status int) *cell {
	methodAt, statusAt := r.methodAt(method), r.statusAt(status)
	if found := route.cells[methodAt*len(r.statuses)+statusAt].Load(); found != nil {
		return found
	}
	if route.template != "" {
		r.expect(route, method)
	}
	return r.cellAt(route, methodAt, statusAt)
}

// expect makes the series of a route's answers exist at 0, so that the first of them is an increase.
func (r *requests) expect(route *route, method string) {
	for _, status := range []int{http.StatusOK, http.StatusInternalServerError} {
		r.cellAt(route, r.methodAt(method), r.statusAt(status))
	}
}

func (r *requests) cellAt(route *route, methodAt, statusAt int) *cell {
	kept := &route.cells[methodAt*len(r.statuses)+statusAt]
	if found := kept.Load(); found != nil {
		return found
	}
	label := route.template
	if label == "" {
		label = r.unmatched
	}
	// Both metrics have the labels that the one keeps within bounds.
	labels := r.count.resolver.resolve([]string{r.methods[methodAt], label, r.statuses[statusAt]})
	made := &cell{r.count.vector.WithLabelValues(labels...), r.duration.vector.WithLabelValues(labels...)}
	kept.Store(made)
	return made
}

// methodAt is the place in methods of what a method counts as.
func (r *requests) methodAt(method string) int {
	if at := slices.Index(r.methods, method); at >= 0 {
		return at
	}
	return r.rest
}

// statusAt is the place in statuses of what a status counts as.
func (r *requests) statusAt(status int) int {
	if status < 0 || status >= len(r.statusOf) {
		status = http.StatusInternalServerError
	}
	return int(r.statusOf[status])
}

// statusIndex is the place of a status; of that of its class where it is not kept apart; of 500 for what no sound
// response has.
func (r *requests) statusIndex(status int) int {
	for _, label := range []string{strconv.Itoa(status), strconv.Itoa(status / 100 * 100), "500"} {
		if at := slices.Index(r.statuses, label); at >= 0 {
			return at
		}
	}
	panic(r.count.resolver.metric.Name + ": expected the status code 500.")
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
