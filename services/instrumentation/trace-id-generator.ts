import type { IdGenerator } from "@opentelemetry/sdk-trace-node";

const hexOfByte = Array.from({ length: 256 }, (_each, byte) => byte.toString(16).padStart(2, "0"));

/** Eight random hexadecimal digits. */
function hex32(): string {
  const bits = (Math.random() * 0x1_0000_0000) >>> 0;
  return (
    (hexOfByte[bits >>> 24] ?? "") +
    (hexOfByte[(bits >>> 16) & 255] ?? "") +
    (hexOfByte[(bits >>> 8) & 255] ?? "") +
    (hexOfByte[bits & 255] ?? "")
  );
}

function nonZero(words: number): string {
  let id = "";
  for (let word = 0; word < words; word++) id += hex32();
  return /[^0]/.test(id) ? id : nonZero(words);
}

/**
 * Ids of traces and spans (W3C Trace Context: 16 and 8 bytes, not all zero). The SDK's own generator goes through a
 * buffer, which takes several times as long, twice for every span.
 */
export const traceIdGenerator: IdGenerator = {
  generateTraceId: () => nonZero(4),
  generateSpanId: () => nonZero(2),
};
