import type { TextMapPropagator } from "@opentelemetry/api";
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from "@opentelemetry/core";
import { CompressionAlgorithm } from "@opentelemetry/otlp-exporter-base";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type BufferConfig,
  type Sampler,
  type SpanLimits,
} from "@opentelemetry/sdk-trace-node";
import { positive, ratio, whole, type Variables } from "./tracing-variables";

// OpenTelemetry's packages take what they read as it is written, and numbers that are none of the sort.

/** The sampler that is named. Where none is, every trace is kept of which no caller decided otherwise. */
export function samplerOf(env: Variables): Sampler {
  const [, parent, name] = /^(parentbased_)?(.*)$/.exec(env.OTEL_TRACES_SAMPLER?.toLowerCase() ?? "") ?? [];
  const root = rootOf(name, ratio(env.OTEL_TRACES_SAMPLER_ARG) ?? 1);
  if (!root) return new ParentBasedSampler({ root: new AlwaysOnSampler() });
  return parent === undefined ? root : new ParentBasedSampler({ root });
}

function rootOf(name: string | undefined, share: number): Sampler | undefined {
  if (name === "always_on") return new AlwaysOnSampler();
  if (name === "always_off") return new AlwaysOffSampler();
  return name === "traceidratio" ? new TraceIdRatioBasedSampler(share) : undefined;
}

/** Sizes and times of batches; each that is no whole number from 1 is its default. */
export function batchesOf(env: Variables): Required<BufferConfig> {
  const maxQueueSize = positive(env.OTEL_BSP_MAX_QUEUE_SIZE) ?? 2_048;
  return {
    maxQueueSize,
    maxExportBatchSize: Math.min(positive(env.OTEL_BSP_MAX_EXPORT_BATCH_SIZE) ?? 512, maxQueueSize),
    scheduledDelayMillis: positive(env.OTEL_BSP_SCHEDULE_DELAY) ?? 5_000,
    exportTimeoutMillis: positive(env.OTEL_BSP_EXPORT_TIMEOUT) ?? 30_000,
  };
}

/** Limits of spans; each that is no whole number is its default. */
export function limitsOf(env: Variables): Required<SpanLimits> {
  const countLimit = 128;
  return {
    attributeCountLimit:
      whole(env.OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT) ?? whole(env.OTEL_ATTRIBUTE_COUNT_LIMIT) ?? countLimit,
    attributeValueLengthLimit:
      whole(env.OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT) ??
      whole(env.OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT) ??
      Infinity,
    eventCountLimit: whole(env.OTEL_SPAN_EVENT_COUNT_LIMIT) ?? countLimit,
    linkCountLimit: whole(env.OTEL_SPAN_LINK_COUNT_LIMIT) ?? countLimit,
    attributePerEventCountLimit: whole(env.OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT) ?? countLimit,
    attributePerLinkCountLimit: whole(env.OTEL_LINK_ATTRIBUTE_COUNT_LIMIT) ?? countLimit,
  };
}

/** How batches are sent: what is said of traces counts before what is said of all. */
export function sendingOf(env: Variables): { compression: CompressionAlgorithm; timeoutMillis: number } {
  const compression = env.OTEL_EXPORTER_OTLP_TRACES_COMPRESSION ?? env.OTEL_EXPORTER_OTLP_COMPRESSION;
  const timeout = env.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT ?? env.OTEL_EXPORTER_OTLP_TIMEOUT;
  return {
    compression:
      compression?.toLowerCase() === "gzip" ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
    timeoutMillis: positive(timeout) ?? 10_000,
  };
}

/** The propagators that are named; both where none is, or another. */
export function propagatorOf(env: Variables): TextMapPropagator {
  const known: Readonly<Record<string, TextMapPropagator>> = {
    tracecontext: new W3CTraceContextPropagator(),
    baggage: new W3CBaggagePropagator(),
  };
  const named = (env.OTEL_PROPAGATORS ?? "").split(",").map((name) => known[name.trim().toLowerCase()]);
  const propagators = named.filter((each) => each !== undefined);
  const isSound = propagators.length === named.length;
  return new CompositePropagator({ propagators: isSound ? propagators : Object.values(known) });
}
