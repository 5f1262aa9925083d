package monitoring

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Mux is a mux of net/http that can tell its patterns. With it the answers 200 and 500 of each route exist at 0 from the
// first look at /metrics on, so that the first of them is an increase. A pattern without a method counts as one of GET
// there. With another mux they exist from the first request of a route and method on.
type Mux struct {
	http.ServeMux
	mutex    sync.Mutex
	patterns []string
}

// NewMux is used in place of http.NewServeMux.
func NewMux() *Mux { return &Mux{} }

// Handle is that of http.ServeMux.
func (m *Mux) Handle(pattern string, handler http.Handler) {
	m.ServeMux.Handle(pattern, handler)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.patterns = append(m.patterns, pattern)
}

// HandleFunc is that of http.ServeMux.
func (m *Mux) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	m.Handle(pattern, http.HandlerFunc(handler))
}

// Patterns are those of the handlers so far, in their order.
func (m *Mux) Patterns() []string {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return slices.Clone(m.patterns)
}

// methodOf is the method that a pattern names; GET where it names none.
func methodOf(pattern string) string {
	if parts := strings.Fields(pattern); len(parts) > 1 {
		return parts[0]
	}
	return http.MethodGet
}
