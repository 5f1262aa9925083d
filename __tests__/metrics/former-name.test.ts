import { catalogueOf, entriesOf, underOwnNames } from "../../metrics/catalogue";
import { counter, foreign, gauge, histogram, owned } from "../../metrics/define";
import { familyOf, formerSeries, renamingsOf } from "../../metrics/families";
import { oneOf } from "../../metrics/labels";
import { catalogueMarkdown } from "../../metrics/markdown";
import {
  absent,
  avgOverTime,
  div,
  promqlOver,
  quantile,
  rate,
  subquery,
  maxOverTime,
  sum,
  timestamp,
} from "../../metrics/promql";
import { syntaxErrors } from "../support/promql";
import { problemsOf } from "../support/definition-problems";

const by = { owner: "parcels", exportedBy: ["parcel-service"] } as const;
const group = owned(by, [
  counter("parcels_sent_total", {
    help: "Parcels sent.",
    unit: "parcels",
    labels: { by: oneOf("road", "rail") },
    formerly: "sent_total",
  }),
  histogram("parcel_size_bytes", { help: "Size.", unit: "bytes", buckets: [1, 10], formerly: "size_bytes" }),
  gauge("parcels_waiting", { help: "Parcels that wait.", unit: "parcels", formerly: "waiting" }),
  gauge("vans", { help: "Vans.", unit: "vans" }),
]);
const catalogue = catalogueOf({ "parcel-service": { seriesBudget: 1_000, owner: "parcels" } }, group);
const { select, bucketUpTo } = promqlOver(catalogue);

describe("a former name", () => {
  it("is in the catalogue beside the name of today", () => {
    expect(entriesOf(catalogue).map(({ name, formerNameOf }) => [name, formerNameOf])).toEqual([
      ["parcels_sent_total", undefined],
      ["sent_total", "parcels_sent_total"],
      ["parcel_size_bytes", undefined],
      ["size_bytes", "parcel_size_bytes"],
      ["parcels_waiting", undefined],
      ["waiting", "parcels_waiting"],
      ["vans", undefined],
    ]);
    expect(underOwnNames(entriesOf(catalogue))).toHaveLength(4);
    expect(familyOf(catalogue, "size_bytes_bucket")?.buckets).toEqual([1, 10]);
    expect(familyOf(catalogue, "sent_total")?.stability).toBe("deprecated");
    expect(formerSeries(catalogue, "parcel_size_bytes_sum")).toBe("size_bytes_sum");
    expect(formerSeries(catalogue, "vans")).toBeUndefined();
    expect(formerSeries(catalogue, "waiting")).toBeUndefined();
    expect(renamingsOf(catalogue).map(({ formerly }) => formerly)).toEqual([
      "sent_total",
      "size_bytes",
      "waiting",
    ]);
    expect(catalogueMarkdown(catalogue)).toContain(
      "| `waiting` | gauge (deprecated) | parcels |  | Former name of parcels_waiting: Parcels that wait. |",
    );
  });

  it("has the form of its type, and is nobody else's", () => {
    const parcels = { help: "Parcels.", unit: "parcels" };
    expect(problemsOf(() => counter("parcels_total", { ...parcels, formerly: "parcels" }))).toEqual([
      expect.stringContaining('formerly: found "parcels", allowed: a counter\'s name ends in _total'),
    ]);
    expect(problemsOf(() => counter("parcels_total", { ...parcels, formerly: "parcels_total" }))).toEqual([
      expect.stringContaining("another name than it has now"),
    ]);
    expect(problemsOf(() => gauge("parcels", { ...parcels, formerly: "par-cels" }))).toEqual([
      expect.stringContaining("letters, digits and underscores"),
    ]);
    const ofOthers = { ...parcels, formerly: "boxes" } as typeof parcels;
    expect(problemsOf(() => foreign("gauge", "parcels", ofOthers))).toEqual([
      expect.stringContaining("formerly"),
    ]);
    const twice = [gauge("boxes", parcels), gauge("parcels", { ...parcels, formerly: "boxes" })] as const;
    expect(problemsOf(() => owned(by, twice))).toEqual([expect.stringContaining("two definitions")]);
    const boxes = owned({ ...by, owner: "boxes" }, [gauge("waiting", parcels)]);
    expect(
      problemsOf(() => catalogueOf({ "parcel-service": { seriesBudget: 1_000, owner: "a" } }, group, boxes)),
    ).toEqual([expect.stringContaining("waiting")]);
  });
});

