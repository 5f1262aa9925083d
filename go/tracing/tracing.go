// Package tracing sends spans by OpenTelemetry's own packages, from the variables that every container of the system has.
package tracing

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

const (
	jaegerPort   = 4318
	shutdownTime = 2 * time.Second
)

// Start sends spans from now on, where the environment says where to. The function that it gives ends that; it waits for
// the collector for 2 s at most. It fails for a variable whose value is no URL or host.
func Start(ctx context.Context, service string) (func(), error) {
	endpoint, err := Endpoint(os.Getenv)
	if err != nil || endpoint == "" {
		return func() {}, err
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint))
	if err != nil {
		return func() {}, err
	}
	// What the environment says of the service's name comes last, and so before this.
	of, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", service)),
		resource.WithTelemetrySDK(),
		resource.WithFromEnv(),
	)
	if err != nil {
		return func() {}, err
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(of))
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
		defer cancel()
		_ = provider.Shutdown(ctx)
	}, nil
}

// Endpoint is where the environment sends traces; empty where it says nothing, or that there shall be none.
//
// OTEL_EXPORTER_OTLP_TRACES_ENDPOINT as it is, else OTEL_EXPORTER_OTLP_ENDPOINT and /v1/traces, else the host
// JAEGER_AGENT_HOST at port 4318, where Jaeger 2 takes OTLP.
func Endpoint(env func(string) string) (string, error) {
	given := func(name string) string { return strings.TrimSpace(env(name)) }
	if strings.EqualFold(given("OTEL_SDK_DISABLED"), "true") || strings.EqualFold(given("OTEL_TRACES_EXPORTER"), "none") {
		return "", nil
	}
	if value := given("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"); value != "" {
		return checkedURL("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", value)
	}
	if value := given("OTEL_EXPORTER_OTLP_ENDPOINT"); value != "" {
		base, err := checkedURL("OTEL_EXPORTER_OTLP_ENDPOINT", value)
		if err != nil {
			return "", err
		}
		return strings.TrimRight(base, "/") + "/v1/traces", nil
	}
	if value := given("JAEGER_AGENT_HOST"); value != "" {
		host, err := checkedHost("JAEGER_AGENT_HOST", value)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("http://%s:%d/v1/traces", host, jaegerPort), nil
	}
	return "", nil
}

func checkedURL(name, value string) (string, error) {
	parsed, err := url.Parse(value)
	if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Host == "" {
		return "", fmt.Errorf("%s: expected an http(s) URL", name)
	}
	return value, nil
}

var hostName = regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$`)

func checkedHost(name, value string) (string, error) {
	if address, err := netip.ParseAddr(strings.Trim(value, "[]")); err == nil && address.Is6() {
		return "[" + address.String() + "]", nil
	}
	if hostName.MatchString(value) {
		return value, nil
	}
	return "", fmt.Errorf("%s: found %q, expected a host name or an address, without a port or a path", name, value)
}
