/** Part 2: what breaks. */
export interface ImpactPart {
  readonly findings: readonly ImpactFinding[];
  /** Files of others that were read, and what could not be read of them, a sentence each. */
  readonly notes: readonly string[];
}

/** Nothing is hurt; somebody should look; it must not be merged so. */
export type Verdict = "pass" | "warn" | "block";

/** What became of one thing, and of what read it. */
export interface ImpactFinding {
  readonly verdict: Verdict;
  readonly subject: {
    /** Such as `metric`, `label`, `alert`, `receiver`. */
    readonly kind: string;
    readonly name: string;
    readonly change: "gone" | "renamed" | "changed";
    /** Its new name, or what it is now. */
    readonly to?: string;
  };
  /** What still reads it. */
  readonly readers: readonly ImpactReader[];
  /** A sentence more, or nothing. */
  readonly note?: string;
}

export interface ImpactReader {
  /** Such as `panel`, `rule`, `route`, `foreign dashboard`. */
  readonly where: string;
  readonly name: string;
  /** File and line, or dashboard › panel › query. */
  readonly place: string;
  /** The expression or the line. */
  readonly text: string;
  /** In words: `will show nothing`. */
  readonly consequence: string;
}
