package monitoring

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
)

// exposed is what a scrape reads.
func exposed(service *Service, accept string) string {
	request := httptest.NewRequest("GET", "/metrics", nil)
	request.Header.Set("Accept", accept)
	recorder := httptest.NewRecorder()
	service.Exposition().ServeHTTP(recorder, request)
	return recorder.Body.String()
}

func TestAMetricThatIsBeingRenamedIsExposedUnderBothNames(t *testing.T) {
	service := testService()
	service.Counter(Metric{Name: "parcels_sent_total", Help: "Sent.", Formerly: "sent_total",
		Labels: []Label{{"by", &OneOf{Values: []string{"road", "rail"}}}}}).Add(2, "rail")
	service.Histogram(Metric{Name: "parcel_weight_bytes", Help: "Weight.", Formerly: "weight_bytes",
		Buckets: []float64{1, 10}}).Observe(context.Background(), 5)
	for _, accept := range []string{"", "application/openmetrics-text"} {
		body := exposed(service, accept)
		for _, line := range []string{
			`parcels_sent_total{by="rail"} 2`, `sent_total{by="rail"} 2`, `sent_total{by="road"} 0`,
			`parcel_weight_bytes_bucket{le="10`, `weight_bytes_bucket{le="10`, "weight_bytes_sum 5", "weight_bytes_count 1",
		} {
			if !strings.Contains(body, "\n"+line) {
				t.Errorf("%q does not have %q:\n%s", accept, line, body)
			}
		}
	}
}

func TestAFormerNameThatClashesInOpenMetricsIsUnknownThere(t *testing.T) {
	service := testService()
	service.Counter(Metric{Name: "sent_total", Help: "Sent."}).Add(2)
	service.Counter(Metric{Name: "parcels_made_total", Help: "Made.", Formerly: "sent_created_total",
		FormerlyUnknownInOpenMetrics: true}).Add(3)
	body := exposed(service, "application/openmetrics-text")
	for _, line := range []string{
		"# TYPE parcels_made counter", "parcels_made_total 3",
		"# TYPE sent_created_total unknown", "sent_created_total 3",
	} {
		if !strings.Contains(body, "\n"+line) {
			t.Errorf("does not have %q:\n%s", line, body)
		}
	}
}
