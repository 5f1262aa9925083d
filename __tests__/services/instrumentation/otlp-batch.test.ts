import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";
import { TraceState } from "@opentelemetry/core";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { NodeTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-node";
import {
  array,
  assert,
  constantFrom,
  dictionary,
  double,
  integer,
  oneof,
  property,
  string,
} from "fast-check";
import { decodeTraces } from "../../support/otlp-receiver";
import { exportRequest, SpanEncoder } from "../../../services/instrumentation/otlp-batch";
import { codePoint } from "../../support/code-point";

/** A provider with a resource of some attributes, and what ended. */
function recorded(): { ended: ReadableSpan[]; provider: NodeTracerProvider } {
  const ended: ReadableSpan[] = [];
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": "order-service", cores: 2 }),
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => ended.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  });
  return { ended, provider };
}

function expectSame(ended: readonly ReadableSpan[]): void {
  const encoder = new SpanEncoder();
  const ours = exportRequest(ended.map((span) => encoder.encode(span)));
  const theirs = ProtobufTraceSerializer.serializeRequest([...ended]);
  expect(decodeTraces(ours)).toEqual(decodeTraces(theirs ?? new Uint8Array()));
}

const remote = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
};

describe("spans as OTLP's bytes", () => {
  it("say what OpenTelemetry's own serializer says: ids, times, kinds, events, links, status, several scopes", () => {
    const { ended, provider } = recorded();
    const parent = trace.setSpanContext(ROOT_CONTEXT, {
      ...remote,
      traceState: new TraceState("vendor=1,other=2"),
    });
    const span = provider
      .getTracer("one", "1.2.3")
      .startSpan("GET /products/:id", { kind: SpanKind.SERVER, links: [{ context: remote }] }, parent);
    span.setAttributes({
      text: "ä€😀",
      yes: true,
      no: false,
      whole: 42,
      negative: -7,
      half: 0.5,
      list: ["a", "b"],
    });
    span.addEvent("exception", { "exception.message": "x".repeat(70_000) });
    span.setStatus({ code: SpanStatusCode.ERROR, message: "broken" });
    span.end();
    for (let index = 0; index < 600; index += 1) {
      provider
        .getTracer(index % 3 === 0 ? "one" : "two")
        .startSpan(`span ${String(index)}`)
        .end();
    }
    expect(ended).toHaveLength(601);
    expectSame(ended);
  });

  it("say it of any attributes", () => {
    const value = oneof(
      string({ unit: codePoint, maxLength: 200 }),
      integer(),
      integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
      double({ noNaN: true, noDefaultInfinity: true }),
      constantFrom(true, false),
      array(string({ maxLength: 5 }), { maxLength: 4 }),
      array(integer(), { maxLength: 4 }),
    );
    assert(
      property(
        string({ unit: codePoint }),
        dictionary(string({ minLength: 1 }), value),
        (name, attributes) => {
          const { ended, provider } = recorded();
          provider.getTracer("one").startSpan(name, { attributes }, ROOT_CONTEXT).end();
          expectSame(ended);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is nothing for no span", () => {
    expect(exportRequest([])).toHaveLength(0);
  });
});
