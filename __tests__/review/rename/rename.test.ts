import { catalogueOf } from "../../../metrics/catalogue";
import { counter, gauge, histogram, owned } from "../../../metrics/define";
import { nodejs } from "../../../metrics/nodejs";
import { everyService } from "../../../metrics/targets";
import { withFormerName, withoutFormerName } from "../../../review/rename/definition";
import { metricBeingRenamed, metricToRename, RenameError } from "../../../review/rename/names";
import { Renamer } from "../../../review/rename/occurrences";
import { finishPlan, startPlan } from "../../../review/rename/plan";
import { planLines } from "../../../review/rename/told";

const catalogue = catalogueOf(
  { "parcel-service": { seriesBudget: 10_000, owner: "parcels" } },
  nodejs,
  owned({ owner: "platform", exportedBy: [everyService] }, [
    counter("requests_total", { help: "Requests.", unit: "requests" }),
  ]),
  owned({ owner: "parcels", exportedBy: ["parcel-service"] }, [
    counter("parcels_total", { help: "Parcels.", unit: "parcels" }),
    counter("letters_total", { help: "Letters.", unit: "letters", formerly: "mail_total" }),
    histogram("parcel_size_bytes", { help: "Size.", unit: "bytes", buckets: [1] }),
    gauge("vans", { help: "Vans.", unit: "vans" }),
  ]),
);
const toRename = (from: string, to: string) => () => metricToRename(catalogue, { from, to });

describe("a metric", () => {
  it("can have another name of its type's form that is free", () => {
    expect(toRename("parcels_total", "parcels_sent_total")().type).toBe("counter");
    expect(toRename("parcel_size_bytes", "parcel_bytes")().type).toBe("histogram");
    expect(toRename("vans", "vans_on_the_road")().type).toBe("gauge");
    expect(toRename("requests_total", "web_requests_total")().type).toBe("counter");
  });

  it.each([
    ["parcel_total", "boxes_total", '"parcel_total": found no such metric.*did you mean "parcels_total"'],
    ["nodejs_heap_size_used_bytes", "heap_bytes", "is named by others"],
    ["parcels_total", "parcels", "a counter's name ends in _total: parcels_total"],
    ["parcels_total", "par-cels_total", "letters, digits and underscores"],
    ["parcels_total", "parcels_total", "another name than it has now"],
    ["parcel_size_bytes", "parcel_size", "a histogram's name, which ends in its base unit"],
    ["parcel_size_bytes", "parcel_size_seconds", 'found "bytes", allowed: seconds, as the name says'],
    ["vans", "vans_total", "a gauge's name, which does not end in _total"],
    ["parcels_total", "letters_total", '"letters_total": found letters_total in the catalogue already'],
    ["parcels_total", "mail_total", "found mail_total in the catalogue already"],
    ["letters_total", "cards_total", "mail_total is being renamed to letters_total already"],
    ["mail_total", "cards_total", "mail_total is being renamed to letters_total already"],
  ])("is refused where it cannot: %s to %s", (from, to, told) => {
    expect(toRename(from, to)).toThrow(RenameError);
    expect(toRename(from, to)).toThrow(new RegExp(told));
  });

  it("ends what has begun alone", () => {
    expect(metricBeingRenamed(catalogue, { from: "mail_total", to: "letters_total" }).name).toBe(
      "letters_total",
    );
    expect(() => metricBeingRenamed(catalogue, { from: "parcels_total", to: "letters_total" })).toThrow(
      "parcels_total is not being renamed to letters_total. Metrics that are: mail_total to letters_total.",
    );
  });
});

describe("the names in a text", () => {
  const histogramOf = new Renamer({ from: "parcel_size_bytes", to: "box_bytes" }, "histogram");
  const oneWord = new Renamer({ from: "vans", to: "delivery_vans" }, "gauge");

  it.each([
    ["metrics.parcel_size_bytes.observe(1)", "metrics.box_bytes.observe(1)"],
    ["const { parcel_size_bytes } = metrics;", "const { box_bytes } = metrics;"],
    ['rate(select("parcel_size_bytes_bucket"), "5m")', 'rate(select("box_bytes_bucket"), "5m")'],
    ["parcel_size_bytes_sum / parcel_size_bytes_count", "box_bytes_sum / box_bytes_count"],
    ["m.ParcelSizeBytes.Observe(ctx, 1)", "m.BoxBytes.Observe(ctx, 1)"],
    ["metrics.ParcelSizeBytesKindLarge", "metrics.BoxBytesKindLarge"],
    ["{ parcel_size_bytes: 1 }", "{ box_bytes: 1 }"],
  ])("change as words, in all of the series: %s", (text, expected) => {
    expect(histogramOf.renamed(text)).toMatchObject({ text: expected, left: [] });
  });

  it.each(["my_parcel_size_bytes", "parcel_size_bytes_total", "parcel_size_bytes2", "ParcelSizeBytesize"])(
    "are no part of another name: %s",
    (text) => {
      expect(histogramOf.renamed(text)).toEqual({ text, changed: 0, left: [] });
    },
  );

  it("stay where they are recorded", () => {
    const text = 'a\nrecorded("service:parcel_size_bytes:p95_5m", x)';
    expect(histogramOf.renamed(text)).toEqual({
      text,
      changed: 0,
      left: [{ line: 2, word: "service:parcel_size_bytes:p95_5m" }],
    });
  });

  it("are left in sentences where they may be any word", () => {
    const text = 'All vans: select("vans") reads `vans`.';
    expect(oneWord.renamed(text)).toEqual({
      text: 'All vans: select("delivery_vans") reads `delivery_vans`.',
      changed: 2,
      left: [{ line: 1, word: "vans" }],
    });
  });
});

