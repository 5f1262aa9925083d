package monitoring

import (
	"context"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

const tracerName = "microservices-monitoring"

// serverSpan is the span of a request; without a provider of traces it is none.
type serverSpan struct {
	ctx  context.Context
	span trace.Span
	name string
}

func startSpan(r *http.Request, isKnown bool) serverSpan {
	ctx := otel.GetTextMapPropagator().Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	name, method := r.Method, r.Method
	if !isKnown {
		name, method = "HTTP", "_OTHER"
	}
	ctx, span := otel.Tracer(tracerName).Start(ctx, name, trace.WithSpanKind(trace.SpanKindServer))
	if span.IsRecording() {
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
		}
		span.SetAttributes(
			attribute.String("http.request.method", method),
			attribute.String("url.path", r.URL.Path),
			attribute.String("url.scheme", scheme),
		)
		if !isKnown {
			span.SetAttributes(attribute.String("http.request.method_original", r.Method))
		}
	}
	return serverSpan{ctx, span, name}
}

// end gives the span's ids where it is sampled. The route is empty where none matched.
func (s serverSpan) end(route string, status int) prometheus.Labels {
	if s.span.IsRecording() {
		if route != "" {
			s.span.SetName(s.name + " " + route)
			s.span.SetAttributes(attribute.String("http.route", route))
		}
		s.span.SetAttributes(attribute.Int("http.response.status_code", status))
		if status >= 500 {
			s.span.SetAttributes(attribute.String("error.type", strconv.Itoa(status)))
			s.span.SetStatus(codes.Error, "")
		}
	}
	s.span.End()
	return exemplarOf(s.ctx)
}
