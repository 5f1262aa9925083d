import type { Attributes, AttributeValue, SpanContext } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-node";
import type { ProtobufWriter } from "./protobuf-writer";

type AttributeOf = AttributeValue | undefined;
/** What spans hold beside their attributes. */
type TimedEvent = ReadableSpan["events"][number];
type Link = ReadableSpan["links"][number];

/** Bits of a span's flags that tell whether its parent is in another process (OTLP 1.1). */
const knowsRemote = 0x100;
const isRemote = 0x200;

/**
 * Writes a span as OTLP's message `Span` (opentelemetry-proto 1). Not by OpenTelemetry's serializer: that keeps each span
 * as objects until its batch is sent, and then goes through them twice.
 */
export function writeSpan(writer: ProtobufWriter, field: number, span: ReadableSpan): void {
  const context = span.spanContext();
  const parent = span.parentSpanContext;
  const start = writer.begin(field);
  writeIds(writer, context);
  if (parent) writer.hex(4, parent.spanId);
  writer.string(5, span.name);
  // OTLP's kinds begin with an unspecified one.
  writer.uint(6, span.kind + 1);
  writer.nanoseconds(7, span.startTime);
  writer.nanoseconds(8, span.endTime);
  writeAttributes(writer, 9, span.attributes);
  writeCount(writer, 10, span.droppedAttributesCount);
  for (const event of span.events) writeEvent(writer, event);
  writeCount(writer, 12, span.droppedEventsCount);
  for (const link of span.links) writeLink(writer, link);
  writeCount(writer, 14, span.droppedLinksCount);
  const { code, message } = span.status;
  const status = writer.begin(15);
  if (message) writer.string(2, message);
  writeCount(writer, 3, code);
  writer.end(status);
  writer.fixed32(16, flagsOf(context, parent?.isRemote));
  writer.end(start);
}

/** Writes attributes as repeated `KeyValue`. */
export function writeAttributes(writer: ProtobufWriter, field: number, attributes: Attributes): void {
  for (const key in attributes) {
    const pair = writer.begin(field);
    writer.string(1, key);
    writeValue(writer, 2, attributes[key]);
    writer.end(pair);
  }
}

function writeEvent(writer: ProtobufWriter, event: TimedEvent): void {
  const start = writer.begin(11);
  writer.nanoseconds(1, event.time);
  writer.string(2, event.name);
  writeAttributes(writer, 3, event.attributes ?? {});
  writeCount(writer, 4, event.droppedAttributesCount);
  writer.end(start);
}

function writeLink(writer: ProtobufWriter, { context, attributes, droppedAttributesCount }: Link): void {
  const start = writer.begin(13);
  writeIds(writer, context);
  writeAttributes(writer, 4, attributes ?? {});
  writeCount(writer, 5, droppedAttributesCount);
  writer.fixed32(6, flagsOf(context, context.isRemote));
  writer.end(start);
}

function writeIds(writer: ProtobufWriter, { traceId, spanId, traceState }: SpanContext): void {
  writer.hex(1, traceId);
  writer.hex(2, spanId);
  const state = traceState?.serialize();
  if (state) writer.string(3, state);
}

function flagsOf({ traceFlags }: SpanContext, remote: boolean | undefined): number {
  return (traceFlags & 0xff) | knowsRemote | (remote ? isRemote : 0);
}

function writeCount(writer: ProtobufWriter, field: number, count: number | undefined): void {
  if (count) writer.uint(field, count);
}

/** Writes a value as `AnyValue`. */
function writeValue(writer: ProtobufWriter, field: number, value: AttributeOf | null): void {
  const start = writer.begin(field);
  if (typeof value === "string") writer.string(1, value);
  else if (typeof value === "boolean") writer.uint(2, value ? 1 : 0);
  else if (typeof value === "number") {
    if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) writer.int64(3, value);
    else writer.double(4, value);
  } else if (Array.isArray(value)) {
    const array = writer.begin(5);
    for (const each of value) writeValue(writer, 1, each);
    writer.end(array);
  }
  writer.end(start);
}
