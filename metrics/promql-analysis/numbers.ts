import { secondsOf } from "../duration";

/** The value of a number as PromQL writes it: `2.`, `0x1F`, `1_000`, `+Inf`, `1h30m` (in seconds); NaN for any other text. */
export function numberOf(text: string): number {
  const sign = /^\s*-/.test(text) ? -1 : 1;
  const digits = text
    .replace(/^\s*[-+]?\s*/, "")
    .replaceAll("_", "")
    .trim()
    .toLowerCase();
  if (digits === "inf") return sign * Infinity;
  if (/^\d[\d.]*(ms|[smhdwy])/.test(digits)) return sign * durationOf(digits);
  return digits === "" ? NaN : sign * Number(digits);
}

function durationOf(text: string): number {
  try {
    return secondsOf(text);
  } catch {
    return NaN;
  }
}
