import type { Entry, Metadata } from "./exposition";
import { nameInMetadata, readBraces, readSeries, type LabelSyntax } from "./labels-reader";
import { numberOf, Scanner } from "./scanner";

const types: readonly string[] = [
  ...["counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset", "unknown"],
];
/** Nothing may be spaced out. */
const syntax: LabelSyntax = { space: /(?:)/y, value: /"(?:\\[^\n]|[^\\"\n])*"/y, needsComma: true };
/** One space, then a number. */
const spacedNumber = / [^ \n]+/y;

/**
 * Reads OpenMetrics 1.0 as Prometheus 3 does (`model/textparse/openmetricslex.l` there), which is strict: no empty line,
 * no comment, one space between two parts, and `# EOF` at the end.
 * @throws ExpositionError at the first line that is not in the format
 */
export function readOpenMetrics(bytes: string): Entry[] {
  const scanner = new Scanner(bytes);
  const entries: Entry[] = [];
  for (;;) {
    scanner.begin();
    if (scanner.isAtEnd) scanner.fail("OpenMetrics must end with # EOF");
    if (scanner.take(/# EOF\n?/y) !== undefined) {
      if (scanner.isAtEnd) return entries;
      scanner.begin();
      scanner.fail("there is more after # EOF");
    }
    entries.push(scanner.next === "#" ? readMetadata(scanner) : readSample(scanner));
  }
}

function readMetadata(scanner: Scanner): Metadata {
  const keyword = scanner
    .want(
      /# (?:HELP|TYPE|UNIT) /y,
      '"# HELP ", "# TYPE ", "# UNIT " or "# EOF", as comments are not allowed,',
    )
    .slice(2, -1) as Metadata["kind"];
  const name = scanner.want(nameInMetadata, "a metric's name");
  const text = scanner.want(/ [^\n]*\n/y, "a space and a text, with a line's end,").slice(1, -1);
  if (keyword === "HELP") return { kind: keyword, name, text: scanner.decode(text, "the help text") };
  if (keyword === "TYPE" && !types.includes(text)) {
    scanner.fail(`found the type ${JSON.stringify(text)}, allowed: ${types.join(", ")}`);
  }
  if (keyword === "UNIT" && text !== "" && !name.replaceAll('"', "").endsWith(`_${text}`)) {
    scanner.fail(`the unit ${JSON.stringify(text)} is not what the name ends in`);
  }
  return { kind: keyword, name, text };
}

function readSample(scanner: Scanner): Entry {
  const { name, labels } = readSeries(scanner, syntax);
  const value = readNumber(scanner, "one space and a value");
  if (scanner.next === " " && scanner.take(/ # \{/y) === undefined) {
    readTimestamp(scanner);
    if (scanner.take(/ # \{/y) !== undefined) readExemplar(scanner);
  } else if (scanner.next !== "\n") {
    readExemplar(scanner);
  }
  scanner.want(/\n/y, "the line's end");
  return { name, labels, value };
}

/** Reads what follows ` # {`. */
function readExemplar(scanner: Scanner): void {
  const { name } = readBraces(scanner, syntax);
  if (name !== undefined) scanner.fail("an exemplar has no name");
  readNumber(scanner, "one space and the exemplar's value");
  if (scanner.next === " ") readTimestamp(scanner);
}

function readTimestamp(scanner: Scanner): void {
  const seconds = readNumber(scanner, "one space and a time");
  if (!Number.isFinite(seconds)) scanner.fail("a time must be finite");
}

function readNumber(scanner: Scanner, wanted: string): number {
  const text = scanner.want(spacedNumber, wanted).slice(1);
  return numberOf(text) ?? scanner.fail(`${JSON.stringify(text)} is no number, or too large`);
}
