import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from "@opentelemetry/otlp-exporter-base/node-http";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type NodeTracerConfig,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-node";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { exportRequest, SpanEncoder, type EncodedSpan } from "./otlp-batch";
import { batchesOf, limitsOf, propagatorOf, samplerOf, sendingOf } from "./otlp-settings";
import type { TracingConfig } from "./tracing-config";
import type { Variables } from "./tracing-variables";

/**
 * A provider that sends spans in batches from a bounded queue: spans beyond it are dropped, so that neither memory nor
 * requests ever wait for the collector. Only `tracing.ts` loads this file, and only when tracing is on.
 */
export function createProvider(service: string, config: TracingConfig): NodeTracerProvider {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: service }))
    .merge(detectResources({ detectors: [envDetector] }));
  return new Provider(config.variables, {
    resource,
    sampler: samplerOf(config.variables),
    spanLimits: limitsOf(config.variables),
    spanProcessors: [encodingProcessor(config)],
  });
}

/** It propagates what `OTEL_PROPAGATORS` names. */
class Provider extends NodeTracerProvider {
  constructor(
    private readonly variables: Variables,
    settings: NodeTracerConfig,
  ) {
    super(settings);
  }

  override register(): void {
    const propagator = propagatorOf(this.variables);
    super.register({ propagator });
  }
}

/** OpenTelemetry's batches and its way of sending them, of spans that are bytes already. */
function encodingProcessor({ url, variables }: TracingConfig): SpanProcessor {
  const encoder = new SpanEncoder();
  const batches = new BatchSpanProcessor(exporterTo(url, variables), batchesOf(variables));
  return {
    onStart: () => undefined,
    onEnd: (span) => {
      // The batches look at a span's context and resource only, both of which an encoded one has.
      batches.onEnd(encoder.encode(span) as unknown as ReadableSpan);
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
}

function exporterTo(url: string, variables: Variables): SpanExporter {
  const delegate = createOtlpHttpExportDelegate(
    convertLegacyHttpOptions({ url, ...sendingOf(variables) }, "TRACES", "v1/traces", {
      "Content-Type": "application/x-protobuf",
    }),
    {
      serializeRequest: (spans: EncodedSpan[]) => exportRequest(spans),
      deserializeResponse: (data: Uint8Array) => ProtobufTraceSerializer.deserializeResponse(data),
    },
    "otlp_http_span_exporter",
    { name: "span", countItems: (spans: EncodedSpan[]) => spans.length },
    undefined,
  );
  return {
    export: (spans, done) => {
      delegate.export(spans as unknown as EncodedSpan[], done);
    },
    forceFlush: () => delegate.forceFlush(),
    shutdown: () => delegate.shutdown(),
  };
}
