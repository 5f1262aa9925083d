import fc from "fast-check";
import { lineWidth, wrapLine, wrapParts, wrapText } from "../../../operations/terminal/wrap";

const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });

it("no word is lost or broken, and no line is too long", () => {
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 40, max: 120 }),
      fc.integer({ min: 0, max: 30 }),
      (all, width, indent) => {
        const lines = wrapLine(all.join(" "), width, indent).split("\n");
        expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(all);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});

it("a word that is longer than a line has one of its own", () => {
  const url = `https://example.com/${"a".repeat(80)}`;
  expect(wrapLine(`See ${url} for more.`, 40, 4)).toBe(`See\n    ${url}\n    for more.`);
  expect(wrapLine(url, 40, 4)).toBe(url);
});

it("what follows stands below the text beside an option", () => {
  const text = [
    "npm run demo -- [options]",
    "  --rate N      journeys of customers that start each second",
    "  --catalogue   check that every metric is known; left out by",
    "                default",
    "",
    "A sentence of some words.",
  ].join("\n");
  expect(wrapText(text, 44)).toBe(
    [
      "npm run demo -- [options]",
      "  --rate N      journeys of customers that",
      "                start each second",
      "  --catalogue   check that every metric is",
      "                known; left out by default",
      "",
      "A sentence of some words.",
    ].join("\n"),
  );
});

it("parts stay whole as long as they fit", () => {
  expect(wrapParts(["   5 s", "targets 9/9 up", "inbox: 12 messages"], 26)).toEqual([
    "   5 s  targets 9/9 up",
    "inbox: 12 messages",
  ]);
  expect(wrapParts(["firing: A, B, C", "inbox: 1"], 12)).toEqual(["firing: A,", "  B, C", "inbox: 1"]);
});

it("a line is as wide as the terminal, as COLUMNS says, or 80 columns", () => {
  const before = process.env.COLUMNS;
  try {
    process.env.COLUMNS = "100";
    expect([lineWidth(120), lineWidth(undefined)]).toEqual([120, process.stdout.columns ?? 100]);
    // A terminal that nobody gave a size.
    expect(lineWidth(0)).toBe(100);
    for (const none of ["", "wide", "0"]) {
      process.env.COLUMNS = none;
      expect(lineWidth(undefined)).toBe(process.stdout.columns ?? 80);
    }
  } finally {
    delete process.env.COLUMNS;
    if (before !== undefined) process.env.COLUMNS = before;
  }
});

it("puts a word that has no room beside the indent further to the left", () => {
  const word = "w".repeat(30);
  const wrapped = wrapLine(`name  before ${word} after`, 40, 16);
  expect(wrapped.split("\n")).toEqual(["name  before", " ".repeat(10) + word, " ".repeat(16) + "after"]);
});
