package tracing

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
)

// What OpenTelemetry's packages would not read as warnings says is done here; of the rest they read the variables.

const defaultTimeout = 10_000

// ofTraces is the name of a variable of traces where it is set, else that of the one of all.
func (v variables) ofTraces(name string) string {
	if own := "OTEL_EXPORTER_OTLP_TRACES_" + name; v.of(own) != "" {
		return own
	}
	return "OTEL_EXPORTER_OTLP_" + name
}

func (v variables) compression() otlptracehttp.Compression {
	if v.of(v.ofTraces("COMPRESSION")) == "gzip" {
		return otlptracehttp.GzipCompression
	}
	return otlptracehttp.NoCompression
}

// timeout is how long the collector has to answer.
func (v variables) timeout() time.Duration {
	return v.milliseconds(v.ofTraces("TIMEOUT"), defaultTimeout)
}

// batching has each of its numbers: OpenTelemetry's packages panic at negative ones.
func (v variables) batching() []trace.BatchSpanProcessorOption {
	queue := v.positive("OTEL_BSP_MAX_QUEUE_SIZE", trace.DefaultMaxQueueSize)
	batch := v.positive("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", trace.DefaultMaxExportBatchSize)
	return []trace.BatchSpanProcessorOption{
		trace.WithBatchTimeout(v.milliseconds("OTEL_BSP_SCHEDULE_DELAY", trace.DefaultScheduleDelay)),
		trace.WithExportTimeout(v.milliseconds("OTEL_BSP_EXPORT_TIMEOUT", trace.DefaultExportTimeout)),
		trace.WithMaxQueueSize(queue),
		trace.WithMaxExportBatchSize(min(batch, queue)),
	}
}

// positive is a whole number from 1; or where it is none.
func (v variables) positive(name string, or int) int {
	if number, err := strconv.Atoi(v.of(name)); err == nil && number > 0 {
		return number
	}
	return or
}

func (v variables) milliseconds(name string, or int) time.Duration {
	return time.Duration(v.positive(name, or)) * time.Millisecond
}

// sampling keeps every trace where the ratio is none: what OpenTelemetry's packages make of NaN depends on the processor.
// All else they read.
func (v variables) sampling() []trace.TracerProviderOption {
	switch sampler := v.of("OTEL_TRACES_SAMPLER"); {
	case !strings.HasSuffix(sampler, "traceidratio") || v.hasSoundRatio():
		return nil
	case sampler == "traceidratio":
		return []trace.TracerProviderOption{trace.WithSampler(trace.AlwaysSample())}
	}
	return []trace.TracerProviderOption{trace.WithSampler(trace.ParentBased(trace.AlwaysSample()))}
}

// hasSoundRatio says whether the ratio of a sampler is from 0 to 1, or not set.
func (v variables) hasSoundRatio() bool {
	value := v.of("OTEL_TRACES_SAMPLER_ARG")
	ratio, err := strconv.ParseFloat(value, 64)
	return value == "" || (err == nil && ratio >= 0 && ratio <= 1)
}

// propagator has those that are named; both where none is, or another.
func (v variables) propagator() propagation.TextMapPropagator {
	named := v.of("OTEL_PROPAGATORS")
	all := slices.ContainsFunc(choices, func(each choice) bool {
		return each.name.MatchString("OTEL_PROPAGATORS") && !each.allows(named)
	})
	var used []propagation.TextMapPropagator
	if all || strings.Contains(named, "tracecontext") {
		used = append(used, propagation.TraceContext{})
	}
	if all || strings.Contains(named, "baggage") {
		used = append(used, propagation.Baggage{})
	}
	return propagation.NewCompositeTextMapPropagator(used...)
}
