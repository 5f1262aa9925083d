/** Hashes bytes to 64 bits. */
type Hash = (bytes: Uint8Array) => bigint;

/**
 * Gives when in its interval Prometheus evaluates a group: the remainder, by the interval, of a hash of its name and file. In
 * milliseconds. Source: `Group.EvalTimestamp` and `Group.hash` of Prometheus's package rules, and `Labels.Hash` of its package
 * labels, as they are by default (`stringlabels`).
 */
export async function groupPhases(): Promise<
  (group: { readonly name: string; readonly file: string }, intervalMs: number) => number
> {
  const { default: load } = await import("xxhash-wasm");
  const hasher = await load();
  return ({ name, file }, intervalMs) => {
    const labels = [
      ["file", file],
      ["name", name],
    ] as const;
    const hash = hashOf(labels, (bytes) => hasher.h64Raw(bytes));
    // Of the nanoseconds of its evaluations Prometheus stores whole milliseconds.
    return Number((hash % BigInt(Math.round(intervalMs * 1e6))) / 1_000_000n);
  };
}

function hashOf(labels: readonly (readonly [string, string])[], hash: Hash): bigint {
  return hash(Buffer.concat(labels.flat().map(encoded)));
}

/** A text with its length before it: one byte, or three behind one of 255. */
function encoded(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  const { length } = bytes;
  const head = length < 255 ? [length] : [255, length & 255, (length >> 8) & 255, (length >> 16) & 255];
  return Buffer.concat([Buffer.from(head), bytes]);
}
