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
	// Unknown has the names of the metrics whose type OpenMetrics is not told.
	unknown map[string]bool
	bounds  *bounds
	http    *HTTP
}

// NewService is what generated modules call.
func NewService(name string, http *HTTP) *Service {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return &Service{Name: name, Registry: registry, unknown: map[string]bool{}, bounds: newBounds(), http: http}
}

func (s *Service) register(metric Metric, collector prometheus.Collector) *resolver {
	s.Registry.MustRegister(collector)
	if metric.UnknownInOpenMetrics {
		s.unknown[metric.Name] = true
	}
	return s.bounds.resolverOf(metric)
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
	vector   *prometheus.CounterVec
	resolver *resolver
}

// Counter makes one; its known label sets exist at 0 from then on.
func (s *Service) Counter(metric Metric) Counter {
	vector := prometheus.NewCounterVec(prometheus.CounterOpts{Name: metric.Name, Help: metric.Help}, namesOf(metric))
	counter := Counter{vector, s.register(metric, vector)}
	for _, labels := range knownLabelSets(metric) {
		counter.Add(0, labels...)
	}
	return counter
}

// Add adds by, which is 0 or more.
func (c Counter) Add(by float64, labels ...string) {
	c.vector.WithLabelValues(c.resolver.resolve(labels)...).Add(by)
}

// Gauge is a value that goes up and down.
type Gauge struct {
	vector   *prometheus.GaugeVec
	resolver *resolver
}

// Gauge makes one; its known label sets exist at 0 from then on.
func (s *Service) Gauge(metric Metric) Gauge {
	vector := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: metric.Name, Help: metric.Help}, namesOf(metric))
	gauge := Gauge{vector, s.register(metric, vector)}
	for _, labels := range knownLabelSets(metric) {
		gauge.Add(0, labels...)
	}
	return gauge
}

// Add adds by.
func (g Gauge) Add(by float64, labels ...string) {
	g.vector.WithLabelValues(g.resolver.resolve(labels)...).Add(by)
}

// Set makes to its value.
func (g Gauge) Set(to float64, labels ...string) {
	g.vector.WithLabelValues(g.resolver.resolve(labels)...).Set(to)
}

// Histogram is a distribution.
type Histogram struct {
	vector   *prometheus.HistogramVec
	resolver *resolver
}

// Histogram makes one; its known label sets exist from then on.
func (s *Service) Histogram(metric Metric) Histogram {
	options := prometheus.HistogramOpts{Name: metric.Name, Help: metric.Help, Buckets: metric.Buckets}
	vector := prometheus.NewHistogramVec(options, namesOf(metric))
	histogram := Histogram{vector, s.register(metric, vector)}
	for _, labels := range knownLabelSets(metric) {
		vector.WithLabelValues(histogram.resolver.resolve(labels)...)
	}
	return histogram
}

// Observe counts a value. The sampled trace of ctx is kept as its exemplar.
func (h Histogram) Observe(ctx context.Context, value float64, labels ...string) {
	observer := h.vector.WithLabelValues(h.resolver.resolve(labels)...)
	if exemplar := exemplarOf(ctx); exemplar != nil {
		observer.(prometheus.ExemplarObserver).ObserveWithExemplar(value, exemplar)
		return
	}
	observer.Observe(value)
}
