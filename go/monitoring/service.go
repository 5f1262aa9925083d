package monitoring

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Service has the metrics of a service: its own, and those of Go and of the process.
type Service struct {
	Name string
	// Registry has all of them; metrics of one's own libraries may be registered there, too.
	Registry *prometheus.Registry
	// unknown has the names of the metrics whose type OpenMetrics is not told.
	unknown map[string]bool
	// formerly has the names that metrics are exposed under besides, by the names that they have now.
	formerly map[string]string
	bounds   *bounds
	http     *HTTP
}

// NewService is what generated modules call.
func NewService(name string, http *HTTP) *Service {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return &Service{Name: name, Registry: registry, unknown: map[string]bool{}, formerly: map[string]string{}, bounds: newBounds(), http: http}
}

// vector has a series of the kind S for each label set.
type vector[S any] interface {
	prometheus.Collector
	WithLabelValues(values ...string) S
}

// instrument is what all kinds have in common.
type instrument[S any] struct {
	vector   vector[S]
	resolver *resolver
}

// newInstrument registers a metric; its known label sets exist at 0 from then on.
func newInstrument[S any](s *Service, metric Metric, vector vector[S]) instrument[S] {
	s.Registry.MustRegister(vector)
	if metric.UnknownInOpenMetrics {
		s.unknown[metric.Name] = true
	}
	if metric.Formerly != "" {
		s.formerly[metric.Name] = metric.Formerly
		if metric.FormerlyUnknownInOpenMetrics {
			s.unknown[metric.Formerly] = true
		}
	}
	made := instrument[S]{vector, s.bounds.resolverOf(metric)}
	for _, labels := range knownLabelSets(metric) {
		made.of(labels)
	}
	return made
}

// of is the series of a label set, within the bounds of the catalogue.
func (i instrument[S]) of(labels []string) S {
	return i.vector.WithLabelValues(i.resolver.resolve(labels)...)
}

func namesOf(metric Metric) []string {
	names := make([]string, len(metric.Labels))
	for index, label := range metric.Labels {
		names[index] = label.Name
	}
	return names
}

// Counter is a count that only grows.
type Counter struct {
	instrument[prometheus.Counter]
}

// Counter makes one; its known label sets exist at 0 from then on.
func (s *Service) Counter(metric Metric) Counter {
	options := prometheus.CounterOpts{Name: metric.Name, Help: metric.Help}
	return Counter{newInstrument(s, metric, prometheus.NewCounterVec(options, namesOf(metric)))}
}

// Add adds by, which is 0 or more.
func (c Counter) Add(by float64, labels ...string) { c.of(labels).Add(by) }

// Gauge is a value that goes up and down.
type Gauge struct {
	instrument[prometheus.Gauge]
}

// Gauge makes one; its known label sets exist at 0 from then on.
func (s *Service) Gauge(metric Metric) Gauge {
	options := prometheus.GaugeOpts{Name: metric.Name, Help: metric.Help}
	return Gauge{newInstrument(s, metric, prometheus.NewGaugeVec(options, namesOf(metric)))}
}

// Add adds by.
func (g Gauge) Add(by float64, labels ...string) { g.of(labels).Add(by) }

// Set makes to its value.
func (g Gauge) Set(to float64, labels ...string) { g.of(labels).Set(to) }

// Histogram is a distribution.
type Histogram struct {
	instrument[prometheus.Observer]
}

// Histogram makes one; its known label sets exist from then on.
func (s *Service) Histogram(metric Metric) Histogram {
	options := prometheus.HistogramOpts{Name: metric.Name, Help: metric.Help, Buckets: metric.Buckets}
	return Histogram{newInstrument(s, metric, prometheus.NewHistogramVec(options, namesOf(metric)))}
}

// Observe counts a value. The sampled trace of ctx is kept as its exemplar.
func (h Histogram) Observe(ctx context.Context, value float64, labels ...string) {
	observe(h.of(labels), value, exemplarOf(ctx))
}

// observe counts a value, with its exemplar where there is one.
func observe(observer prometheus.Observer, value float64, exemplar prometheus.Labels) {
	if exemplar == nil {
		observer.Observe(value)
		return
	}
	observer.(prometheus.ExemplarObserver).ObserveWithExemplar(value, exemplar)
}
