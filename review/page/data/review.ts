import type { AlertsPart } from "./alerts";
import type { CostPart } from "./cost";
import type { ImpactPart } from "./impact";
import type { LooksPart } from "./looks";

/** A part that could not be made. */
export interface SkippedPart {
  /** Why, and what to do about it, in a sentence. */
  readonly skipped: string;
}

/** All that a review says: plain data, the same after a way through JSON. Times are milliseconds of Unix time. */
export interface Review {
  /** Number of this form. It rises when a reader of the last one would be wrong about the new one. */
  readonly format: 1;
  readonly made: Made;
  readonly alerts: AlertsPart | SkippedPart;
  readonly impact: ImpactPart | SkippedPart;
  readonly looks: LooksPart | SkippedPart;
  readonly cost: CostPart | SkippedPart;
}

/** How a review was made. */
export interface Made {
  readonly environment: string;
  /** What people call the two versions: `main (7ce3b9f)`, `working tree`. */
  readonly before: string;
  readonly after: string;
  /** IANA name of the zone in which times are shown and nights are counted. */
  readonly zone: string;
  readonly past: Past | undefined;
  /** What was tried without being written, such as `alerting.thresholds.latencyP95Warning=0.8`. */
  readonly tried: readonly string[];
  /** As it was typed, without credentials. */
  readonly command: string;
  readonly at: number;
  /** Seconds, by what took them, in order. */
  readonly took: readonly { readonly what: string; readonly seconds: number }[];
}

/** The samples over which alerts were replayed. */
export interface Past {
  /** Where from, without credentials: `Prometheus at http://…`, `the recorded week`. */
  readonly source: string;
  readonly from: number;
  readonly to: number;
}

/** Whether a part was made. */
export function isMade<T extends object>(part: T | SkippedPart): part is T {
  return !("skipped" in part);
}