describe("what reads a metric that is being renamed", () => {
  it.each([
    ["series as they are", select("parcels_waiting"), "parcels_waiting or waiting"],
    ["others", select("vans"), "vans"],
    [
      "with matchers and an earlier time",
      select("parcels_sent_total", { by: "rail" }).offset("1h").where("by", "x"),
      'parcels_sent_total{by="rail", by="x"} offset 1h or sent_total{by="rail", by="x"} offset 1h',
    ],
    [
      "a rate",
      sum(rate(select("parcels_sent_total", { by: "rail" }), "5m")),
      'sum(rate(parcels_sent_total{by="rail"}[5m]) unless count_over_time(parcels_sent_total{by="rail"}[5m]) < ' +
        'count_over_time(sent_total{by="rail"}[5m]) or rate(sent_total{by="rail"}[5m]))',
    ],
    [
      "a quantile",
      quantile(0.5, rate(select("parcel_size_bytes_bucket"), "5m")),
      "histogram_quantile(0.5, sum by (le) (rate(parcel_size_bytes_bucket[5m]) unless " +
        "count_over_time(parcel_size_bytes_bucket[5m]) < count_over_time(size_bytes_bucket[5m]) or rate(size_bytes_bucket[5m])))",
    ],
    [
      "a mean",
      avgOverTime(select("parcels_waiting"), "1h"),
      "avg_over_time(parcels_waiting[1h]) unless count_over_time(parcels_waiting[1h]) < count_over_time(waiting[1h]) " +
        "or avg_over_time(waiting[1h])",
    ],
    [
      "a subquery",
      maxOverTime(subquery(select("parcels_waiting"), "1h", "1m")),
      "max_over_time((parcels_waiting or waiting)[1h:1m])",
    ],
    ["an operand", div(select("parcels_waiting"), 2), "(parcels_waiting or waiting) / 2"],
    [
      "whether it is there, with the labels of its matchers",
      absent(select("parcels_waiting", { service: "parcel-service" })),
      'absent(parcels_waiting{service="parcel-service"}) and absent(waiting{service="parcel-service"})',
    ],
    ["when", timestamp(select("parcels_waiting")), "timestamp(parcels_waiting) or timestamp(waiting)"],
    [
      "a bucket",
      bucketUpTo("parcel_size_bytes", 10),
      'parcel_size_bytes_bucket{le=~"10(\\\\.0)?"} or size_bytes_bucket{le=~"10(\\\\.0)?"}',
    ],
  ])("reads both names: %s", (_, query, expected) => {
    expect(String(query)).toBe(expected);
    expect(syntaxErrors(String(query))).toEqual([]);
  });

  it("asks for a label's values by one selector", () => {
    expect(select("parcels_sent_total", { by: "rail" }).anyName()).toBe(
      '{__name__=~"parcels_sent_total|sent_total", by="rail"}',
    );
    expect(select("vans").anyName()).toBe("vans");
  });

  it("names it by its name of today", () => {
    // @ts-expect-error -- its former name
    expect(problemsOf(() => select("waiting"))).toEqual([
      expect.stringContaining("parcels_waiting, which reads the series of both names"),
    ]);
    // @ts-expect-error -- its former name
    expect(problemsOf(() => select("size_bytes_sum"))).toEqual([
      expect.stringContaining("parcel_size_bytes_sum, which"),
    ]);
  });
});
