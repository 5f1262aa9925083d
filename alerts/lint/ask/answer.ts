import type { Finding } from "../lint";

/** What another program finds, and which it was. */
export interface Answer {
  /** `promtool 3.13.5`; without a number where it names none. */
  readonly asked: string;
  readonly findings: readonly Finding[];
}

/** `promtool 3.13.5`, by what a program says of its version. */
export function named(program: string, versionText: string): string {
  const number = /\d+\.\d+\.\d+/.exec(versionText)?.[0];
  return number === undefined ? program : `${program} ${number}`;
}
