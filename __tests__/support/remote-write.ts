import type { Series } from "../../metrics/promql-engine";

/** Bits of the NaN by which Prometheus marks that a series ends. */
const staleBits = 0x7ff0000000000002n;

/** How long a piece is that is written at once: a Prometheus takes no sample that is an hour older than its newest. */
const pieceMs = 300_000;

/**
 * Writes series into a Prometheus that runs with `--web.enable-remote-write-receiver`, piece by piece in order of time.
 * @throws Error with its answer, when it refuses
 */
export async function remoteWrite(url: string, series: readonly Series[]): Promise<void> {
  const times = series.flatMap(({ times: own, staleAt = [] }) => [...own, ...staleAt]);
  const last = times.reduce((one, other) => Math.max(one, other), -Infinity);
  for (
    let from = times.reduce((one, other) => Math.min(one, other), Infinity);
    from <= last;
    from += pieceMs
  ) {
    const body = requestOf(series, from, from + pieceMs);
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
}

/** A WriteRequest (https://prometheus.io/docs/specs/prw/remote_write_spec/) of what is in [from, to). */
function requestOf(series: readonly Series[], from: number, to: number): Buffer {
  const isWithin = (time: number) => time >= from && time < to;
  const all = series.flatMap(({ labels, times, values, staleAt = [] }) => {
    const samples = [
      ...[...times].map((time, index) => ({ time, bits: bitsOf(values[index] ?? NaN) })),
      ...staleAt.map((time) => ({ time, bits: staleBits })),
    ]
      .filter(({ time }) => isWithin(time))
      .sort((one, other) => one.time - other.time);
    if (samples.length === 0) return [];
    const names = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
    return [
      field(
        1,
        Buffer.concat([
          ...names.map(([name, value]) =>
            field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
          ),
          ...samples.map(({ time, bits }) => field(2, sampleOf(time, bits))),
        ]),
      ),
    ];
  });
  return Buffer.concat(all);
}

function bitsOf(value: number): bigint {
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleLE(value);
  // The NaN that a target exposes.
  return Number.isNaN(value) ? 0x7ff8000000000001n : buffer.readBigUInt64LE();
}

function sampleOf(time: number, bits: bigint): Buffer {
  const value = Buffer.alloc(9);
  value[0] = (1 << 3) | 1;
  value.writeBigUInt64LE(bits, 1);
  return Buffer.concat([value, Buffer.from([2 << 3]), varint(time)]);
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
