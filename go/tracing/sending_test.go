package tracing

import (
	"net/http/httptest"
	"testing"
	"time"

	"go.opentelemetry.io/otel"
)

func TestTracingIsOffWhereTheEnvironmentSaysSo(t *testing.T) {
	for _, each := range [][2]string{{"OTEL_SDK_DISABLED", " True"}, {"OTEL_TRACES_EXPORTER", "none"}} {
		t.Run(each[0], func(t *testing.T) {
			before := otel.GetTracerProvider()
			got := collect(t, map[string]string{each[0]: each[1]}, oneSpan)
			if len(got.requests) != 0 || otel.GetTracerProvider() != before {
				t.Errorf("%d requests", len(got.requests))
			}
		})
	}
}

func TestHowSpansAreSent(t *testing.T) {
	for _, each := range []struct {
		env           map[string]string
		header, value string
	}{
		{nil, "Content-Type", "application/x-protobuf"},
		{map[string]string{"OTEL_EXPORTER_OTLP_PROTOCOL": "http/json"}, "Content-Type", "application/x-protobuf"},
		{map[string]string{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "grpc"}, "Content-Type", "application/x-protobuf"},
		{map[string]string{"OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20a"}, "Authorization", "Bearer a"},
		{
			map[string]string{"OTEL_EXPORTER_OTLP_HEADERS": "x-a=all", "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "x-a=traces"},
			"X-A", "traces",
		},
		{map[string]string{"OTEL_EXPORTER_OTLP_COMPRESSION": " GZIP"}, "Content-Encoding", "gzip"},
		{
			map[string]string{"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip", "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "none"},
			"Content-Encoding", "",
		},
		{map[string]string{"OTEL_EXPORTER_OTLP_COMPRESSION": "zstd"}, "Content-Encoding", ""},
	} {
		t.Run("", func(t *testing.T) {
			got := collect(t, each.env, oneSpan)
			if len(got.spans(t)) != 1 || got.requests[0].URL.Path != "/v1/traces" {
				t.Fatalf("%v", got)
			}
			if found := got.requests[0].Header.Get(each.header); found != each.value {
				t.Errorf("with %v %s is %q", each.env, each.header, found)
			}
		})
	}
}

func TestCertificatesAreThoseOfTheVariables(t *testing.T) {
	for _, prefix := range []string{"OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_"} {
		t.Run(prefix, func(t *testing.T) {
			got := &received{}
			server := httptest.NewTLSServer(got)
			defer server.Close()
			certificate, key := certificates(t, server)
			t.Setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", server.URL+"/there")
			collectTo(t, map[string]string{
				prefix + "CERTIFICATE": certificate, prefix + "CLIENT_CERTIFICATE": certificate, prefix + "CLIENT_KEY": key,
			}, oneSpan)
			if len(got.spans(t)) != 1 || got.requests[0].URL.Path != "/there" || len(got.requests[0].TLS.PeerCertificates) != 1 {
				t.Errorf("%v", got.requests)
			}
		})
	}
}

func TestWhoSendsSpans(t *testing.T) {
	for _, each := range []struct {
		env        map[string]string
		name, town string
	}{
		{nil, "parcel-service", ""},
		{map[string]string{"OTEL_SERVICE_NAME": "parcels"}, "parcels", ""},
		{map[string]string{"OTEL_RESOURCE_ATTRIBUTES": "service.name=of,town=Ulm"}, "of", "Ulm"},
		{map[string]string{"OTEL_RESOURCE_ATTRIBUTES": "nothing,town=Ulm"}, "parcel-service", "Ulm"},
		{map[string]string{"OTEL_SERVICE_NAME": "by", "OTEL_RESOURCE_ATTRIBUTES": "service.name=of"}, "by", ""},
	} {
		t.Run("", func(t *testing.T) {
			got := collect(t, each.env, oneSpan)
			if len(got.spans(t)) != 1 {
				t.Fatal("no span")
			}
			if found := got.resource(); found["service.name"] != each.name || found["town"] != each.town {
				t.Errorf("with %v it is %v", each.env, found)
			}
		})
	}
}

func TestBatches(t *testing.T) {
	five := func() {
		for range 5 {
			oneSpan()
		}
	}
	for size, want := range map[string]int{"2": 3, " 1 ": 5, "0": 1, "-1": 1, "many": 1} {
		if got := collect(t, map[string]string{"OTEL_BSP_MAX_EXPORT_BATCH_SIZE": size}, five); len(got.spans(t)) != 5 ||
			len(got.requests) != want {
			t.Errorf("batches of %s: %d spans in %d requests", size, len(got.spans(t)), len(got.requests))
		}
	}
}

func TestAQueueThatIsFullDropsSpans(t *testing.T) {
	for size, isFull := range map[string]bool{"1": true, "-1": false} {
		t.Setenv("OTEL_BSP_MAX_QUEUE_SIZE", size)
		got := collect(t, nil, func() {
			for range 1_000 {
				oneSpan()
			}
		})
		if count := len(got.spans(t)); count == 0 || (count < 1_000) != isFull {
			t.Errorf("a queue of %s: %d spans", size, count)
		}
	}
}

func TestADelayIsThatOfTheVariable(t *testing.T) {
	for name, isSoon := range map[string]bool{"10": true, "60000": false} {
		soon := 0
		got := &received{}
		server := httptest.NewServer(got)
		t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
		collectTo(t, map[string]string{"OTEL_BSP_SCHEDULE_DELAY": name}, func() {
			oneSpan()
			for end := time.Now().Add(time.Second); soon == 0 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
				soon = len(got.spans(t))
			}
		})
		server.Close()
		if (soon == 1) != isSoon || len(got.spans(t)) != 1 {
			t.Errorf("after a delay of %s ms: %d spans, of %d", name, soon, len(got.spans(t)))
		}
	}
}

func TestACollectorThatDoesNotAnswerIsGivenUp(t *testing.T) {
	for _, name := range []string{
		"OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_BSP_EXPORT_TIMEOUT",
	} {
		t.Run(name, func(t *testing.T) {
			got := &received{hold: true}
			server := httptest.NewServer(got)
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
			collectTo(t, map[string]string{name: "100", "OTEL_BSP_SCHEDULE_DELAY": "1"}, func() {
				oneSpan()
				time.Sleep(500 * time.Millisecond)
			})
			server.Close()
			if len(got.waited) == 0 || got.waited[0] > time.Second {
				t.Errorf("it waited %v", got.waited)
			}
		})
	}
}
