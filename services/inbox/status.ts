import type { Status } from "./message";

/** The status that a title or subject names first, as in `[FIRING:2] HighErrorRate`. */
export function statusOfTitle(title: string): Status {
  const word = /\b(firing|resolved)\b/i.exec(title)?.[1]?.toLowerCase();
  return word === "firing" || word === "resolved" ? word : "unknown";
}

/** The first status that is known. */
export function firstKnown(...found: readonly Status[]): Status {
  return found.find((status) => status !== "unknown") ?? "unknown";
}
