/** What produces signals, by its kind. */
export type ProducerKind =
  "service" | "scrape job" | "rules" | "spans" | "AWS metrics" | "log lines" | "heartbeat";

/** Something that produces signals in an environment. */
export interface Producer {
  readonly kind: ProducerKind;
  /** Name among those of its kind, such as a job's. */
  readonly name: string;
  /** What it gives, in a few words. */
  readonly gives: string;
  /** How many names of series it exports, and how many of these are stored. Default: it exports none. */
  readonly series?: { readonly exported: number; readonly stored: number };
}

/** What reads signals, by its kind. */
export type ReaderKind = "rules" | "dashboard" | "alarm" | "widget" | "data source";

/** Something that reads signals. */
export interface Reader {
  readonly kind: ReaderKind;
  /** Name among those of its kind: a file of rules, a dashboard, an alarm. */
  readonly name: string;
  /** What it makes of them, in a few words. */
  readonly makes: string;
  /** Names of the producers that it reads, as `keyOf` gives them. */
  readonly reads: readonly string[];
  /** How many alerts or alarms it raises, by severity. */
  readonly raises: Counted;
}

/** Numbers by severity, or by anything else; what is 0 may be left out. */
export type Counted = Readonly<Record<string, number>>;

/** What carries alerts to people, by its kind. */
export type CarrierKind = "receiver" | "topic";

/** Something that carries alerts or alarms to people or programs. */
export interface Carrier {
  readonly kind: CarrierKind;
  /** Name of the receiver, or the severity of the topic. */
  readonly name: string;
  /** Whom it tells, in a few words. */
  readonly tells: string;
  /** Alerts that it carries, by severity. */
  readonly carries: Counted;
  /** Which of the readers raise these, as `keyOf` gives them, with how many. */
  readonly from: Counted;
}

/** Something that this environment does not have, and why. */
export interface LeftOut {
  /** `alert`, `record`, `panel` or `heartbeat`. */
  readonly kind: string;
  readonly name: string;
  readonly why: string;
}

/** All that produces, reads and carries in an environment, and what is left out of it. */
export interface Signals {
  readonly environment: string;
  readonly producers: readonly Producer[];
  readonly readers: readonly Reader[];
  readonly carriers: readonly Carrier[];
  readonly leftOut: readonly LeftOut[];
}

/** Its name among all of a model. */
export function keyOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}
