package tracing

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
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

// warned keeps the warnings in the log. Complaints of OpenTelemetry's packages have a lower level: what an earlier test
// started may still have some.
type warned struct {
	slog.Handler
	mutex sync.Mutex
	lines []string
}

func (w *warned) Enabled(context.Context, slog.Level) bool { return true }

func (w *warned) Handle(_ context.Context, record slog.Record) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if record.Level == slog.LevelWarn {
		w.lines = append(w.lines, record.Message)
	}
	return nil
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
			before, kept := slog.Default(), &warned{Handler: slog.DiscardHandler}
			slog.SetDefault(slog.New(kept))
			defer slog.SetDefault(before)
			for name, value := range each.env {
				t.Setenv(name, value)
			}
			stop, err := Start(context.Background(), "parcel-service")
			if err != nil {
				t.Fatal(err)
			}
			stop()
			kept.mutex.Lock()
			defer kept.mutex.Unlock()
			if !slices.EqualFunc(kept.lines, each.want, strings.Contains) {
				t.Errorf("%q, want %q", kept.lines, each.want)
			}
		})
	}
}
