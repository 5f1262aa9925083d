import { fromJson } from "protobufjs/ext/protojson";
import type { Encoding } from "../../metrics/contract/otlp/decode";
import { requestTypes, type Signal } from "../../metrics/contract/otlp/messages";
import { ReceivedByOtlp } from "../../metrics/contract/otlp/received";
import { servicesOf } from "../../metrics/catalogue";
import { httpLatencyBuckets } from "../../metrics/http";
import { catalogue } from "./system";

type Values = Readonly<Record<string, string | number | boolean>>;

/** Attributes in OTLP's JSON. */
export function attributes(values: Values): object[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === "number"
        ? { intValue: String(value) }
        : typeof value === "boolean"
          ? { boolValue: value }
          : { stringValue: value },
  }));
}

/** A counter with one point. */
export function counterOf(name: string, labels: Values = {}, value = 1, unit = ""): object {
  const dataPoints = [{ attributes: attributes(labels), asInt: String(value), timeUnixNano: "5" }];
  return { name, unit, sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints } };
}

/** A histogram with one point, in which one value was counted. */
export function histogramOf(
  name: string,
  labels: Values,
  unit = "s",
  bounds: readonly number[] = httpLatencyBuckets,
): object {
  const point = {
    ...{ attributes: attributes(labels), timeUnixNano: "5", count: "1", sum: 0.3 },
    explicitBounds: bounds,
    bucketCounts: ["1", ...bounds.map(() => "0")],
  };
  return { name, unit, histogram: { aggregationTemporality: 2, dataPoints: [point] } };
}

/** A request with these metrics, in OTLP's JSON. */
export function metricsRequest(service: string | undefined, ...metrics: readonly object[]): object {
  return { resourceMetrics: [{ resource: resourceOf(service), scopeMetrics: [{ metrics }] }] };
}

/** A request with these spans, in OTLP's JSON. */
export function tracesRequest(service: string | undefined, ...spans: readonly object[]): object {
  return { resourceSpans: [{ resource: resourceOf(service), scopeSpans: [{ spans }] }] };
}

function resourceOf(service: string | undefined): object {
  return { attributes: attributes(service === undefined ? {} : { "service.name": service }) };
}

/** A request as it is sent. */
export function bytesOf(signal: Signal, request: object, encoding: Encoding = "json"): Uint8Array {
  if (encoding === "json") return Buffer.from(JSON.stringify(request));
  const type = requestTypes[signal];
  // JSON has ids in hexadecimal in OTLP, and in base64 by itself.
  const inBase64 = JSON.parse(JSON.stringify(request), (key, value: unknown) =>
    /^(trace|span)Id$/.test(key) ? Buffer.from(String(value), "hex").toString("base64") : value,
  ) as object;
  return type.encode(fromJson(type, inBase64)).finish();
}

/** What came, in these requests. */
export function receivedOf(...requests: readonly object[]): ReceivedByOtlp {
  const received = new ReceivedByOtlp(servicesOf(catalogue));
  for (const request of requests) {
    const signal = "resourceMetrics" in request ? "metrics" : "traces";
    received.take(signal, bytesOf(signal, request), "json");
  }
  return received;
}
