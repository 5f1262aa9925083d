package tracing

import (
	"strings"
	"testing"
)

func from(env map[string]string) func(string) string {
	return func(name string) string { return env[name] }
}

func TestWhereTracesGo(t *testing.T) {
	for _, each := range []struct {
		env  map[string]string
		want string
	}{
		{nil, ""},
		{map[string]string{"JAEGER_AGENT_HOST": "jaeger"}, "http://jaeger:4318/v1/traces"},
		{map[string]string{"JAEGER_AGENT_HOST": " "}, ""},
		{map[string]string{"JAEGER_AGENT_HOST": "10.0.0.7"}, "http://10.0.0.7:4318/v1/traces"},
		{map[string]string{"JAEGER_AGENT_HOST": "fd00::7"}, "http://[fd00::7]:4318/v1/traces"},
		{map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "https://c/otlp/"}, "https://c/otlp/v1/traces"},
		{
			map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", "JAEGER_AGENT_HOST": "jaeger"},
			"http://c:4318/v1/traces",
		},
		{
			map[string]string{
				"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://t/x", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318",
			},
			"http://t/x",
		},
		{map[string]string{"JAEGER_AGENT_HOST": "jaeger", "OTEL_SDK_DISABLED": "TRUE"}, ""},
		{map[string]string{"JAEGER_AGENT_HOST": "jaeger", "OTEL_TRACES_EXPORTER": "None"}, ""},
		{map[string]string{"JAEGER_AGENT_HOST": "jaeger", "OTEL_TRACES_EXPORTER": "OTLP"}, "http://jaeger:4318/v1/traces"},
	} {
		if found, err := Endpoint(from(each.env)); found != each.want || err != nil {
			t.Errorf("with %v it is %q, want %q: %v", each.env, found, each.want, err)
		}
	}
}

func TestWhatIsNoURLOrHostIsRefused(t *testing.T) {
	for _, each := range [][3]string{
		{"OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "expected an http(s) URL"},
		{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "x", "expected an http(s) URL"},
		{"JAEGER_AGENT_HOST", "a:6831", `found "a:6831", expected a host name or an address`},
		{"JAEGER_AGENT_HOST", "http://a", `found "http://a", expected a host name or an address`},
	} {
		_, err := Endpoint(from(map[string]string{each[0]: each[1]}))
		if err == nil || !strings.HasPrefix(err.Error(), each[0]+": "+each[2]) {
			t.Errorf("%s=%s: %v", each[0], each[1], err)
		}
	}
}
