import type { Evaluated, Steps } from "../../metrics/promql-engine/series";
import type { Parsed } from "../../metrics/promql-analysis";

/** A rule that somebody has evaluated in the past, and recorded what it gave. */
export interface PastRecord {
  readonly name: string;
  readonly expr: string;
  /** Labels that it put on the series. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A group of rules that was evaluated in the past. */
export interface PastGroup {
  /** Path of its file, as Prometheus knew it. */
  readonly file: string;
  readonly name: string;
}

/** A time in which there are no samples. Milliseconds of Unix time. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What has happened: samples, over which rules can be evaluated again. Times are milliseconds of Unix time. */
export interface Past {
  /** Where it comes from, for people. */
  readonly name: string;
  /** The first and the last time of which there is something. */
  readonly from: number;
  readonly to: number;
  /** What was recorded: these series are there, made by these rules. */
  readonly records: readonly PastRecord[];
  readonly groups: readonly PastGroup[];
  /** When nothing was recorded at all: what happened then nobody knows. */
  readonly gaps: readonly Gap[];
  /** How long before its time a sample counts, in milliseconds. */
  readonly lookback: number;
  /**
   * What an expression gives at some times.
   * @throws Error where it cannot be evaluated, with its text
   */
  evaluate(expression: Pick<Parsed, "text" | "expr">, steps: Steps): Promise<readonly Evaluated[]>;
}
