/** What a change of the monitoring breaks: plain data, which goes through JSON. */
export interface Impact {
  /** The worst come first. */
  readonly findings: readonly Finding[];
  /** Files of others that were read, and what could not be read of them, a sentence each. */
  readonly notes: readonly string[];
}

/** Nothing is hurt; somebody should look; it must not be merged so. */
export type Verdict = "pass" | "warn" | "block";

/** What became of a thing that can be read. */
export type Change = "gone" | "renamed" | "changed";

/** What can be read, or what reads where it is at fault itself. */
export type SubjectKind =
  | "metric"
  | "series"
  | "label"
  | "value"
  | "record"
  | "alert"
  | "dashboard"
  | "variable"
  | "receiver"
  | "time interval"
  | "service"
  | "job"
  | "panel"
  | "rule"
  | "route"
  | "inhibition"
  | "template";

/** The thing that a finding is about. */
export interface Subject {
  readonly kind: SubjectKind;
  /** Of a label `metric{label}` or `alert{label}`, of a value `metric{label="value"}`. */
  readonly name: string;
  readonly change: Change;
  /** Its new name, or what it is now. Undefined where it is gone. */
  readonly to?: string;
}

/** What became of one thing, and of what read it. */
export interface Finding {
  /** The worst of its readers. */
  readonly verdict: Verdict;
  readonly subject: Subject;
  /** What still reads it. */
  readonly readers: readonly Reader[];
  /** A sentence more. */
  readonly note?: string;
}

/** Something that reads a thing. */
export interface Reader {
  /** Such as `panel`, `rule`, `route`, `foreign dashboard`. */
  readonly where: string;
  readonly name: string;
  /** File and line, or dashboard › panel › query. */
  readonly place: string;
  /** The expression or the line. */
  readonly text: string;
  /** What becomes of it, in words: `will show nothing`. */
  readonly consequence: string;
  readonly verdict: Verdict;
}