describe("the definition", () => {
  const names = { from: "parcels_total", to: "boxes_total" };
  const written = 'counter("boxes_total", { help: "Boxes.", unit: "boxes" })';

  it("says the former name, and says it no longer, as it was", () => {
    const during = withFormerName("a.ts", written, names);
    expect(during).toBe(
      'counter("boxes_total", { help: "Boxes.", unit: "boxes", formerly: "parcels_total" })',
    );
    expect(withoutFormerName("a.ts", during, names)).toBe(written);
  });

  it("is written in any way", () => {
    const lines = 'counter("boxes_total", {\n  help,\n  unit: "boxes",\n});\n';
    const during = withFormerName("a.ts", lines, names);
    expect(during).toBe(
      'counter("boxes_total", {\n  help,\n  unit: "boxes", formerly: "parcels_total",\n});\n',
    );
    expect(withoutFormerName("a.ts", during, names)).toBe(lines);
    const first = 'counter("boxes_total", { formerly: "parcels_total", help })';
    expect(withoutFormerName("a.ts", first, names)).toBe('counter("boxes_total", { help })');
    expect(() => withoutFormerName("a.ts", lines, names)).toThrow('has no formerly: "parcels_total"');
  });
});

describe("the plan of a renaming", () => {
  const files = [
    { path: "CHANGELOG.md", text: "# 1\n\nparcels_total is new." },
    { path: "docs/parcels.md", text: "Watch `parcels_total`, and service:parcels_total:rate5m.\n" },
    { path: "shop/metrics/parcels.ts", text: 'counter("parcels_total", { help: "Parcels." });\n' },
    { path: "shop/other.ts", text: "nothing" },
    { path: "__tests__/x.test.ts", text: 'counter("parcels_total", { help: "Of a test." });\n' },
  ];
  const names = { from: "parcels_total", to: "boxes_total" };

  it("has every file that changes, and says what stays", () => {
    const plan = startPlan(files, names, "counter");
    expect(plan.changes.map(({ path, changed }) => [path, changed])).toEqual([
      ["docs/parcels.md", "Watch `boxes_total`, and service:parcels_total:rate5m.\n"],
      [
        "shop/metrics/parcels.ts",
        'counter("boxes_total", { help: "Parcels.", formerly: "parcels_total" });\n',
      ],
      ["__tests__/x.test.ts", 'counter("boxes_total", { help: "Of a test." });\n'],
    ]);
    expect(planLines(plan)).toEqual([
      "docs/parcels.md          1 name",
      "shop/metrics/parcels.ts  1 name, the definition",
      "__tests__/x.test.ts      1 name",
      "",
      "Recorded names stay, so that what reads them has its past:",
      "  docs/parcels.md:1  service:parcels_total:rate5m",
      "",
      "What tells of the past stays:",
      "  CHANGELOG.md:3  parcels_total",
    ]);
    const after = files.map(({ path, text }) => ({
      path,
      text: plan.changes.find((change) => change.path === path)?.changed ?? text,
    }));
    const finish = finishPlan(after, names);
    expect(finish.changes.map(({ path, changed }) => [path, changed])).toEqual([
      ["shop/metrics/parcels.ts", 'counter("boxes_total", { help: "Parcels." });\n'],
    ]);
    expect(finish.left.map(({ place, why }) => `${place} ${why}`)).toEqual(["CHANGELOG.md:3 history"]);
  });

  it("is refused where the definition is not one call that is written out", () => {
    const computed = [{ path: "shop/a.ts", text: "counter(name, settings); // parcels_total" }];
    expect(() => startPlan(computed, names, "counter")).toThrow("found its definition in no file");
    const twice = ["shop/a.ts", "metrics/b.ts"].map((path) => ({ path, text: files[2]?.text ?? "" }));
    const traffic = { path: "shop/known-traffic/a.ts", text: 'counter("parcels_total", { labels: {} });' };
    expect(
      startPlan([...files, traffic], names, "counter").changes.map(({ isDefinition }) => isDefinition),
    ).toEqual([false, true, false, false]);
    expect(() => startPlan(twice, names, "counter")).toThrow("in shop/a.ts and metrics/b.ts");
  });
});
