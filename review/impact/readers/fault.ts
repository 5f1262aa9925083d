import type { Reader, Subject } from "../impact";

/** A reader that is not an expression, with what it reads and is not there any more. */
export interface Fault {
  readonly reader: Reader;
  /** The things, by kind and name: `alert ParcelsLate`. */
  readonly names: readonly string[];
  /** What the finding is about where none of these changed. */
  readonly self: Subject;
}
