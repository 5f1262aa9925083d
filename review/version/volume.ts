import type { Bill } from "../../operations/cost/bill";
import type { Range } from "../../signals/volume/range";

/** What a selector asks of the label `le`; all of it must hold. */
export interface LeMatcher {
  readonly operator: "=" | "=~";
  readonly value: string;
}

/** The series of one name that a job's targets give together. */
export interface DescribedSeries extends Range {
  readonly name: string;
  /** The catalogue's metric that they belong to; the name itself where it has none. */
  readonly metric: string;
  /** Upper bounds of a histogram's buckets, without `+Inf`; of its `_bucket` alone. */
  readonly buckets?: readonly number[];
}

/** What a scrape job gives, or the rules that record. */
export interface DescribedJob {
  /** Its name, or `(recorded by rules)`. */
  readonly job: string;
  readonly targets: number;
  /** Whether targets are discovered, so that there may be more of them. */
  readonly isDiscovered: boolean;
  /** Regular expressions of the names that alone are stored. Undefined: all but `storesAllBut`. */
  readonly storesOnly?: readonly string[];
  /** Regular expressions of the names that are dropped. */
  readonly storesAllBut?: readonly string[];
  readonly series: readonly DescribedSeries[];
}

/** What an environment stores, by its catalogue, and what it costs. */
export interface DescribedVolume {
  /** Seconds between two scrapes, and between two samples of a series. */
  readonly scrapeIntervalSeconds: number;
  /** How many values are counted of labels of which nobody knows a bound. */
  readonly openValues: number;
  /** Hours a day in which a dashboard is open, for the bills. */
  readonly dashboardHours: number;
  /** In the order of the configuration; what rules record comes last. */
  readonly jobs: readonly DescribedJob[];
  /** Names of all series that a panel, a choice of a dashboard, a rule or a runbook reads, sorted. */
  readonly read: readonly string[];
  /** Of the `_bucket` series that are read by some bounds alone: the matchers of `le` of each selector. */
  readonly bucketsRead: Readonly<Record<string, readonly (readonly LeMatcher[])[]>>;
  /** Regular expressions of names that the environment wants to be stored although nothing here reads them. */
  readonly alsoStored: readonly string[];
  /** What each engine costs a month. */
  readonly bills: readonly Bill[];
}
