import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueOf, entriesOf, exportersOf, metricsOf, servicesOf } from "../../metrics/catalogue";
import { counter, gauge, histogram, owned } from "../../metrics/define";
import { httpStatusCode, httpStatusCodeLabel } from "../../metrics/http";
import { bounded, follows, open } from "../../metrics/labels";
import { report } from "../../metrics/problems";
import { entryOf } from "../../metrics/families";
import { targetLabels } from "../../metrics/targets";
import { problemsOf } from "../support/definition-problems";
import { catalogue } from "../support/system";

const entries = entriesOf(catalogue);
const namesOf = (service: string) => metricsOf(catalogue, service).map(({ name }) => name);

describe("the catalogue", () => {
  it("holds what the reference system measures", () => {
    const labelsByName = Object.fromEntries(
      entries.filter(({ foreign }) => !foreign).map(({ name, labels }) => [name, Object.keys(labels).join()]),
    );
    expect(labelsByName).toMatchObject({
      http_requests_total: "method,route,status_code",
      http_request_duration_seconds: "method,route,status_code",
      proxy_request_duration_seconds: "target_service,status_code",
      products_viewed_total: "product_id",
      products_created_total: "",
      product_stock_level: "product_id,product_name",
      login_attempts_total: "status",
      registrations_total: "",
      token_validations_total: "result",
      orders_total: "",
      orders_created_total: "",
      orders_failed_total: "reason",
      order_value_dollars: "",
      active_orders: "status",
    });
    expect(catalogue.metrics.order_value_dollars.buckets).toEqual([10, 50, 100, 500, 1000, 5000]);
  });

  it("gives each service its own metrics and the common ones", () => {
    for (const service of servicesOf(catalogue)) {
      const names = namesOf(service);
      expect(names).toEqual(
        expect.arrayContaining(["http_requests_total", "nodejs_eventloop_lag_p99_seconds"]),
      );
      expect(names).not.toContain("node_load1");
      expect(names).not.toContain("up");
    }
    expect(namesOf("auth-service")).toContain("login_attempts_total");
    expect(namesOf("auth-service")).not.toContain("orders_total");
  });

  it("has a sentence of help, a unit and an exporter in each entry", () => {
    for (const entry of entries) {
      expect(`${entry.name}: ${entry.help}`).toMatch(/: [A-Z].*\.$/);
      expect(`${entry.name}: ${entry.unit}`).toMatch(/: [A-Za-z]/);
      expect(exportersOf(entry)).not.toBe("");
    }
  });

  it("leaves the scrape's labels to the scrape", () => {
    const set = entries.flatMap(({ name, labels }) => Object.keys(labels).map((label) => ({ name, label })));
    expect(set.filter(({ label }) => (targetLabels as readonly string[]).includes(label))).toEqual([]);
  });

  it("knows its names, and not those of every object", () => {
    expect(entryOf(catalogue, "orders_total")?.type).toBe("counter");
    expect(entryOf(catalogue, "toString")).toBeUndefined();
  });
});

describe("a status code's label", () => {
  it.each([
    [200, "200"],
    [404, "404"],
    [418, "400"],
    [507, "500"],
    [226, "200"],
    [101, "100"],
    [0, "500"],
    [999, "500"],
    [NaN, "500"],
  ])("of %s is %s", (status, label) => {
    expect(httpStatusCodeLabel(status)).toBe(label);
  });

  it("keeps every error an error", () => {
    for (let status = 100; status < 600; status++) {
      expect(httpStatusCodeLabel(status)[0]).toBe(String(status)[0]);
    }
    expect(httpStatusCode.values).toContain("499");
  });
});

