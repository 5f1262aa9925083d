package monitoring

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

const (
	traceID     = "4bf92f3577b34da6a3ce929d0e0e4736"
	parentID    = "00f067aa0ba902b7"
	traceparent = "00-" + traceID + "-" + parentID + "-01"
)

// traced keeps the spans of a test from now on.
func traced(t *testing.T) *tracetest.SpanRecorder {
	spans := tracetest.NewSpanRecorder()
	t.Cleanup(untraced)
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(spans)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return spans
}

func untraced() {
	if isTracing() {
		otel.SetTracerProvider(unsetProvider)
		otel.SetTextMapPropagator(unsetPropagator)
	}
}

func asked(method, path string) *http.Request {
	request := httptest.NewRequest(method, path, nil)
	request.Header.Set("traceparent", traceparent)
	return request
}

func TestAProviderThatIsSetAfterTheHandlerIsMadeTracesItsRequests(t *testing.T) {
	mux := testMux()
	mux.HandleFunc("GET /broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
	handler := testService().Handler(mux)
	handler.ServeHTTP(httptest.NewRecorder(), asked("GET", "/parcels/1"))
	spans := traced(t)
	for _, each := range [][2]string{
		{"GET", "/parcels/1"}, {"GET", "/nothing"}, {"BREW", "/files/a"}, {"GET", "/broken"}, {"GET", "/health"},
	} {
		handler.ServeHTTP(httptest.NewRecorder(), asked(each[0], each[1]))
	}
	want := []string{
		"GET /parcels/:number 201 Unset", "GET 404 Unset", "HTTP /files/:path 418 Unset", "GET /broken 503 Error",
	}
	if len(spans.Ended()) != len(want) {
		t.Fatalf("%d spans, want %d", len(spans.Ended()), len(want))
	}
	for at, span := range spans.Ended() {
		has := attribute.NewSet(span.Attributes()...)
		status, _ := has.Value("http.response.status_code")
		if found := fmt.Sprint(span.Name(), " ", status.AsInt64(), " ", span.Status().Code); found != want[at] {
			t.Errorf("%q, want %q", found, want[at])
		}
		if span.SpanKind() != trace.SpanKindServer || span.Parent().SpanID().String() != parentID {
			t.Errorf("%s is of the kind %s below %s", span.Name(), span.SpanKind(), span.Parent().SpanID())
		}
	}
	untraced()
	handler.ServeHTTP(httptest.NewRecorder(), asked("GET", "/parcels/1"))
	if len(spans.Ended()) != len(want) {
		t.Error("A request was traced after the provider was taken away.")
	}
}

func TestARequestThatPanicsEndsItsSpanAndIsCountedOnce(t *testing.T) {
	service, spans := testService(), traced(t)
	handler := service.Handler(testMux())
	func() {
		defer func() {
			if recover() != http.ErrAbortHandler {
				t.Error("The panic was not passed on.")
			}
		}()
		handler.ServeHTTP(httptest.NewRecorder(), asked("GET", "/parcels/13"))
	}()
	ended := spans.Ended()
	if len(ended) != 1 || ended[0].Status().Code != codes.Error || ended[0].Name() != "GET /parcels/:number" {
		t.Errorf("spans: %v", ended)
	}
	if found := counted(t, service); found["GET /parcels/:number 500"] != 1 {
		t.Errorf("counted: %v", found)
	}
}

func TestASampledTraceIsTheExemplarOfItsRequest(t *testing.T) {
	service := testService()
	traced(t)
	service.Handler(testMux()).ServeHTTP(httptest.NewRecorder(), asked("GET", "/parcels/1"))
	if found := exemplars(t, service); len(found) != 1 || found[0] != traceID {
		t.Errorf("exemplars: %v", found)
	}
}

// A program that sends no spans may still hand on the traces of others.
func TestWithoutAProviderAPropagatorLetsTheTraceGoOn(t *testing.T) {
	t.Cleanup(untraced)
	otel.SetTracerProvider(noop.NewTracerProvider())
	otel.SetTextMapPropagator(propagation.TraceContext{})
	service := testService()
	var found trace.SpanContext
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) { found = trace.SpanContextFromContext(r.Context()) })
	service.Handler(mux).ServeHTTP(httptest.NewRecorder(), asked("GET", "/"))
	if found.TraceID().String() != traceID || found.SpanID().String() != parentID {
		t.Errorf("the context has %v", found)
	}
	if kept := exemplars(t, service); len(kept) != 1 || kept[0] != traceID {
		t.Errorf("exemplars: %v", kept)
	}
}

func TestACallHasASpanAndTakesTheTraceAlong(t *testing.T) {
	transport := Transport("depot", roundTripper(func(r *http.Request) (*http.Response, error) {
		if !strings.HasPrefix(r.Header.Get("traceparent"), "00-") {
			t.Errorf("it has the headers %v", r.Header)
		}
		return &http.Response{StatusCode: 404}, nil
	}))
	spans := traced(t)
	request := httptest.NewRequest("GET", "http://depot/parcels/1", nil)
	_, _ = transport.RoundTrip(request.WithContext(WithTemplate(request.Context(), "/parcels/:number")))
	ended := spans.Ended()
	if len(ended) != 1 || ended[0].Name() != "GET /parcels/:number" || ended[0].Status().Code != codes.Error {
		t.Errorf("spans: %v", ended)
	}
}

// exemplars has the trace of each exemplar of the requests' durations.
func exemplars(t *testing.T, service *Service) []string {
	t.Helper()
	families, err := service.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, family := range families {
		for _, metric := range family.Metric {
			for _, bucket := range metric.GetHistogram().GetBucket() {
				for _, label := range bucket.GetExemplar().GetLabel() {
					if label.GetName() == "trace_id" {
						found = append(found, label.GetValue())
					}
				}
			}
		}
	}
	return found
}
