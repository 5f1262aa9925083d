import { assert, constantFrom, integer, json, jsonValue, property, string, uint8Array } from "fast-check";
import {
  decodeMetrics,
  decodeTraces,
  OtlpError,
  type Encoding,
} from "../../../../metrics/contract/otlp/decode";
import type { Signal } from "../../../../metrics/contract/otlp/messages";
import { ReceivedByOtlp } from "../../../../metrics/contract/otlp/received";
import {
  attributes,
  bytesOf,
  counterOf,
  histogramOf,
  metricsRequest,
  tracesRequest,
} from "../../../support/otlp-requests";

const metrics = metricsRequest(
  "parcels",
  counterOf("parcels.sent", { to: "north", weight: 12, express: true }),
  histogramOf("parcel.duration", {}),
);
const spans = tracesRequest("parcels", {
  ...{
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    name: "GET /parcels/:id",
    kind: 2,
  },
  ...{ startTimeUnixNano: "1", endTimeUnixNano: "2", status: { code: 2 }, attributes: attributes({ a: 1 }) },
});
const decoders = { metrics: decodeMetrics, traces: decodeTraces } as const;
const requests = { metrics, traces: spans } as const;
const encodings: readonly Encoding[] = ["json", "protobuf"];

/** What is said of a body; undefined where it is taken. */
function refusal(signal: Signal, body: Uint8Array | string, encoding: Encoding): string | undefined {
  try {
    decoders[signal](typeof body === "string" ? Buffer.from(body) : body, encoding);
    return undefined;
  } catch (error) {
    if (error instanceof OtlpError) return error.message;
    throw error;
  }
}

describe.each(["metrics", "traces"] as const)("a request with %s", (signal) => {
  it("says the same in Protocol Buffers and in JSON", () => {
    const [one, other] = encodings.map((encoding) =>
      decoders[signal](bytesOf(signal, requests[signal], encoding), encoding),
    );
    expect(one).toEqual(other);
    expect(JSON.stringify(one)).toContain(signal === "metrics" ? "parcels.sent" : "GET /parcels/:id");
  });

  it("may be empty, and may have what is not known", () => {
    expect(refusal(signal, new Uint8Array(), "protobuf")).toBeUndefined();
    expect(refusal(signal, "{}", "json")).toBeUndefined();
    expect(
      refusal(signal, '{"resourceSpans":[{"newer":1}],"resourceMetrics":[{"newer":1}]}', "json"),
    ).toBeUndefined();
  });

  it("is refused with a reason where it is cut off", () => {
    const body = bytesOf(signal, requests[signal], "protobuf");
    expect(refusal(signal, body.subarray(0, -3), "protobuf")).toMatch(
      /^is no request .* in Protocol Buffers: ./,
    );
    const text = bytesOf(signal, requests[signal]);
    expect(refusal(signal, text.subarray(0, -3), "json")).toMatch(/^is no request .* in JSON: ./);
  });

  it("is read or refused, and nothing else, whatever the bytes are", () => {
    const take = (body: Uint8Array, encoding: Encoding) => {
      const received = new ReceivedByOtlp(["parcels"]);
      try {
        received.take(signal, body, encoding);
        for (const { series, spans: those } of received.sent.values()) {
          series.exposition();
          those.findings();
        }
      } catch (error) {
        if (!(error instanceof OtlpError)) throw error;
      }
    };
    const encoding = constantFrom(...encodings);
    assert(property(uint8Array({ maxLength: 300 }), encoding, take));
    assert(
      property(json(), jsonValue(), (text, value) => {
        take(Buffer.from(text), "json");
        take(Buffer.from(JSON.stringify({ resourceMetrics: value, resourceSpans: value })), "json");
      }),
    );
    // A sound request with a few bytes changed goes further than any noise.
    const sound = encodings.map((each) => [bytesOf(signal, requests[signal], each), each] as const);
    const edits = uint8Array({ minLength: 1, maxLength: 4 });
    assert(
      property(constantFrom(...sound), integer({ min: 0, max: 10_000 }), edits, ([body, each], at, bytes) => {
        const edited = Uint8Array.from(body);
        edited.set(bytes, at % (edited.length - bytes.length));
        take(edited, each);
      }),
      { numRuns: 1000 },
    );
  });
});

it.each([
  ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), "it is no UTF-8"],
  [
    "an id that is none",
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}',
    "no hexadecimal",
  ],
  ["a wrong type", '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":5}]}]}]}', "name"],
  ["a list in place of an object", "[]", "object"],
])("JSON with %s is refused, and the reason says so", (_what, body, reason) => {
  expect(refusal("traces", body, "json")).toContain(reason);
});

it("a reason is one line without control characters, and not long", () => {
  const reason = refusal("traces", `{"a":\u001b[31m\n\n${"x".repeat(1_000)}`, "json") ?? "";
  expect(reason).toMatch(/^is no request of OTLP's traces in JSON: \P{Cc}+$/u);
  const long = refusal("traces", `{"resourceSpans": ${JSON.stringify("x".repeat(1_000))}}`, "json") ?? "";
  expect(long.length).toBeGreaterThan(100);
  expect(long.length).toBeLessThan(300);
});

it("values of attributes are texts as labels have them", () => {
  assert(
    property(string(), (text) => {
      const [sent] = decodeTraces(bytesOf("traces", tracesRequest(text || "x")), "json");
      expect(sent?.resource?.attributes[0]?.value?.stringValue).toBe(text || "x");
    }),
  );
});