describe("definitions that Prometheus would not take", () => {
  const one = { help: "h", unit: "requests" };

  it.each<readonly [what: string, make: () => unknown, problem: string]>([
    [
      "a name",
      () => counter("http-requests_total", one),
      'metric http-requests_total: found "http-requests_total"',
    ],
    [
      "a label's name",
      () => gauge("a", { ...one, labels: { "b-c": bounded({ max: 1, rest: "other" }) } }),
      'metric a: label b-c: found "b-c", allowed: letters, digits and underscores, no digit first',
    ],
    [
      "buckets",
      () => histogram("a_seconds", { help: "h", unit: "seconds", buckets: [1, 1] }),
      "metric a_seconds: buckets: found a list of 2, allowed: finite numbers that ascend, without +Inf",
    ],
    [
      "maxLabelSets",
      () => counter("a_total", { ...one, maxLabelSets: 0 }),
      "metric a_total: maxLabelSets: found 0",
    ],
    [
      "a bound",
      () => bounded({ max: 0.5, rest: "other" }),
      "bounded: max: found 0.5, allowed: a whole number",
    ],
    // @ts-expect-error a counter's name ends in _total
    ["a counter", () => counter("requests", one), "allowed: a counter's name ends in _total: requests_total"],
    // @ts-expect-error a gauge's name does not
    ["a gauge", () => gauge("active_total", one), "allowed: a gauge's name, which does not end in _total"],
    [
      "a histogram",
      // @ts-expect-error no unit in the name
      () => histogram("duration", { help: "h", unit: "seconds", buckets: [1] }),
      "allowed: a histogram's name, which ends in its base unit: _seconds, _bytes",
    ],
    [
      "a unit",
      // @ts-expect-error the name says seconds
      () => histogram("a_seconds", { help: "h", unit: "bytes", buckets: [1] }),
      'metric a_seconds: unit: found "bytes", allowed: seconds, as the name says',
    ],
    // @ts-expect-error buckets are a decision
    ["no buckets", () => histogram("a_seconds", { help: "h", unit: "seconds" }), "buckets: found nothing"],
    // @ts-expect-error the scrape adds `instance`
    ["a reserved label", () => counter("a_total", { ...one, labels: { instance: open() } }), "set by others"],
    [
      "a label that follows none",
      // @ts-expect-error there is no label `id`
      () => gauge("a", { ...one, labels: { name: follows("id", { rest: "other" }) } }),
      'metric a: label name: follows: found "id", allowed: none',
    ],
    // @ts-expect-error a misspelt key
    ["a key", () => counter("a_total", { ...one, stabilty: "stable" }), 'did you mean "stability"?'],
    [
      "an exporter",
      () =>
        catalogueOf(
          { "order-service": { seriesBudget: 10, owner: "b" } },
          // @ts-expect-error no such service
          owned({ owner: "a", exportedBy: ["order-servce"] }, [counter("a_total", one)]),
        ),
      'metrics of a: exportedBy: found "order-servce", allowed: order-service, node-exporter',
    ],
  ])("%s", (_, make, problem) => {
    expect(problemsOf(make)).toEqual([expect.stringContaining(problem) as string]);
  });

  it("keep a service from starting", () => {
    expect(() => {
      report({ place: "metrics/a.ts:1:1", what: "metric a", found: "b", allowed: "c" });
      metricsOf(catalogue, "order-service");
    }).toThrow('metrics/a.ts:1:1: metric a: found "b", allowed: c');
  });
});

describe("the files of metrics/", () => {
  const root = join(__dirname, "../../metrics");
  // Reading and evaluating PromQL and the checks of what runs stay out of the image, and nothing else here loads them.
  const outside = /(?:^|\/)(?:promql-analysis|promql-engine|contract|infer)\//;
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !outside.test(file),
  );

  it("are in a service's image, but for those", () => {
    const ignored = readFileSync(join(root, "../.dockerignore"), "utf8").split("\n");
    const folders = ignored.flatMap((line) => /^metrics\/(.+)$/.exec(line)?.[1] ?? []);
    expect(folders.length).toBeGreaterThan(0);
    expect(folders.filter((folder) => !outside.test(`${folder}/`))).toEqual([]);
    const all = ["promql-analysis", "promql-engine", "contract", "infer"];
    expect(all.filter((folder) => !folders.includes(folder))).toEqual([]);
  });

  it("load nothing but one another, so that a service's image needs no other package for them", () => {
    const loaded = files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), "utf8").matchAll(
          /^(?:import|export) (?!type).*? from "([^"]+)";$/gms,
        ),
      ].map(([, from = ""]) => from),
    );
    expect(loaded).toContain("./labels");
    expect(loaded.filter((from) => !from.startsWith(".") || outside.test(from))).toEqual([]);
  });
});
