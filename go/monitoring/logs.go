package monitoring

import (
	"context"
	"io"
	"log/slog"

	"go.opentelemetry.io/otel/trace"
)

// LogHandler writes a line of JSON for each record, with the ids of the trace in its context. Its levels are numbers as
// in the logs of the other services: 20 for debug, 30, 40, and 50 for errors, which the alarm on error lines counts.
func LogHandler(w io.Writer, least slog.Leveler) slog.Handler {
	return logHandler{slog.NewJSONHandler(w, &slog.HandlerOptions{
		Level: least,
		ReplaceAttr: func(groups []string, attr slog.Attr) slog.Attr {
			if level, isLevel := attr.Value.Any().(slog.Level); isLevel && attr.Key == slog.LevelKey && len(groups) == 0 {
				return slog.Int(slog.LevelKey, 30+int(level)*5/2)
			}
			return attr
		},
	})}
}

type logHandler struct{ slog.Handler }

func (h logHandler) Handle(ctx context.Context, record slog.Record) error {
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		record = record.Clone()
		record.AddAttrs(
			slog.String("trace_id", span.TraceID().String()),
			slog.String("span_id", span.SpanID().String()),
		)
	}
	return h.Handler.Handle(ctx, record)
}

func (h logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return logHandler{h.Handler.WithAttrs(attrs)}
}

func (h logHandler) WithGroup(name string) slog.Handler { return logHandler{h.Handler.WithGroup(name)} }
