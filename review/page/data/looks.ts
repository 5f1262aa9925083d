import type { Change, ShownMessage } from "./alerts";

/** Part 3: what it looks like. */
export interface LooksPart {
  readonly dashboards: readonly DashboardChange[];
  /** Messages whose text changes, each receiver's an example. */
  readonly messages: readonly ShownMessage[];
  readonly routing: readonly RouteChange[];
  readonly proofs: readonly Proof[];
  /** Why there are no pictures and how to get them, or what else is to be known, a sentence each. */
  readonly notes: readonly string[];
}

/** A dashboard that is new, gone or changed. */
export interface DashboardChange {
  readonly uid: string;
  readonly title: string;
  readonly change: Exclude<Change, "same">;
  readonly panels: readonly PanelChange[];
  readonly before?: Picture;
  readonly after?: Picture;
}

export interface PanelChange {
  readonly title: string;
  readonly change: Exclude<Change, "same">;
  /** What changed of it, a few words each. */
  readonly what: readonly string[];
  /** Where it is in the picture of each version. */
  readonly before?: Box;
  readonly after?: Box;
}

/** A place in a picture: percent of its width and height. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  /** URI of kind `data:image/…;base64,`. */
  readonly uri: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Who is told of an alert. */
export interface RouteChange {
  readonly alert: string;
  /** What else tells it apart, in words: `team="payments"`, `severity="critical"`. */
  readonly labels: string;
  /** In the order of the routes. */
  readonly before: readonly RouteTarget[];
  readonly after: readonly RouteTarget[];
}

export interface RouteTarget {
  readonly receiver: string;
  /** When, in words. Undefined: always. */
  readonly when?: string;
}

/** What was proven about all alerts and minutes of a year. */
export interface Proof {
  readonly verdict: "proven" | "refuted" | "not proven";
  /** What it is about, and of which version, in a sentence. Of a refuted one: the counterexample. */
  readonly sentence: string;
}
