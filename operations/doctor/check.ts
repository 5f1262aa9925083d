import type { StackContents } from "../terraform/stack-contents";
import type { DockerEngine } from "./engine";

/** What is examined: the stacks of an environment as synth wrote them, and the engine that they name. */
export interface Subject {
  readonly environment: string;
  readonly contents: readonly StackContents[];
  /** Undefined where no stack of the selection uses Docker. */
  readonly engine: DockerEngine | undefined;
  /** Variables of the environment of this process, with the secrets that `up` would add. */
  readonly env: NodeJS.ProcessEnv;
}

/** One thing that a check found. */
export interface Finding {
  /** A `problem` stops a deploy; a `warning` does not. */
  readonly status: "ok" | "warning" | "problem";
  /** What was found, in a few words. */
  readonly text: string;
  /** What to do about it, as a command or a sentence. */
  readonly nextStep?: string;
}

/** One thing that must be right before a deploy. */
export interface Check {
  /** The word at the start of its line. */
  readonly name: string;
  /** Whether it is done in a second or two, without the network: `up` begins with these. */
  readonly isCheap: boolean;
  /** After this time in milliseconds the check is given up with a warning. */
  readonly timeLimitMs: number;
  /** Nothing where the environment does not need what it checks. */
  run(subject: Subject): Promise<readonly Finding[]> | readonly Finding[];
}

/** A finding with the name of its check. */
export interface NamedFinding extends Finding {
  readonly check: string;
}

/** That all is well. */
export function ok(text: string): Finding {
  return { status: "ok", text };
}

/** What stops a deploy. */
export function problem(text: string, nextStep: string): Finding {
  return { status: "problem", text, nextStep };
}

/** What should be known, but stops nothing. */
export function warning(text: string, nextStep?: string): Finding {
  return { status: "warning", text, ...(nextStep !== undefined && { nextStep }) };
}

/** Whether a version such as `1.5.7` is older than another. Parts that are missing count as 0. */
export function isOlder(version: string, than: string): boolean {
  const parts = (text: string) => text.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [parts(version), parts(than)];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
