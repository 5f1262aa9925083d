/** Writes messages of Protocol Buffers into a buffer that grows: only what OTLP's spans need. */
export class ProtobufWriter {
  private bytes = Buffer.allocUnsafeSlow(1_024);
  private at = 0;
  /** The nanoseconds of the latest whole second: spans that end together share it. */
  private second = 0;
  private secondLow = 0;
  private secondHigh = 0;

  /** Begins anew. */
  reset(): this {
    this.at = 0;
    return this;
  }

  /** What was written; to be copied before the next use. */
  written(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  get length(): number {
    return this.at;
  }

  /** Copies what was written, and gives the position after it. */
  copyTo(target: Buffer, start: number): number {
    return start + this.bytes.copy(target, start, 0, this.at);
  }

  /** A field of wire type 0. @param value not negative */
  uint(field: number, value: number): void {
    this.reserve(12);
    this.varint(field * 8);
    this.varint(value);
  }

  /** A field of an int64, of any sign. */
  int64(field: number, value: number): void {
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) {
      this.uint(field, value);
      return;
    }
    this.reserve(12);
    this.varint(field * 8);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.bytes[this.at++] = Number(rest & 127n) | 128;
    this.bytes[this.at++] = Number(rest);
  }

  double(field: number, value: number): void {
    this.reserve(10);
    this.varint(field * 8 + 1);
    this.at = this.bytes.writeDoubleLE(value, this.at);
  }

  fixed32(field: number, value: number): void {
    this.reserve(8);
    this.varint(field * 8 + 5);
    this.uint32(value);
  }

  /** A moment in nanoseconds, as fixed64. @param time seconds and nanoseconds since 1970 */
  nanoseconds(field: number, [seconds, nanos]: readonly [number, number]): void {
    this.reserve(12);
    this.varint(field * 8 + 1);
    if (seconds !== this.second) {
      this.second = seconds;
      const total = BigInt(seconds) * 1_000_000_000n;
      this.secondLow = Number(total & 0xffff_ffffn);
      this.secondHigh = Number(total >> 32n);
    }
    const low = this.secondLow + nanos;
    this.uint32(low);
    this.uint32(this.secondHigh + (low > 0xffff_ffff ? 1 : 0));
  }

  /** The bytes that a hexadecimal text stands for. */
  hex(field: number, text: string): void {
    this.reserve(8 + text.length);
    this.varint(field * 8 + 2);
    this.varint(text.length / 2);
    const { bytes } = this;
    let { at } = this;
    for (let index = 0; index < text.length; index += 2) {
      bytes[at++] = (nibble(text.charCodeAt(index)) << 4) | nibble(text.charCodeAt(index + 1));
    }
    this.at = at;
  }

  string(field: number, text: string): void {
    const { length } = text;
    this.reserve(10 + length * 3);
    this.varint(field * 8 + 2);
    const start = this.at;
    this.varint(length);
    const { bytes } = this;
    let { at } = this;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) {
        this.at = start;
        this.varint(Buffer.byteLength(text));
        this.at += this.bytes.write(text, this.at);
        return;
      }
      bytes[at++] = code;
    }
    this.at = at;
  }

  /** A message that is not yet written: its end is told by `end`. */
  begin(field: number): number {
    this.reserve(12);
    this.varint(field * 8 + 2);
    // Most are shorter than 128 bytes, so that one byte tells their length.
    this.at += 1;
    return this.at;
  }

  /** Ends what `begin` began. */
  end(start: number): void {
    const length = this.at - start;
    if (length < 128) {
      this.bytes[start - 1] = length;
      return;
    }
    const extra = varintLength(length) - 1;
    this.reserve(extra);
    this.bytes.copyWithin(start + extra, start, this.at);
    this.at = start - 1;
    this.varint(length);
    this.at += length;
  }

  private uint32(value: number): void {
    const { bytes, at } = this;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
    this.at = at + 4;
  }

  private varint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.bytes[this.at++] = (rest % 128) + 128;
    this.bytes[this.at++] = rest;
  }

  private reserve(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(2 * (this.at + length));
    this.bytes.copy(grown, 0, 0, this.at);
    this.bytes = grown;
  }
}

/** How many bytes tell a length. */
export function varintLength(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/** The value of a hexadecimal digit in lower or upper case. */
function nibble(code: number): number {
  return (code & 15) + (code > 57 ? 9 : 0);
}
