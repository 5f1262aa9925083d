import type { Entry } from "./exposition";
import { nameInMetadata, readSeries, type LabelSyntax } from "./labels-reader";
import { numberOf, Scanner } from "./scanner";

const types: readonly string[] = ["counter", "gauge", "histogram", "summary", "untyped"];
const syntax: LabelSyntax = { space: /[ \t]*/y, value: /"(?:\\[^\n]|[^\\"])*"/y, needsComma: false };
const blanks = /[ \t]*/y;
const restOfLine = /[^\n]*/y;
/** Timestamps are whole milliseconds in 64 bits. */
const latest = 2n ** 63n - 1n;

/**
 * Reads the text format 0.0.4 as Prometheus 3 does (`model/textparse/promlex.l` there).
 * @throws ExpositionError at the first line that is not in the format
 */
export function readText(bytes: string): Entry[] {
  const scanner = new Scanner(bytes);
  const entries: Entry[] = [];
  for (;;) {
    scanner.take(blanks);
    if (scanner.isAtEnd) return entries;
    scanner.begin();
    if (scanner.next === "#") {
      const entry = readComment(scanner);
      if (entry) entries.push(entry);
    } else if (scanner.next !== "\n") {
      entries.push(readSample(scanner));
    }
    scanner.take(blanks);
    endLine(scanner);
  }
}

function endLine(scanner: Scanner): void {
  if (scanner.isAtEnd || scanner.take(/\n/y) !== undefined) return;
  const rest = scanner.take(restOfLine) ?? "";
  const hint = rest.startsWith("#")
    ? " (exemplars are OpenMetrics)"
    : rest === "\r"
      ? " (lines end in \\n alone)"
      : "";
  scanner.fail(`${JSON.stringify(rest)} cannot follow${hint}`);
}

function readComment(scanner: Scanner): Entry | undefined {
  const keyword = scanner.take(/#[ \t]+(?:HELP|TYPE)[ \t]+/y)?.replace(/[# \t]/g, "");
  if (keyword === undefined) {
    scanner.take(restOfLine);
    return undefined;
  }
  const name = scanner.take(nameInMetadata);
  if (name === undefined) {
    scanner.fail(`${JSON.stringify(scanner.take(/[^ \t\n]*/y))} is no name of a metric`);
  }
  const text = (scanner.take(restOfLine) ?? "").slice(1);
  if (keyword === "HELP") return { kind: "HELP", name, text: scanner.decode(text, "the help text") };
  if (!types.includes(text)) {
    scanner.fail(`found the type ${JSON.stringify(text)}, allowed: ${types.join(", ")}`);
  }
  return { kind: "TYPE", name, text };
}

function readSample(scanner: Scanner): Entry {
  const { name, labels } = readSeries(scanner, syntax);
  scanner.take(blanks);
  const text = scanner.want(/[^{ \t\n]+/y, "a value");
  const value = numberOf(text) ?? scanner.fail(`${JSON.stringify(text)} is no number, or too large`);
  scanner.take(blanks);
  const timestamp = scanner.take(/\d+/y);
  if (timestamp !== undefined && BigInt(timestamp) > latest) scanner.fail(`${timestamp} is too large`);
  return { name, labels, value };
}
