import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, entries, exportersOf, isMetricName, metricsOf } from "../../metrics/catalogue";
import { counter, gauge, histogram } from "../../metrics/define";
import { httpStatusCode, httpStatusCodeLabel } from "../../metrics/http";
import { bounded } from "../../metrics/labels";
import { serviceNames, targetLabels } from "../../metrics/targets";

describe("the catalogue", () => {
  it("holds what the reference system measures", () => {
    const labelsByName = Object.fromEntries(
      entries.filter(({ foreign }) => !foreign).map(({ name, labels }) => [name, Object.keys(labels).join()]),
    );
    expect(labelsByName).toEqual({
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
    expect(catalogue.order_value_dollars.buckets).toEqual([10, 50, 100, 500, 1000, 5000]);
  });

  it("gives each service its own metrics and the common ones", () => {
    for (const service of serviceNames) {
      const names = Object.keys(metricsOf(service));
      expect(names).toEqual(
        expect.arrayContaining(["http_requests_total", "nodejs_eventloop_lag_p99_seconds"]),
      );
      expect(names).not.toContain("node_load1");
      expect(names).not.toContain("up");
    }
    expect(metricsOf("auth-service")).toHaveProperty("login_attempts_total");
    expect(metricsOf("auth-service")).not.toHaveProperty("orders_total");
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
    expect(isMetricName("orders_total")).toBe(true);
    expect(isMetricName("toString")).toBe(false);
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
  it("are refused by name", () => {
    const one = { help: "h", unit: "requests" };
    expect(() => counter("http-requests_total", one)).toThrow('"http-requests_total" is no name');
    expect(() => gauge("a", { ...one, labels: { "b-c": bounded({ max: 1, rest: "other" }) } })).toThrow(
      '"b-c" is no name',
    );
    expect(() => histogram("a_seconds", { help: "h", unit: "seconds", buckets: [1, 1] })).toThrow(
      "must be finite and ascend",
    );
    expect(() => counter("a_total", { ...one, maxLabelSets: 0 })).toThrow(
      "maxLabelSets must be a positive whole number",
    );
    expect(() => bounded({ max: 0.5, rest: "other" })).toThrow("positive whole number");
  });
});

describe("the files of metrics/", () => {
  const root = join(__dirname, "../../metrics");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );

  it("load nothing but one another, so that a service's image needs no other package for them", () => {
    const loaded = files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), "utf8").matchAll(
          /^(?:import|export) (?!type).*? from "([^"]+)";$/gms,
        ),
      ].map(([, from = ""]) => from),
    );
    expect(loaded).toContain("./labels");
    expect(loaded.filter((from) => !from.startsWith("."))).toEqual([]);
  });
});
