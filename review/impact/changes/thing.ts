import { matchesValue } from "../../../metrics/promql-analysis";
import type { Subject } from "../impact";
import type { Reason } from "../series/reasons";

/** A thing that people read and that is not what it was. */
export interface ChangedThing {
  readonly subject: Subject;
  /** How sure a rename is, or what it was. */
  readonly note?: string;
  /** Names by which texts speak of it that are not there any more. */
  readonly words: readonly string[];
  /** Names that are words of the language, too: code means them where they stand by themselves in quotation marks. */
  readonly quoted?: readonly string[];
  /** Whether it is told only where something reads it. Default: it is told in any case. */
  readonly isToldWhereRead?: boolean;
  /** Of a metric whose rename is at its end: the name that one of its series has now. Undefined for all others. */
  readonly successorOf?: (series: string) => string | undefined;
  /** Whether it is why a selector chooses nothing. */
  readonly explains: (reason: Reason) => boolean;
}

/** A thing that is gone, or has another name. */
export function goneOr(
  subject: Omit<Subject, "change" | "to">,
  rename: { readonly name: string; readonly because: string } | undefined,
): Pick<ChangedThing, "subject" | "note"> {
  return rename === undefined
    ? { subject: { ...subject, change: "gone" } }
    : { subject: { ...subject, change: "renamed", to: rename.name }, note: rename.because };
}

/** Whether a reason is that a series has no such name. */
export function isNameOf(reason: Reason, names: readonly string[]): boolean {
  return (reason.kind === "name" || reason.kind === "not stored") && names.includes(reason.series);
}

/** Whether a reason is that a label of some series lacks a value, or these have not the label. */
export function isValueOf(
  reason: Reason,
  series: readonly string[] | undefined,
  label: string,
  value: string,
): boolean {
  return (
    reason.kind === "value" &&
    (series === undefined || series.includes(reason.series)) &&
    reason.matcher.label === label &&
    matchesValue(reason.matcher, value)
  );
}
