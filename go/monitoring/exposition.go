package monitoring

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"google.golang.org/protobuf/proto"
)

// Exposition serves the metrics, in the text format or in OpenMetrics with exemplars, as the scraper asks.
func (s *Service) Exposition() http.Handler {
	text := promhttp.HandlerFor(prometheus.GathererFunc(s.gathered), promhttp.HandlerOpts{})
	open := promhttp.HandlerFor(prometheus.GathererFunc(s.told), promhttp.HandlerOpts{EnableOpenMetrics: true})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if expfmt.NegotiateIncludingOpenMetrics(r.Header).FormatType() == expfmt.TypeOpenMetrics {
			open.ServeHTTP(w, r)
			return
		}
		text.ServeHTTP(w, r)
	})
}

// told has the metrics as a strict parser of OpenMetrics can read them.
func (s *Service) told() ([]*dto.MetricFamily, error) {
	families, err := s.gathered()
	for at, family := range families {
		if s.unknown[family.GetName()] {
			// Its samples may be those of another name, too.
			family = proto.Clone(family).(*dto.MetricFamily)
			families[at] = family
			family.Type = dto.MetricType_UNTYPED.Enum()
			for _, metric := range family.Metric {
				metric.Untyped = &dto.Untyped{Value: metric.Counter.Value}
				metric.Counter = nil
			}
		}
	}
	return families, err
}
