import type { ParsedSample } from "./exposition";

/** The labels of a sample that belong to its metric, not to its type. */
export function ownLabels({ labels }: ParsedSample): readonly [string, string][] {
  return Object.entries(labels).filter(([name]) => name !== "le" && name !== "quantile");
}

/** One text for each label set, in whatever order its labels are written. */
export function labelSetOf(sample: ParsedSample): string {
  return JSON.stringify([...ownLabels(sample)].sort());
}
