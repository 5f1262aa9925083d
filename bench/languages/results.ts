import { median } from "../measure";

/** The CPU of one subject per request, in microseconds. */
export interface Result {
  readonly name: string;
  readonly median: number;
  /** More than the bare one in the same round: the middle one of the differences. */
  readonly added: number;
  readonly rounds: readonly number[];
}

/** The subjects of a framework, measured in the same rounds: the bare one, ours, the peer, and others. */
export interface Compared {
  readonly framework: string;
  readonly results: readonly Result[];
  /** Whether ours is held against the peer; false where the noise is larger than what they differ by. */
  readonly isJudged: boolean;
}

/**
 * What subjects cost and add.
 * @param names the first is that of the bare one
 * @param figures of each subject, in microseconds per request and round
 */
export function resultsOf(
  names: readonly string[],
  figures: readonly (readonly number[])[],
): readonly Result[] {
  const [bare = []] = figures;
  return names.map((name, index) => {
    const rounds = figures[index] ?? [];
    return {
      name,
      median: median(rounds),
      added: median(rounds.map((each, round) => each - (bare[round] ?? NaN))),
      rounds,
    };
  });
}

/** What subjects cost and add, a line each, and whether ours adds less than the peer. */
export function table({ framework, results, isJudged }: Compared): string {
  const rows = results.map(
    ({ name, median: middle, added }) =>
      `${name.padEnd(34)} ${middle.toFixed(2).padStart(8)} us  adds ${added.toFixed(2).padStart(7)} us`,
  );
  const [, ours, peer] = results;
  const ratio = (ours?.added ?? NaN) / (peer?.added ?? NaN);
  rows.push(
    isJudged
      ? `ours adds ${ratio.toFixed(2)}x of what ${peer?.name ?? ""} adds  below 1.00  ${ratio < 1 ? "met" : "MISSED"}`
      : `not compared: what is added differs more from run to run than ours from ${peer?.name ?? ""}`,
  );
  return `${framework}: CPU per request, median of the rounds\n${rows.join("\n")}\n\n`;
}
