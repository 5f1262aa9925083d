package monitoring

import (
	"context"
	"net/http"
	"strconv"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

type templateKey struct{}

// WithTemplate says what the path of a call is with placeholders, such as "/products/:id", for the name of its span.
func WithTemplate(ctx context.Context, template string) context.Context {
	return context.WithValue(ctx, templateKey{}, template)
}

// Transport makes a client span of each call to the service of this name, as its own spans have it, and sends the trace
// along. A nil next is http.DefaultTransport.
func Transport(service string, next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return transport{service, next}
}

type transport struct {
	service string
	next    http.RoundTripper
}

func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if !isTracing() {
		return t.next.RoundTrip(request)
	}
	name := request.Method
	template, hasTemplate := request.Context().Value(templateKey{}).(string)
	if hasTemplate {
		name += " " + template
	}
	ctx, span := otel.Tracer(tracerName).Start(request.Context(), name, trace.WithSpanKind(trace.SpanKindClient))
	defer span.End()
	if span.IsRecording() {
		span.SetAttributes(attributesOf(request, t.service)...)
		if hasTemplate {
			span.SetAttributes(attribute.String("url.template", template))
		}
	}
	// A round tripper changes no request that it is given.
	request = request.Clone(ctx)
	otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(request.Header))
	response, err := t.next.RoundTrip(request)
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
		return nil, err
	}
	span.SetAttributes(attribute.Int("http.response.status_code", response.StatusCode))
	if response.StatusCode >= 400 {
		span.SetAttributes(attribute.String("error.type", strconv.Itoa(response.StatusCode)))
		span.SetStatus(codes.Error, "")
	}
	return response, nil
}

func attributesOf(request *http.Request, service string) []attribute.KeyValue {
	port := 80
	if request.URL.Scheme == "https" {
		port = 443
	}
	if given, err := strconv.Atoi(request.URL.Port()); err == nil {
		port = given
	}
	return []attribute.KeyValue{
		attribute.String("http.request.method", request.Method),
		attribute.String("server.address", request.URL.Hostname()),
		attribute.Int("server.port", port),
		attribute.String("url.full", request.URL.Scheme+"://"+request.URL.Host+request.URL.Path),
		attribute.String("peer.service", service),
	}
}
