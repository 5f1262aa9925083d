import { wholeNumber } from "../../schema/primitives";
import type { Problems } from "../props-error";

/** Which of the targets of a job are scraped, where several share them. */
export interface ScrapeShard {
  /** Number of this one, from 0 on. */
  readonly index: number;
  /** How many share the targets: 1 to 1,000. */
  readonly of: number;
}

const shardCount = wholeNumber(1, 1_000);

/** Notes what would leave targets to nobody. */
export function checkShard({ index, of }: ScrapeShard, prop: string, problems: Problems): void {
  problems
    .holds(shardCount, `${prop}.of`, of)
    .expect(
      Number.isInteger(index) && index >= 0 && index < of,
      `${prop}.index`,
      index,
      `a whole number from 0 on that is less than ${prop}.of`,
    );
}

/**
 * The relabelling that keeps the targets of one shard, to be done before any other. Each target is of one shard alone: by
 * the remainder of a hash of its address, and of the URL that it is to ask, where it is a prober. None is needed where
 * nobody shares.
 */
export function renderShard({ index, of }: ScrapeShard) {
  if (of === 1) return [];
  return [
    {
      source_labels: ["__address__", "__param_target"],
      action: "hashmod",
      modulus: of,
      target_label: "__tmp_shard",
    },
    { source_labels: ["__tmp_shard"], action: "keep", regex: String(index) },
  ];
}
