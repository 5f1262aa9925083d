import { readFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf } from "../../metrics/catalogue";
import { system } from "../../shop";

describe("docs/metrics.md", () => {
  const document = readFileSync(join(__dirname, "../../docs/metrics.md"), "utf8");

  it("has a row for each metric", () => {
    for (const { name } of entriesOf(system.catalogue))
      expect(document.split(`\n| \`${name}\` |`)).toHaveLength(2);
  });

  it("has tables whose rows are all as wide as their head", () => {
    const widths = document
      .split("\n\n")
      .filter((block) => block.startsWith("|"))
      .map(
        (block) =>
          new Set(
            block
              .trim()
              .split("\n")
              .map((row) => row.split(/(?<!\\)\|/).length),
          ).size,
      );
    expect(widths.length).toBeGreaterThan(10);
    expect(new Set(widths)).toEqual(new Set([1]));
  });
});
