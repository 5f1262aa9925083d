import { pascalCase } from "../../metrics/generate/words";
import type { MetricType } from "../../metrics/define";
import { seriesNames } from "../../signals/stored-series";
import type { Names } from "./names";

/** A text with the new names in it. */
export interface RenamedText {
  readonly text: string;
  /** How many names were changed. */
  readonly changed: number;
  /** Where the former name stands as part of what keeps it: from 1. */
  readonly left: readonly LeftLine[];
}

/** A line with a name that was not changed. */
export interface LeftLine {
  readonly line: number;
  /** The word, such as `service:parcel_size_bytes:p95_5m`. */
  readonly word: string;
}

/** Puts the new name of a metric into texts: in code, strings and sentences alike, with all of its series. */
export class Renamer {
  private readonly replaced: readonly { readonly pattern: RegExp; readonly by: string }[];
  private readonly leftPattern: RegExp;

  constructor({ from, to }: Names, type: MetricType) {
    const series = [...new Set([from, ...seriesNames({ name: from, type })])];
    const types = isOneWord(from) ? [] : [{ pattern: typePattern(pascalCase(from)), by: pascalCase(to) }];
    this.replaced = [
      ...series.map((name) => ({ pattern: namePattern(name), by: to + name.slice(from.length) })),
      ...types,
    ];
    this.leftPattern = isOneWord(from)
      ? new RegExp(`(?<!\\w)${from}(?!\\w)`)
      : new RegExp(`[a-zA-Z0-9_]+:${from}(?!\\w)(?::\\w+)?|(?<!\\w)${from}:\\w+`);
  }

  renamed(text: string): RenamedText {
    let changed = 0;
    let result = text;
    for (const { pattern, by } of this.replaced) {
      result = result.replace(pattern, () => {
        changed += 1;
        return by;
      });
    }
    const left = result.split("\n").flatMap((line, index) => {
      const word = this.leftPattern.exec(line)?.[0];
      return word === undefined ? [] : [{ line: index + 1, word }];
    });
    return { text: result, changed, left };
  }
}

/** The lines in which a name stands as a word, and as no part of a recorded name. */
export function linesWith(name: string, text: string): readonly LeftLine[] {
  const pattern = new RegExp(`(?<!\\w)(?<!\\w:)${name}(?!\\w)(?!:\\w)`);
  return text
    .split("\n")
    .flatMap((line, index) => (pattern.test(line) ? [{ line: index + 1, word: name }] : []));
}

/** A name that may be a word of a sentence, too. */
function isOneWord(name: string): boolean {
  return !name.includes("_");
}

/**
 * The name as a whole word. Not within a recorded name, `level:metric:operation`, which stays. One that may be a word of a
 * sentence is changed where it is quoted alone.
 */
function namePattern(name: string): RegExp {
  if (isOneWord(name)) return new RegExp(`(?<=(["'\`]))${name}(?=\\1)`, "g");
  return new RegExp(`(?<!\\w)(?<!\\w:)${name}(?!\\w)(?!:\\w)`, "g");
}

/** The name as generated modules write types, and as the first part of such names. */
function typePattern(name: string): RegExp {
  return new RegExp(`(?<!\\w)${name}(?![a-z0-9])`, "g");
}
