import { fromJson } from "protobufjs/ext/protojson";
import { requestTypes, type Signal } from "./messages";
import type { ResourceMetrics, ResourceSpans } from "./request";

/** How a request is written. */
export type Encoding = "protobuf" | "json";

/** A body that is no request of OTLP, with the reason for people. */
export class OtlpError extends Error {
  override readonly name = "OtlpError";
}

/**
 * Reads a request with metrics.
 * @throws OtlpError that says why it is none
 */
export function decodeMetrics(body: Uint8Array, encoding: Encoding): readonly ResourceMetrics[] {
  return decode(body, "metrics", encoding).resourceMetrics as readonly ResourceMetrics[];
}

/**
 * Reads a request with spans.
 * @throws OtlpError that says why it is none
 */
export function decodeTraces(body: Uint8Array, encoding: Encoding): readonly ResourceSpans[] {
  return decode(body, "traces", encoding).resourceSpans as readonly ResourceSpans[];
}

function decode(body: Uint8Array, signal: Signal, encoding: Encoding): Record<string, unknown> {
  const type = requestTypes[signal];
  try {
    const message =
      encoding === "protobuf"
        ? type.decode(body)
        : // As OTLP has it: what a newer sender has besides is no mistake.
          fromJson(type, JSON.parse(textOf(body), idAsBase64), { ignoreUnknownFields: true });
    return type.toObject(message, { defaults: true, bytes: String, longs: String });
  } catch (error) {
    const format = encoding === "json" ? "JSON" : "Protocol Buffers";
    const reason = error instanceof Error ? error.message : String(error);
    throw new OtlpError(`is no request of OTLP's ${signal} in ${format}: ${onOneLine(reason)}`);
  }
}

/** Most characters of a reason: it may show what was sent. */
const shownCharacters = 200;

function onOneLine(reason: string): string {
  const line = reason.replace(/[\p{Cc}\s]+/gu, " ");
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function textOf(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Error("it is no UTF-8");
  }
}

const ids: ReadonlySet<string> = new Set(["traceId", "spanId", "parentSpanId"]);

/** OTLP's JSON has ids in hexadecimal, where that of Protocol Buffers has bytes in base64. */
function idAsBase64(key: string, value: unknown): unknown {
  if (!ids.has(key) || typeof value !== "string") return value;
  if (!/^(?:[0-9a-f]{2})*$/i.test(value))
    throw new Error(`${key} ${JSON.stringify(value)} is no hexadecimal`);
  return Buffer.from(value, "hex").toString("base64");
}
