import type { Series } from "../../metrics/promql-engine";

/** Bits of the NaN by which Prometheus marks that a series ends. */
const staleBits = 0x7ff0000000000002n;

/** How long a piece is that is written at once: a Prometheus takes no sample that is an hour older than its newest. */
const defaultPieceMs = 300_000;

/**
 * Writes series into a Prometheus that runs with `--web.enable-remote-write-receiver`, piece by piece in order of time.
 * @param pieceMs how long a piece is, at most half of what the Prometheus has in a block. Milliseconds
 * @throws Error with its answer, when it refuses
 */
export async function remoteWrite(
  url: string,
  series: readonly Series[],
  pieceMs = defaultPieceMs,
): Promise<void> {
  const all = series.map((one) => new WrittenSeries(one));
  const last = all.reduce((most, { to }) => Math.max(most, to), -Infinity);
  for (
    let from = all.reduce((least, one) => Math.min(least, one.from), Infinity);
    from <= last;
    from += pieceMs
  ) {
    // What is too much for one request comes in several.
    for (const body of requestsOf(all, from, from + pieceMs)) await post(url, body);
  }
}

async function post(url: string, body: Buffer): Promise<void> {
  const response = await fetch(`${url}/api/v1/write`, {
    method: "POST",
    headers: {
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body: new Uint8Array(snappy(body)),
  });
  if (!response.ok) throw new Error(`${String(response.status)}: ${await response.text()}`);
}

/** So many bytes are in a request at most, but for its last series. */
const requestBytes = 4_000_000;

/** WriteRequests (https://prometheus.io/docs/specs/prw/remote_write_spec/) of what is in [from, to). */
function* requestsOf(all: readonly WrittenSeries[], from: number, to: number): Generator<Buffer> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for (const one of all) {
    const content = one.between(from, to);
    if (content === undefined) continue;
    const part = field(1, content);
    parts.push(part);
    bytes += part.length;
    if (bytes < requestBytes) continue;
    yield Buffer.concat(parts);
    [parts, bytes] = [[], 0];
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

/** A series with the markers of its staleness among its samples. */
class WrittenSeries {
  private readonly labels: Buffer;
  private readonly times: Float64Array;
  private readonly bits: BigUint64Array;

  constructor({ labels, times, values, staleAt = [] }: Series) {
    const names = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
    this.labels = Buffer.concat(
      names.map(([name, value]) =>
        field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
      ),
    );
    const count = times.length + staleAt.length;
    this.times = new Float64Array(count);
    this.bits = new BigUint64Array(count);
    for (let [index, stale, place] = [0, 0, 0]; place < count; place += 1) {
      const isStale = index === times.length || (staleAt[stale] ?? Infinity) < (times[index] ?? Infinity);
      this.times[place] = (isStale ? staleAt[stale] : times[index]) ?? NaN;
      this.bits[place] = isStale ? staleBits : bitsOf(values[index] ?? NaN);
      if (isStale) stale += 1;
      else index += 1;
    }
  }

  get from(): number {
    return this.times[0] ?? Infinity;
  }

  get to(): number {
    return this.times.at(-1) ?? -Infinity;
  }

  /** Labels and samples of a time, as a TimeSeries; undefined where there are no samples. */
  between(from: number, to: number): Buffer | undefined {
    const [first, behind] = [firstAt(this.times, from), firstAt(this.times, to)];
    if (first === behind) return undefined;
    const samples = Buffer.alloc((behind - first) * sampleBytes);
    let place = 0;
    for (let index = first; index < behind; index += 1) {
      place = writeSample(samples, place, this.times[index] ?? NaN, this.bits[index] ?? 0n);
    }
    return Buffer.concat([this.labels, samples.subarray(0, place)]);
  }
}

/** The place of the first of ascending times that is not before a time. */
function firstAt(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? NaN) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const eightBytes = new DataView(new ArrayBuffer(8));

function bitsOf(value: number): bigint {
  // The NaN that a target exposes.
  if (Number.isNaN(value)) return 0x7ff8000000000001n;
  eightBytes.setFloat64(0, value);
  return eightBytes.getBigUint64(0);
}

/** A sample as a field, with room for its time. */
const sampleBytes = 2 + 9 + 1 + 10;

/** @returns the place behind it */
function writeSample(output: Buffer, at: number, time: number, bits: bigint): number {
  const milliseconds = varint(time);
  output[at] = (2 << 3) | 2;
  output[at + 1] = 9 + 1 + milliseconds.length;
  output[at + 2] = (1 << 3) | 1;
  output.writeBigUInt64LE(bits, at + 3);
  output[at + 11] = 2 << 3;
  output.set(milliseconds, at + 12);
  return at + 12 + milliseconds.length;
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** Snappy's block format with literals only: nothing is compressed. */
function snappy(content: Buffer): Buffer {
  const parts = [varint(content.length)];
  for (let from = 0; from < content.length; from += 65_536) {
    const part = content.subarray(from, from + 65_536);
    const head = Buffer.from([61 << 2, 0, 0]);
    head.writeUInt16LE(part.length - 1, 1);
    parts.push(head, part);
  }
  return Buffer.concat(parts);
}
