package tracing

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	sent "go.opentelemetry.io/proto/otlp/trace/v1"
)

func TestSamplers(t *testing.T) {
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{1}, Remote: true})
	for _, each := range []struct {
		sampler, ratio string
		// want are those of 20 spans without a parent, and of 20 with one that is not sampled.
		want string
	}{
		{"", "", "20 0"}, {"always_on", "", "20 20"}, {"always_off", "", "0 0"},
		{"parentbased_always_on", "", "20 0"}, {"parentbased_always_off", "", "0 0"},
		{"traceidratio", "0", "0 0"}, {"TraceIdRatio", " 1 ", "20 20"}, {"traceidratio", "", "20 20"},
		{"parentbased_traceidratio", "0", "0 0"}, {"parentbased_traceidratio", "1.0", "20 0"},
		// As is warned of.
		{"jaeger_remote", "", "20 0"}, {"traceidratio", "10%", "20 20"}, {"traceidratio", "NaN", "20 20"},
		{"traceidratio", "-1", "20 20"}, {"parentbased_traceidratio", "7", "20 0"},
	} {
		t.Run(each.sampler+" "+each.ratio, func(t *testing.T) {
			got := collect(t, map[string]string{"OTEL_TRACES_SAMPLER": each.sampler, "OTEL_TRACES_SAMPLER_ARG": each.ratio}, func() {
				for range 20 {
					oneSpan()
					_, span := otel.Tracer("test").Start(trace.ContextWithSpanContext(context.Background(), parent), "child")
					span.End()
				}
			})
			count := map[string]int{}
			for _, span := range got.spans(t) {
				count[span.Name]++
			}
			if found := fmt.Sprint(count["sort parcels"], " ", count["child"]); found != each.want {
				t.Errorf("%s, want %s", found, each.want)
			}
		})
	}
}

func TestARatioThatIsNoneLeavesNothingToTheProcessor(t *testing.T) {
	for ratio, want := range map[string]int{"NaN": 1, "10%": 1, "2": 1, "0.5": 0, "": 0} {
		set := variables{"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": ratio}
		if found := len(set.sampling()); found != want {
			t.Errorf("%s: %d samplers, want %d", ratio, found, want)
		}
	}
}

func TestLimits(t *testing.T) {
	values := attribute.String("a", "long text")
	of := func(attributes []attribute.KeyValue) trace.EventOption { return trace.WithAttributes(attributes...) }
	three := []attribute.KeyValue{values, attribute.Int("b", 1), attribute.Int("c", 1)}
	for name, found := range map[string]func(*sent.Span) int{
		"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT":        func(s *sent.Span) int { return len(s.Attributes) },
		"OTEL_ATTRIBUTE_COUNT_LIMIT":             func(s *sent.Span) int { return len(s.Attributes) },
		"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT": func(s *sent.Span) int { return len(s.Attributes[0].Value.GetStringValue()) },
		"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT":      func(s *sent.Span) int { return len(s.Attributes[0].Value.GetStringValue()) },
		"OTEL_SPAN_EVENT_COUNT_LIMIT":            func(s *sent.Span) int { return len(s.Events) },
		"OTEL_SPAN_LINK_COUNT_LIMIT":             func(s *sent.Span) int { return len(s.Links) },
		"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT":       func(s *sent.Span) int { return len(s.Events[0].Attributes) },
		"OTEL_LINK_ATTRIBUTE_COUNT_LIMIT":        func(s *sent.Span) int { return len(s.Links[0].Attributes) },
	} {
		t.Run(name, func(t *testing.T) {
			got := collect(t, map[string]string{name: "2"}, func() {
				link := trace.Link{SpanContext: trace.NewSpanContext(trace.SpanContextConfig{
					TraceID: trace.TraceID{1}, SpanID: trace.SpanID{1},
				}), Attributes: three}
				_, span := otel.Tracer("test").Start(context.Background(), "x", trace.WithLinks(link, link, link))
				span.SetAttributes(three...)
				for range 3 {
					span.AddEvent("e", of(three))
				}
				span.End()
			})
			if spans := got.spans(t); len(spans) != 1 || found(spans[0]) != 2 {
				t.Errorf("%v", spans)
			}
		})
	}
}

func TestPropagators(t *testing.T) {
	member, _ := baggage.NewMember("town", "Ulm")
	bag, _ := baggage.New(member)
	for named, want := range map[string]string{
		"": "traceparent baggage", "tracecontext": "traceparent", " Baggage ": "baggage",
		"baggage, tracecontext": "traceparent baggage", "b3": "traceparent baggage", "tracecontext,b3": "traceparent baggage",
	} {
		t.Run(named, func(t *testing.T) {
			header := http.Header{}
			collect(t, map[string]string{"OTEL_PROPAGATORS": named}, func() {
				ctx, span := otel.Tracer("test").Start(baggage.ContextWithBaggage(context.Background(), bag), "x")
				otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(header))
				span.End()
			})
			var found []string
			for _, name := range []string{"traceparent", "baggage"} {
				if header.Get(name) != "" {
					found = append(found, name)
				}
			}
			if strings.Join(found, " ") != want {
				t.Errorf("%v, want %s", header, want)
			}
		})
	}
}
