import { byBytes } from "../../alerts/go-template/values";
import type { Labels } from "../../metrics/promql-engine/series";

/** The prime of FNV-1a for 64 bits is 2^40 + this. http://www.isthe.com/chongo/tech/comp/fnv/ */
const prime = 0x1b3;
const separator = 0xff;

/** A hash of labels as Alertmanager shows it: FNV-1a of names and values, 16 digits in hexadecimal. */
export function fingerprintOf(labels: Labels): string {
  // In two halves of 32 bits, as whole numbers of JavaScript have 53.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  const add = (byte: number) => {
    low = (low ^ byte) >>> 0;
    const product = low * prime;
    // 2^40 times the low half is 2^8 times it in the high one.
    high = (high * prime + Math.floor(product / 2 ** 32) + low * 2 ** 8) % 2 ** 32;
    low = product % 2 ** 32;
  };
  for (const [name, value] of Object.entries(labels).sort(([a], [b]) => byBytes(a, b)))
    for (const text of [name, value]) {
      for (const byte of Buffer.from(text)) add(byte);
      add(separator);
    }
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("");
}
