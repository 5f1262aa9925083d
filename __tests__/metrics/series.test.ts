import { metricsOf, servicesOf, underOwnNames, type Metrics } from "../../metrics/catalogue";
import { counter, foreign, gauge, histogram, owned } from "../../metrics/define";
import { bounded, follows, oneOf, oneOfOr, open } from "../../metrics/labels";
import { knownLabelSets, seriesOf, seriesOverBudget, worstCaseSeries } from "../../metrics/series";
import { catalogue } from "../support/system";

const one = { help: "h", unit: "requests" };
const perUser = counter("seen_total", { ...one, labels: { user: bounded({ max: 20_000, rest: "other" }) } });

describe("the worst case of a metric's series", () => {
  it("multiplies the labels' bounds, the value for the rest included", () => {
    const labels = { a: oneOf("x", "y", "z"), b: bounded({ max: 4, rest: "other" }) };
    expect(worstCaseSeries(counter("a_total", { ...one, labels }))).toBe(3 * 5);
    expect(worstCaseSeries(counter("a_total", one))).toBe(1);
  });

  it("counts a histogram's buckets, +Inf, sum and count", () => {
    const labels = { a: oneOf("x", "y") };
    expect(
      worstCaseSeries(histogram("a_seconds", { help: "h", unit: "seconds", labels, buckets: [1, 2] })),
    ).toBe(10);
    expect(worstCaseSeries(catalogue.metrics.order_value_dollars)).toBe(9);
  });

  it("counts a label that follows another once", () => {
    const labels = { id: bounded({ max: 9, rest: "other" }), name: follows("id", { rest: "other" }) };
    expect(worstCaseSeries(gauge("a", { ...one, labels }))).toBe(10);
  });

  it("stops at the metric's own bound, and adds the sets that the rest falls into", () => {
    const labels = { a: oneOf("x", "y"), b: bounded({ max: 100, rest: "other" }), c: oneOfOr("other", "z") };
    expect(worstCaseSeries(counter("a_total", { ...one, labels, maxLabelSets: 50 }))).toBe(50 + 2);
    expect(worstCaseSeries(counter("a_total", { ...one, labels, maxLabelSets: 5000 }))).toBe(2 * 101 * 2);
  });

  it("refuses what has no bound, by name", () => {
    const unbounded = foreign("gauge", "a", { ...one, labels: { b: open() } });
    expect(() => worstCaseSeries(unbounded)).toThrow("a: the label b has no bound");
    expect(() => worstCaseSeries(catalogue.metrics.node_cpu_seconds_total)).toThrow(
      "the label cpu has no bound",
    );
  });
});

describe("the budget of series", () => {
  it("holds for every service", () => {
    expect(seriesOverBudget(catalogue)).toEqual([]);
  });

  it.each(servicesOf(catalogue))("is neither passed by %s nor far away", (service) => {
    const { worstCase, budget } = seriesOf(catalogue, service);
    expect(budget).toBe(catalogue.services[service].seriesBudget);
    expect(worstCase).toBeLessThanOrEqual(budget);
    expect(worstCase).toBeGreaterThan(budget / 2);
  });

  it("is passed by a metric with too many values, and says by which", () => {
    const own = owned({ owner: "auth", exportedBy: ["auth-service"] }, [perUser]);
    const { "auth-service": auth, "order-service": order } = catalogue.services;
    const others: Metrics = Object.fromEntries(
      metricsOf(catalogue, "auth-service").map((metric) => [metric.name, metric]),
    );
    const over = {
      services: { "order-service": order, "auth-service": auth },
      metrics: { ...others, ...own },
    };
    expect(seriesOf(over, "auth-service").worstCase).toBe(
      seriesOf(catalogue, "auth-service").worstCase + 20_001,
    );
    expect(seriesOverBudget(over)).toEqual([
      expect.stringMatching(
        /^auth-service can export \d+ series, and its budget is 10000\. Most are of seen_total 20001,/,
      ),
    ]);
  });

  it("counts each metric that a service exports", () => {
    const { metrics, worstCase } = seriesOf(catalogue, "order-service");
    expect(metrics.map(({ name }) => name).sort()).toEqual(
      underOwnNames(metricsOf(catalogue, "order-service"))
        .map(({ name }) => name)
        .sort(),
    );
    expect(metrics.reduce((sum, { series }) => sum + series, 0)).toBe(worstCase);
    expect(metrics[0]?.name).toBe("http_request_duration_seconds");
  });
});

describe("label sets known from the start", () => {
  it("are all combinations of closed labels", () => {
    const labels = { a: oneOf("x", "y"), b: oneOf("p", "q") };
    expect(knownLabelSets(counter("a_total", { ...one, labels }))).toEqual([
      { a: "x", b: "p" },
      { a: "x", b: "q" },
      { a: "y", b: "p" },
      { a: "y", b: "q" },
    ]);
    expect(knownLabelSets(catalogue.metrics.orders_created_total)).toEqual([{}]);
  });

  it("are not known where a label's values are met at run time", () => {
    expect(knownLabelSets(catalogue.metrics.products_viewed_total)).toBeUndefined();
  });
});
