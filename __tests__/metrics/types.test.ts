import {
  catalogueOf,
  type LabelName,
  type LabelsOf,
  type MetricName,
  type NameOf,
  type ServiceOf,
} from "../../metrics/catalogue";
import { counter, foreign, gauge, histogram, owned } from "../../metrics/define";
import { join } from "../../metrics/join";
import { follows, oneOf, open } from "../../metrics/labels";
import { entryOf } from "../../metrics/families";
import { problemsOf, reportedProblems } from "../support/definition-problems";
import { catalogue, type TestCatalogue } from "../support/system";

/** Stands for a value in a position that only the compiler checks. */
function typed<T>(value: T): T {
  return value;
}
const one = { help: "h", unit: "requests" };

// The tests are of the types: what is reported besides is not looked at.
afterEach(() => {
  reportedProblems(() => undefined);
});

describe("the compiler refuses", () => {
  it("a counter without _total", () => {
    // @ts-expect-error a counter's name ends in _total
    expect(counter("requests", one).name).toBe("requests");
    expect(counter("requests_total", one).name).toBe("requests_total");
  });

  it("a gauge with _total", () => {
    // @ts-expect-error a gauge's name does not end in _total
    expect(gauge("active_total", one).type).toBe("gauge");
    expect(gauge("active", one).type).toBe("gauge");
  });

  it("a histogram without its unit, or with another one", () => {
    // @ts-expect-error no unit in the name
    expect(histogram("duration", { help: "h", unit: "seconds", buckets: [1] }).name).toBe("duration");
    // @ts-expect-error the name says seconds
    expect(histogram("a_seconds", { help: "h", unit: "bytes", buckets: [1] }).unit).toBe("bytes");
    // @ts-expect-error milliseconds are no base unit
    expect(histogram("a_milliseconds", { help: "h", unit: "milliseconds", buckets: [1] }).buckets).toEqual([
      1,
    ]);
    expect(histogram("a_seconds", { help: "h", unit: "seconds", buckets: [1] }).unit).toBe("seconds");
  });

  it("a histogram without buckets", () => {
    // @ts-expect-error buckets are a decision
    expect(histogram("a_seconds", { help: "h", unit: "seconds" }).buckets).toBeUndefined();
  });

  it("labels that the scrape sets, and a label that follows one which is not there", () => {
    // @ts-expect-error the scrape adds `instance`
    typed(counter("a_total", { ...one, labels: { instance: open() } }));
    // @ts-expect-error there is no label `id`
    typed(gauge("a", { ...one, labels: { name: follows("id", { rest: "other" }) } }));
    typed(gauge("a", { ...one, labels: { id: open(), name: follows("id", { rest: "other" }) } }));
  });

  it("an unknown metric", () => {
    // @ts-expect-error no such metric
    const name: MetricName<TestCatalogue> = "http_request_total";
    expect(entryOf(catalogue, name)).toBeUndefined();
  });

  it("an unknown, missing or not allowed label value", () => {
    typed<LabelsOf<TestCatalogue, "login_attempts_total">>({ status: "success" });
    // @ts-expect-error not an allowed value
    typed<LabelsOf<TestCatalogue, "login_attempts_total">>({ status: "ok" });
    // @ts-expect-error the label is missing
    typed<LabelsOf<TestCatalogue, "login_attempts_total">>({});
    // @ts-expect-error no such label
    typed<LabelsOf<TestCatalogue, "login_attempts_total">>({ status: "success", user: "u" });
    // @ts-expect-error the metric has no labels
    typed<LabelsOf<TestCatalogue, "registrations_total">>({ status: "success" });
    // @ts-expect-error an unknown method is OTHER
    typed<LabelsOf<TestCatalogue, "http_requests_total">>({ method: "BREW", route: "/", status_code: "200" });
    typed<LabelsOf<TestCatalogue, "http_requests_total">>({
      method: "OTHER",
      route: "/",
      status_code: "200",
    });
    // @ts-expect-error no such label
    typed<LabelName<TestCatalogue, "http_requests_total">>("path");
  });

  it("a service that the catalogue does not have", () => {
    typed<ServiceOf<TestCatalogue>>("order-service");
    // @ts-expect-error no such service
    typed<ServiceOf<TestCatalogue>>("cart-service");
  });

  it("a metric of another type", () => {
    typed<NameOf<TestCatalogue, "counter">>("orders_total");
    // @ts-expect-error a gauge, in spite of its name
    typed<NameOf<TestCatalogue, "counter">>("nodejs_active_handles_total");
  });

  it("two groups that define one metric", () => {
    const by = { owner: "a", exportedBy: ["order-service"] } as const;
    const group = owned(by, [counter("a_total", one)]);
    // @ts-expect-error defined twice
    expect(problemsOf(() => join(group, group))).toEqual([
      "metric a_total: found two definitions, allowed: one: no two groups may have it",
    ]);
    expect(problemsOf(() => owned(by, [counter("a_total", one), counter("a_total", one)]))).toEqual([
      "metric a_total: found two definitions, allowed: one: a has both",
    ]);
  });

  it("an exporter that is not there", () => {
    const group = owned({ owner: "a", exportedBy: ["cart-service"] }, [counter("a_total", one)]);
    const services = { "order-service": { seriesBudget: 10, owner: "b" } };
    // @ts-expect-error no such service
    typed(catalogueOf(services, group));
    typed(catalogueOf({ ...services, "cart-service": { seriesBudget: 10, owner: "b" } }, group));
  });
});

describe("names that someone else chose", () => {
  it("pass only as foreign", () => {
    const handles = foreign("gauge", "handles_total", {
      help: "h",
      unit: "handles",
      labels: { type: oneOf("a") },
    });
    expect(handles).toMatchObject({ name: "handles_total", type: "gauge", foreign: true });
  });
});
