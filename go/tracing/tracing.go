// Package tracing sends spans by OpenTelemetry's own packages, from the variables that every container of the system has.
package tracing

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

const shutdownTime = 2 * time.Second

// Start sends spans from now on, where the environment says where to. The function that it gives ends that; it waits for
// the collector for 2 s at most. It fails for a variable whose value is no URL or host. Variables of tracing that are set
// and not honoured are named in the log (slog), unless tracing is switched off.
func Start(ctx context.Context, service string) (func(), error) {
	set := variablesOf(os.Environ())
	endpoint, err := Endpoint(os.Getenv)
	if err != nil || isOff(os.Getenv) {
		return func() {}, err
	}
	for _, warning := range set.warnings(endpoint) {
		slog.WarnContext(ctx, warning)
	}
	if endpoint == "" {
		return func() {}, nil
	}
	exporter, err := otlptracehttp.New(ctx,
		otlptracehttp.WithEndpointURL(endpoint),
		otlptracehttp.WithEncoding(otlptracehttp.EncodingProtobuf),
		otlptracehttp.WithCompression(set.compression()),
		otlptracehttp.WithTimeout(set.timeout()),
	)
	if err != nil {
		return func() {}, err
	}
	// What the environment says of the service's name comes last, and so before this.
	of, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", service)),
		resource.WithTelemetrySDK(),
		resource.WithFromEnv(),
	)
	// A pair that is none was warned of.
	if err != nil && !errors.Is(err, resource.ErrPartialResource) {
		return func() {}, err
	}
	options := append(set.sampling(), trace.WithBatcher(exporter, set.batching()...), trace.WithResource(of))
	provider := trace.NewTracerProvider(options...)
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(set.propagator())
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
		defer cancel()
		_ = provider.Shutdown(ctx)
	}, nil
}

// isOff says whether the environment switches tracing off.
func isOff(env func(string) string) bool {
	is := func(name, value string) bool { return strings.EqualFold(strings.TrimSpace(env(name)), value) }
	return is("OTEL_SDK_DISABLED", "true") || is("OTEL_TRACES_EXPORTER", "none")
}
