import type { ParsedSample } from "./exposition";
import type { Scanner } from "./scanner";

/** How the labels of a format are written. */
export interface LabelSyntax {
  /** What may stand between two parts. */
  readonly space: RegExp;
  /** A value in quotes. */
  readonly value: RegExp;
  /** Whether there must be a comma between two labels. */
  readonly needsComma: boolean;
}

const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
/** A metric's name in a line of metadata, where it may be in quotes. */
export const nameInMetadata = /[a-zA-Z_:][a-zA-Z0-9_:]*|"(?:\\[^\n]|[^\\"])*"/y;
const plainName = /[a-zA-Z_][a-zA-Z0-9_]*/y;
/** Prometheus 3 takes any name in quotes; where no `=` follows, it is the metric's. */
const quotedName = /"(?:\\[^\n]|[^\\"])*"/y;

/** Reads what a sample's line begins with: the metric's name, before the braces or in them, and its labels. */
export function readSeries(scanner: Scanner, syntax: LabelSyntax): Pick<ParsedSample, "name" | "labels"> {
  const plain = scanner.next === "{" ? undefined : scanner.want(metricName, "a metric's name");
  scanner.take(syntax.space);
  const braces = scanner.take(/\{/y) === undefined ? undefined : readBraces(scanner, syntax);
  if (plain !== undefined && braces?.name !== undefined) scanner.fail("the metric has two names");
  const name = plain ?? braces?.name ?? scanner.fail("the metric has no name");
  return { name, labels: braces?.labels ?? {} };
}

/** What stands between braces: labels, and the metric's name where it is written there. */
export interface Braces {
  readonly labels: ParsedSample["labels"];
  readonly name: string | undefined;
}

/** Reads what follows an opening brace, up to the closing one. */
export function readBraces(scanner: Scanner, syntax: LabelSyntax): Braces {
  // Without a prototype: `__proto__` is a label like any other.
  const labels = Object.create(null) as Record<string, string>;
  let name: string | undefined;
  const space = () => scanner.take(syntax.space);
  for (;;) {
    space();
    if (scanner.take(/\}/y) !== undefined) return { labels, name };
    const quoted = scanner.take(quotedName);
    const label =
      quoted === undefined ? scanner.want(plainName, "a label's name") : textOf(scanner, quoted, "a name");
    space();
    if (quoted !== undefined && (scanner.next === "," || scanner.next === "}")) {
      if (name !== undefined) scanner.fail("the metric has two names");
      name = label;
    } else {
      scanner.want(/=/y, "=");
      space();
      const value = scanner.want(syntax.value, "a label's value in quotes");
      if (Object.hasOwn(labels, label)) scanner.fail(`the label ${label} is there twice`);
      labels[label] = textOf(scanner, value, "a label's value");
    }
    space();
    if (scanner.take(/,/y) !== undefined) continue;
    if (syntax.needsComma && scanner.next !== "}") scanner.want(/\}/y, "a comma or }");
  }
}

/** What is meant by a text in quotes: other escapes than these three stand for themselves. */
function textOf(scanner: Scanner, quoted: string, what: string): string {
  const text = quoted
    .slice(1, -1)
    .replace(/\\(["\\n])/g, (_all, character: string) => (character === "n" ? "\n" : character));
  return scanner.decode(text, what);
}
