import fc from "fast-check";
import { parseExposition } from "../../../metrics/contract/exposition";
import { roundTrip } from "../../support/inferred";

jest.setTimeout(60_000);

const odd = [
  "constructor",
  "toString",
  "hasOwnProperty",
  "__proto__",
  "__name__",
  "valueOf",
  "_",
  "a:b",
  "class",
  "new",
];
const name = fc.oneof(
  fc.constantFrom(...odd),
  fc
    .tuple(
      fc.constantFrom("parcels", "a", "open_constructor", ...odd),
      fc.constantFrom("total", "seconds", "ms", "info", "sum", "count", "bucket"),
    )
    .map((words) => words.join("_")),
);
const label = fc.constantFrom(
  "status",
  "kind",
  "parcel_id",
  "route",
  "quantile",
  "job",
  "pid",
  ...odd.filter((each) => each !== "a:b"),
);
const value = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("a", "b", "other", "200", "/x/:id", "/x/17", ""),
);
const quoted = (text: string) =>
  `"${text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"')}"`;
/** Series of one metric: mostly with the same labels, as it must be. */
const series = fc
  .tuple(
    fc.uniqueArray(label, { maxLength: 2 }),
    fc.array(fc.array(value, { minLength: 2, maxLength: 2 }), { maxLength: 8 }),
    fc.boolean(),
  )
  .map(([labels, rows, isSound]) => {
    const lines = rows.map((row, index) =>
      labels
        .filter((_, column) => isSound || (index + column) % 3 !== 0)
        .map((each, column) => `${each}=${quoted(row[column] ?? "")}`)
        .join(","),
    );
    return isSound ? [...new Set(lines)] : lines;
  });
const parts = ["_bucket", "_sum", "_count"];
const family = fc
  .tuple(
    name,
    fc.constantFrom("counter", "gauge", "gauge", "histogram", "summary", "untyped"),
    series,
    fc.lorem({ maxCount: 3 }),
    fc.constantFrom("1", "1", "1", "0", "-1", "NaN", "+Inf"),
  )
  .map(([plain, type, all, help, number]) => {
    const called = type === "counter" ? `${plain}_total` : type === "histogram" ? `${plain}_seconds` : plain;
    const samples = all.flatMap((labels) => {
      if (type !== "histogram") return [`${called}{${labels}} ${number}`];
      return parts.map(
        (part) =>
          `${called}${part}{${labels}${part === "_bucket" ? `${labels === "" ? "" : ","}le="+Inf"` : ""}} ${number}`,
      );
    });
    return [`# HELP ${called} ${help}`, `# TYPE ${called} ${type}`, ...samples, ""].join("\n");
  });

describe("whatever a service exposes", () => {
  it("the entries are ones that the catalogue takes, and the check finds nothing in", () => {
    let entries = 0;
    fc.assert(
      fc.property(fc.array(family, { maxLength: 6 }), (families) => {
        const made = roundTrip([parseExposition(families.join(""), "text")], "parcel-service");
        const written = new Set(made.entries.map((entry) => entry.name));
        expect(made.findings.filter(({ metric }) => written.has(metric))).toEqual([]);
        expect(Object.keys(made.catalogue.metrics)).toEqual(expect.arrayContaining([...written]));
        entries += written.size;
      }),
      { numRuns: 300 },
    );
    expect(entries).toBeGreaterThan(20);
  });
});
