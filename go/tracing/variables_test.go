package tracing

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
)

const collectorURL = "http://collector:4318/v1/traces"

func TestWhatIsNotHonouredIsNamed(t *testing.T) {
	data, err := os.ReadFile("../../__tests__/services/instrumentation/tracing-variables.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Env      map[string]string
		Warnings []string
	}
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) == 0 {
		t.Fatal(len(cases), err)
	}
	for _, each := range cases {
		var environ []string
		for name, value := range each.Env {
			environ = append(environ, name+"="+value)
		}
		found := variablesOf(environ).warnings(collectorURL)
		if !slices.Equal(found, each.Warnings) {
			t.Errorf("with %v:\n%s\nwant:\n%s", each.Env, strings.Join(found, "\n"), strings.Join(each.Warnings, "\n"))
		}
	}
}

func TestWhatGoAloneHonoursOrDoesNot(t *testing.T) {
	for each, want := range map[string]string{
		"OTEL_GO_X_OBSERVABILITY=true":        "",
		"OTEL_EXPORTER_OTLP_INSECURE=true":    "OTEL_EXPORTER_OTLP_INSECURE is set and not honoured.",
		"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT= 10": `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: found "10", allowed: a whole number; its default is used.`,
		"OTEL_RESOURCE_ATTRIBUTES=a=b,town":   `OTEL_RESOURCE_ATTRIBUTES: found "a=b,town", allowed: name=value, with commas between several; what is none of these is left out.`,
	} {
		if found := strings.Join(variablesOf([]string{each}).warnings(collectorURL), "\n"); found != want {
			t.Errorf("%s: %q, want %q", each, found, want)
		}
	}
}

func TestItIsSaidInTheLog(t *testing.T) {
	for _, each := range []struct {
		env  map[string]string
		want []string
	}{
		{map[string]string{"OTEL_TRACES_EXPORTER": "otlp"}, []string{"but no collector is named: tracing is off. Set OTEL_EXPORTER_OTLP_ENDPOINT."}},
		{map[string]string{"JAEGER_AGENT_PORT": "6831"}, []string{"JAEGER_AGENT_PORT is set and not honoured."}},
		{map[string]string{"JAEGER_AGENT_PORT": "6831", "OTEL_SDK_DISABLED": "true"}, nil},
		{map[string]string{"JAEGER_AGENT_PORT": "6831", "OTEL_TRACES_EXPORTER": "none"}, nil},
		{
			map[string]string{"JAEGER_AGENT_HOST": "127.0.0.1", "OTEL_PROPAGATORS": "b3", "OTEL_LOGS_EXPORTER": "otlp"},
			[]string{"OTEL_LOGS_EXPORTER: found", "OTEL_PROPAGATORS: found"},
		},
	} {
		t.Run("", func(t *testing.T) {
			var lines bytes.Buffer
			before := slog.Default()
			slog.SetDefault(slog.New(slog.NewJSONHandler(&lines, nil)))
			defer slog.SetDefault(before)
			for name, value := range each.env {
				t.Setenv(name, value)
			}
			stop, err := Start(context.Background(), "parcel-service")
			if err != nil {
				t.Fatal(err)
			}
			stop()
			decoder := json.NewDecoder(&lines)
			for _, want := range each.want {
				var line struct{ Level, Msg string }
				if err := decoder.Decode(&line); err != nil || line.Level != "WARN" || !strings.Contains(line.Msg, want) {
					t.Errorf("%v, want %q: %v", line, want, err)
				}
			}
			if decoder.More() {
				t.Error("There are more lines.")
			}
		})
	}
}
