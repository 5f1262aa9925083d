import type { ReadableSpan } from "@opentelemetry/sdk-trace-node";
import { writeAttributes, writeSpan } from "./otlp-span";
import { ProtobufWriter, varintLength } from "./protobuf-writer";

type Resource = ReadableSpan["resource"];
type Scope = ReadableSpan["instrumentationScope"];

/** How much memory is taken at once for spans that wait. */
const slabBytes = 65_536;

/** A span that has ended, as OTLP's bytes. */
export interface EncodedSpan {
  readonly slab: Buffer;
  readonly start: number;
  readonly end: number;
  readonly scope: Scope;
  readonly resource: Resource;
  readonly spanContext: ReadableSpan["spanContext"];
}

/** Turns spans into bytes when they end, so that no objects of theirs outlive the request. */
export class SpanEncoder {
  private readonly writer = new ProtobufWriter();
  private slab = Buffer.allocUnsafeSlow(slabBytes);
  private used = 0;

  encode(span: ReadableSpan): EncodedSpan {
    writeSpan(this.writer.reset(), 2, span);
    const { length } = this.writer;
    if (this.used + length > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, length));
      this.used = 0;
    }
    const start = this.used;
    this.used = this.writer.copyTo(this.slab, start);
    const { resource, instrumentationScope: scope } = span;
    const context = span.spanContext();
    return { slab: this.slab, start, end: this.used, scope, resource, spanContext: () => context };
  }
}

/** The message `ExportTraceServiceRequest` of spans of one resource. */
export function exportRequest(spans: readonly EncodedSpan[]): Uint8Array {
  const [first] = spans;
  if (!first) return new Uint8Array();
  const parts = [
    resourceOf(first.resource),
    ...[...byScope(spans)].map(([scope, own]) => scopeSpans(scope, own)),
  ];
  return lengthDelimited(1, parts);
}

function byScope(spans: readonly EncodedSpan[]): ReadonlyMap<Scope, readonly EncodedSpan[]> {
  const groups = new Map<Scope, EncodedSpan[]>();
  for (const span of spans) {
    const group = groups.get(span.scope);
    if (group) group.push(span);
    else groups.set(span.scope, [span]);
  }
  return groups;
}

function resourceOf({ attributes }: Resource): Buffer {
  const writer = new ProtobufWriter();
  const start = writer.begin(1);
  writeAttributes(writer, 1, attributes);
  writer.end(start);
  return writer.written();
}

function scopeSpans({ name, version }: Scope, spans: readonly EncodedSpan[]): Buffer {
  const writer = new ProtobufWriter();
  const start = writer.begin(1);
  writer.string(1, name);
  if (version) writer.string(2, version);
  writer.end(start);
  return lengthDelimited(2, [writer.written(), ...runsOf(spans)]);
}

/** The bytes of spans; of those that lie one behind the other, as one part. */
function runsOf(spans: readonly EncodedSpan[]): Buffer[] {
  const parts: Buffer[] = [];
  let [first] = spans;
  let last = first;
  for (const span of spans) {
    if (first && last && span !== first && (span.slab !== last.slab || span.start !== last.end)) {
      parts.push(first.slab.subarray(first.start, last.end));
      first = span;
    }
    last = span;
  }
  if (first && last) parts.push(first.slab.subarray(first.start, last.end));
  return parts;
}

/** A field of wire type 2. */
function lengthDelimited(field: number, parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(1 + varintLength(length));
  head[0] = field * 8 + 2;
  let rest = length;
  for (let at = 1; at < head.length; at += 1) {
    head[at] = (rest % 128) + (at < head.length - 1 ? 128 : 0);
    rest = Math.floor(rest / 128);
  }
  return Buffer.concat([head, ...parts], head.length + length);
}
