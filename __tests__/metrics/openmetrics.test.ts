import { assert, constantFrom, property, record, uniqueArray } from "fast-check";
import { entriesOf, metricsOf, servicesOf } from "../../metrics/catalogue";
import { exposedAsUnknown, openMetricsClashes, openMetricsName, type Named } from "../../metrics/openmetrics";
import { catalogue } from "../support/system";

const types = ["counter", "gauge", "histogram", "summary", "info", "untyped"] as const;
const suffixOf: Partial<Record<Named["type"], string>> = { counter: "_total", info: "_info" };
const metric = (type: Named["type"], stem: string): Named => ({ name: stem + (suffixOf[type] ?? ""), type });

describe("clashes of names in OpenMetrics", () => {
  it.each<[string, Named[], ReturnType<typeof openMetricsClashes>]>([
    [
      "two counters, of which the longer name gives way in any order",
      [metric("counter", "orders_created"), metric("counter", "orders")],
      [
        {
          metrics: ["orders_total", "orders_created_total"],
          names: ["orders_created"],
          unknown: "orders_created_total",
        },
      ],
    ],
    [
      "a counter beside a gauge, which is a name only",
      [metric("counter", "orders"), metric("gauge", "orders")],
      [{ metrics: ["orders", "orders_total"], names: ["orders"], unknown: "orders_total" }],
    ],
    [
      "a counter beside the count of a histogram",
      [metric("histogram", "wait_seconds"), metric("counter", "wait_seconds_count")],
      [
        {
          metrics: ["wait_seconds", "wait_seconds_count_total"],
          names: ["wait_seconds_count"],
          unknown: "wait_seconds_count_total",
        },
      ],
    ],
    [
      "a gauge named as the sum of a histogram, for which nothing helps",
      [metric("histogram", "wait_seconds"), metric("gauge", "wait_seconds_sum")],
      [{ metrics: ["wait_seconds", "wait_seconds_sum"], names: ["wait_seconds_sum"], unknown: undefined }],
    ],
    ["names that only begin alike", [metric("counter", "orders"), metric("counter", "orders_failed")], []],
  ])("are found: %s", (_name, metrics, clashes) => {
    expect(openMetricsClashes(metrics)).toEqual(clashes);
  });

  it("are gone once what they name is unknown, unless only another name helps", () => {
    const stem = constantFrom(
      "a",
      "a_created",
      "a_count",
      "a_sum",
      "a_bucket",
      "a_info",
      "a_created_created",
    );
    const named = record({ type: constantFrom(...types), stem }).map(({ type, stem: name }) =>
      metric(type, name),
    );
    assert(
      property(uniqueArray(named, { selector: ({ name }) => name, maxLength: 6 }), (metrics) => {
        const unknown = exposedAsUnknown(metrics);
        const hopeless = new Set(
          openMetricsClashes(metrics)
            .filter((clash) => clash.unknown === undefined)
            .flatMap((clash) => clash.metrics),
        );
        const exposed = metrics
          .filter(({ name }) => !hopeless.has(name))
          .map((each) => (unknown.has(each.name) ? { ...each, type: "unknown" as const } : each));
        expect(openMetricsClashes(exposed)).toEqual([]);
        for (const name of unknown) expect(name).toMatch(/_total$/);
      }),
    );
  });

  it("of the catalogue are the two counters of orders, and none that another name must mend", () => {
    const entries = entriesOf(catalogue);
    const others = new Set(entries.flatMap(({ exportedBy }) => exportedBy));
    const clashes = [
      ...servicesOf(catalogue).map((service) => metricsOf(catalogue, service)),
      ...[...others].map((exporter) => entries.filter(({ exportedBy }) => exportedBy.includes(exporter))),
    ].flatMap((exposed) => openMetricsClashes(exposed));
    const found = new Set(clashes.map(({ metrics, unknown }) => [...metrics, unknown].join(" ")));
    expect([...found]).toEqual(["orders_total orders_created_total orders_created_total"]);
  });

  it("name counters as they are announced", () => {
    expect(openMetricsName(metric("counter", "orders"))).toBe("orders");
    expect(openMetricsName(metric("gauge", "orders"))).toBe("orders");
  });
});
