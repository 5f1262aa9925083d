import { CompressionAlgorithm } from "@opentelemetry/otlp-exporter-base";
import {
  batchesOf,
  limitsOf,
  propagatorOf,
  samplerOf,
  sendingOf,
} from "../../../services/instrumentation/otlp-settings";

const parentBased = (root: string) =>
  `ParentBased{root=${root}, remoteParentSampled=AlwaysOnSampler, remoteParentNotSampled=AlwaysOffSampler, localParentSampled=AlwaysOnSampler, localParentNotSampled=AlwaysOffSampler}`;

describe("what the variables say of spans", () => {
  it.each([
    [undefined, undefined, parentBased("AlwaysOnSampler")],
    ["always_on", undefined, "AlwaysOnSampler"],
    ["ALWAYS_OFF", undefined, "AlwaysOffSampler"],
    ["parentbased_always_on", undefined, parentBased("AlwaysOnSampler")],
    ["parentbased_always_off", undefined, parentBased("AlwaysOffSampler")],
    ["traceidratio", "0.25", "TraceIdRatioBased{0.25}"],
    ["traceidratio", "1e-1", "TraceIdRatioBased{0.1}"],
    ["parentbased_TraceIdRatio", "0", parentBased("TraceIdRatioBased{0}")],
    ["traceidratio", undefined, "TraceIdRatioBased{1}"],
    // As is warned of.
    ["traceidratio", "10%", "TraceIdRatioBased{1}"],
    ["traceidratio", "-1", "TraceIdRatioBased{1}"],
    ["parentbased_traceidratio", "7", parentBased("TraceIdRatioBased{1}")],
    ["jaeger_remote", undefined, parentBased("AlwaysOnSampler")],
  ])("with the sampler %s and %s it is %s", (name, ratio, description) => {
    const env = {
      ...(name !== undefined && { OTEL_TRACES_SAMPLER: name }),
      ...(ratio !== undefined && { OTEL_TRACES_SAMPLER_ARG: ratio }),
    };
    expect(samplerOf(env).toString()).toBe(description);
  });

  it("has sizes and times of batches, by default those of the specification", () => {
    const usual = {
      maxQueueSize: 2_048,
      maxExportBatchSize: 512,
      scheduledDelayMillis: 5_000,
      exportTimeoutMillis: 30_000,
    };
    const names = ["MAX_QUEUE_SIZE", "MAX_EXPORT_BATCH_SIZE", "SCHEDULE_DELAY", "EXPORT_TIMEOUT"];
    const all = (values: readonly string[]) =>
      batchesOf(Object.fromEntries(names.map((name, index) => [`OTEL_BSP_${name}`, values[index] ?? ""])));
    expect(batchesOf({})).toEqual(usual);
    expect(all(["-1", "0", "soon", "1.5"])).toEqual(usual);
    expect(all(["4", "3", "2", "1"])).toEqual({
      maxQueueSize: 4,
      maxExportBatchSize: 3,
      scheduledDelayMillis: 2,
      exportTimeoutMillis: 1,
    });
    expect(batchesOf({ OTEL_BSP_MAX_QUEUE_SIZE: "10" })).toMatchObject({ maxExportBatchSize: 10 });
  });

  it.each([
    ["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "attributeCountLimit", 128],
    ["OTEL_ATTRIBUTE_COUNT_LIMIT", "attributeCountLimit", 128],
    ["OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "attributeValueLengthLimit", Infinity],
    ["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "attributeValueLengthLimit", Infinity],
    ["OTEL_SPAN_EVENT_COUNT_LIMIT", "eventCountLimit", 128],
    ["OTEL_SPAN_LINK_COUNT_LIMIT", "linkCountLimit", 128],
    ["OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "attributePerEventCountLimit", 128],
    ["OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "attributePerLinkCountLimit", 128],
  ] as const)("has the limit %s", (name, limit, usual) => {
    expect(limitsOf({ [name]: "0" })[limit]).toBe(0);
    expect(limitsOf({ [name]: "many" })[limit]).toBe(usual);
    expect(limitsOf({})[limit]).toBe(usual);
  });

  it("has how they are sent: what is said of traces before what is said of all", () => {
    expect(sendingOf({})).toEqual({ compression: CompressionAlgorithm.NONE, timeoutMillis: 10_000 });
    expect(sendingOf({ OTEL_EXPORTER_OTLP_COMPRESSION: "GZIP", OTEL_EXPORTER_OTLP_TIMEOUT: "500" })).toEqual({
      compression: CompressionAlgorithm.GZIP,
      timeoutMillis: 500,
    });
    expect(
      sendingOf({
        OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
        OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: "none",
        OTEL_EXPORTER_OTLP_TIMEOUT: "500",
        OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "700",
      }),
    ).toEqual({ compression: CompressionAlgorithm.NONE, timeoutMillis: 700 });
    expect(sendingOf({ OTEL_EXPORTER_OTLP_COMPRESSION: "zstd", OTEL_EXPORTER_OTLP_TIMEOUT: "1s" })).toEqual({
      compression: CompressionAlgorithm.NONE,
      timeoutMillis: 10_000,
    });
  });

  it.each([
    [{}, ["traceparent", "tracestate", "baggage"]],
    [{ OTEL_PROPAGATORS: "tracecontext" }, ["traceparent", "tracestate"]],
    [{ OTEL_PROPAGATORS: "Baggage" }, ["baggage"]],
    [{ OTEL_PROPAGATORS: "tracecontext, b3" }, ["traceparent", "tracestate", "baggage"]],
  ])("with %j %j are propagated", (env, fields) => {
    expect(propagatorOf(env).fields()).toEqual(fields);
  });
});
