package tracing

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

const jaegerPort = 4318

// Endpoint is where the environment sends traces; empty where it says nothing, or that there shall be none.
//
// OTEL_EXPORTER_OTLP_TRACES_ENDPOINT as it is, else OTEL_EXPORTER_OTLP_ENDPOINT and /v1/traces, else the host
// JAEGER_AGENT_HOST at port 4318, where Jaeger 2 takes OTLP.
func Endpoint(env func(string) string) (string, error) {
	given := func(name string) string { return strings.TrimSpace(env(name)) }
	if isOff(env) {
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
