/** Part 1: who would have been told. Times are milliseconds of Unix time. */
export interface AlertsPart {
  readonly receivers: readonly ReceiverChange[];
  /** Every alert that fired in one of the versions, and every one whose rule is new, gone or changed. */
  readonly alerts: readonly AlertChange[];
  readonly calendar: Calendar;
  readonly untold: readonly UntoldAlert[];
  /** Examples of messages: of each alert and receiver, at most one. */
  readonly messages: readonly ShownMessage[];
  readonly sweep?: Sweep;
  /** What the replay cannot know, a sentence each. */
  readonly unknown: readonly string[];
}

/** How many messages. */
export interface Tally {
  readonly messages: number;
  /** Of these, those that say that all of it is over. */
  readonly resolved: number;
  /** Of the others, those at night: from 22:00 to 7:00 in the review's zone. */
  readonly night: number;
}

/** What a receiver is: what wakes somebody, what people read when they look, and what only machines read. */
export type Audience = "wakes" | "people" | "machine";

/** How often a receiver would have been told. */
export interface ReceiverChange {
  readonly receiver: string;
  readonly audience: Audience;
  /** Undefined where the version has no such receiver. */
  readonly before: Tally | undefined;
  readonly after: Tally | undefined;
}

/** What became of a thing between two versions. */
export type Change = "new" | "gone" | "changed" | "same";

/** An alert in both versions. */
export interface AlertChange {
  readonly alert: string;
  readonly severity: string;
  /** What became of its rule. */
  readonly change: Change;
  /** What changed of it, a few words each: `for 5m → 10m`. */
  readonly what: readonly string[];
  /** The file of the project that it is written in. */
  readonly source?: string;
  readonly before: AlertSide | undefined;
  readonly after: AlertSide | undefined;
  /** One for each series that is worth a look, the worst first. */
  readonly timelines: readonly Timeline[];
}

/** An alert in one version. */
export interface AlertSide {
  /** PromQL. */
  readonly expression: string;
  /** How often it fired, and how long together in seconds. */
  readonly firings: number;
  readonly firingSeconds: number;
  /** Messages that have it in them, of all receivers but those for machines. */
  readonly told: Tally;
  /** Names of those that got one of them. */
  readonly receivers: readonly string[];
}

/** What an alert did for one set of labels. */
export interface Timeline {
  /** Its labels in words: `service="parcels"`. Empty where it has none of its own. */
  readonly labels: string;
  readonly from: number;
  readonly to: number;
  /** Unit of the curves, such as `s` or `%`. Empty where nobody knows it. */
  readonly unit: string;
  readonly before?: TimelineSide;
  readonly after?: TimelineSide;
}

/** What it did in one version. */
export interface TimelineSide {
  /** What the expression compares. Undefined where it compares nothing. */
  readonly curve?: Curve;
  /** What it is compared with, where that is a number. */
  readonly threshold?: number;
  readonly firings: readonly TimelineFiring[];
  readonly messages: readonly TimelineMessage[];
}

/** A curve, as the least and the greatest value of each of equal spans of time. */
export interface Curve {
  readonly from: number;
  /** Length of a span. */
  readonly step: number;
  /** Null where there is no finite value. */
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
}

export interface TimelineFiring {
  /** When its condition held first. */
  readonly activeAt: number;
  readonly firedAt: number;
  /** Null where it fires at the end. */
  readonly resolvedAt: number | null;
}

export interface TimelineMessage {
  readonly time: number;
  readonly receiver: string;
  readonly status: "firing" | "resolved";
}

/** When people were told that something fires: messages to all receivers but those for machines, without those of an end. */
export interface Calendar {
  /** In the review's zone, without gaps: `2026-11-28`. */
  readonly days: readonly string[];
  /** For each day, 24 numbers: messages in that hour. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

/** Alerts that fired and of which nobody was told, for one reason. */
export interface UntoldAlert {
  readonly alert: string;
  readonly severity: string;
  readonly why: "inhibited" | "muted" | "over before it was told" | "no receiver";
  /** The alert that inhibits it, the interval that mutes it, the receiver that would have been told. */
  readonly by: string;
  /** How often in each version. */
  readonly before: number;
  readonly after: number;
  /** When it did so first, in the after version, or before where it does so no more. */
  readonly first: number;
}

/** A message in both versions. */
export interface ShownMessage {
  readonly alert: string;
  readonly receiver: string;
  /** Of its text. */
  readonly change: Change;
  readonly before: MessageText | undefined;
  readonly after: MessageText | undefined;
}

/** A message as its receiver shows it. */
export interface MessageText {
  /** When it would have been sent. Undefined where it is an example. */
  readonly time?: number;
  readonly title: string;
  readonly text: string;
  /** HTML and style of it, escaped and without script, where there is a form of its receiver. */
  readonly html?: string;
}

/** Messages by the value of a setting. */
export interface Sweep {
  /** Such as `alerting.thresholds.latencyP95Warning`. */
  readonly setting: string;
  /** Its value in the before and after version, where these are numbers. */
  readonly before?: number;
  readonly after?: number;
  /** In ascending order of values. */
  readonly points: readonly SweepPoint[];
}

export interface SweepPoint {
  readonly value: number;
  /** To all receivers but those for machines. */
  readonly told: Tally;
  /** To those that wake somebody. */
  readonly woken: Tally;
}
