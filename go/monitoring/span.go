package monitoring

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

const tracerName = "microservices-monitoring"

// What OpenTelemetry has until the program sets others.
var unsetProvider, unsetPropagator = otel.GetTracerProvider(), otel.GetTextMapPropagator()

// isUnsetKnown is false where a package that is initialised before this one has set others already.
var isUnsetKnown = fmt.Sprintf("%T %T", unsetProvider, unsetPropagator) ==
	"*global.tracerProvider *global.textMapPropagator"

// isTracing says whether a request may have a span or bring the context of one. It is asked for each of them, as the
// program may set a provider at any time: to make a span that is none, and a copy of the request for its context, takes
// longer than to count it.
func isTracing() bool {
	return !isUnsetKnown || otel.GetTracerProvider() != unsetProvider || otel.GetTextMapPropagator() != unsetPropagator
}

// serverSpan is the span of a request; its zero value is none.
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

// end takes the route, which is empty where none matched.
func (s serverSpan) end(route string, status int) {
	if s.span == nil {
		return
	}
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
}
