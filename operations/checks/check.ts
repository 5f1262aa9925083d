/** One thing that a check found. */
export interface Finding {
  /** With a `problem` the command ends with status 1; with a `warning` it does not. */
  readonly status: "ok" | "warning" | "problem";
  /** What was found, in a few words. */
  readonly text: string;
  /** What to do about it, as a command or a sentence. */
  readonly nextStep?: string;
}

/** One thing that must be right. `S` is what is looked at. */
export interface Check<S> {
  /** The word at the start of its line. */
  readonly name: string;
  /** After this time in milliseconds the check is given up. */
  readonly timeLimitMs: number;
  /** What it is when the check is given up. Default: a warning. */
  readonly late?: Finding["status"];
  /** Nothing where there is not what it checks. */
  run(subject: S): Promise<readonly Finding[]> | readonly Finding[];
}

/** A finding with the name of its check. */
export interface NamedFinding extends Finding {
  readonly check: string;
}

/** That all is well. */
export function ok(text: string): Finding {
  return { status: "ok", text };
}

/** What must be mended. */
export function problem(text: string, nextStep: string): Finding {
  return { status: "problem", text, nextStep };
}

/** What should be known, but stops nothing. */
export function warning(text: string, nextStep?: string): Finding {
  return { status: "warning", text, ...(nextStep !== undefined && { nextStep }) };
}
