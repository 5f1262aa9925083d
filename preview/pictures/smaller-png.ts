import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from("89504e470d0a1a0a", "hex");

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/**
 * The same picture in fewer bytes, where that can be: a browser writes PNGs fast, not small. Lines without a filter are
 * what large plain areas compress best.
 * @param png of chromium: 8 bits a channel, not interlaced
 */
export function smallerPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === "IHDR")?.data;
  if (header === undefined) return png;
  const [width, height, depth, colors] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    header[8],
    header[9],
  ];
  const channels = colors === 2 ? 3 : colors === 6 ? 4 : undefined;
  if (depth !== 8 || channels === undefined || header[12] !== 0) return png;
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  const plain = withoutFilters(inflateSync(packed), width * channels, height, channels);
  const written = Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(plain, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return written.length < png.length ? written : png;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString("latin1", at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named) >>> 0);
  return Buffer.concat([length, named, sum]);
}

/** The lines with filter 0. See the PNG specification, section 9, "Filtering". */
function withoutFilters(filtered: Buffer, bytes: number, height: number, step: number): Buffer {
  const plain = Buffer.alloc(filtered.length);
  const row = bytes + 1;
  for (let y = 0; y < height; y += 1) {
    const start = y * row + 1;
    const filter = filtered[start - 1];
    for (let x = 0; x < bytes; x += 1) {
      const left = x < step ? 0 : (plain[start + x - step] ?? 0);
      const up = y === 0 ? 0 : (plain[start + x - row] ?? 0);
      const corner = x < step || y === 0 ? 0 : (plain[start + x - row - step] ?? 0);
      plain[start + x] = (filtered[start + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return plain;
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
