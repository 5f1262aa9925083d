import { objective } from "../../alerts/objective";
import { objectivesOf } from "../../alerts/objectives";
import { isAlert } from "../../alerts/rule-files";
import {
  objectivesSchema,
  thresholdDefinitions,
  thresholdsSchema,
} from "../../environments/schema/thresholds";
import { httpLatencyBuckets } from "../../metrics/http";
import { bucketUpTo, select } from "../../metrics/promql";
import { ruleSettings } from "../support/rule-settings";

const props = {
  service: "shop",
  name: "availability",
  alert: "Burn",
  events: "good",
  good: select("orders_created_total"),
  total: select("orders_total"),
  target: 0.999,
  windowDays: 30,
} as const;

describe("an objective", () => {
  it("has the factors of the Site Reliability Workbook at 30 days", () => {
    const alerts = objective(props).groups.flatMap(({ rules }) => rules.filter(isAlert));
    const limits = alerts.map(({ labels, for: waits, severity, expr }) => [
      labels?.long,
      labels?.short,
      waits,
      severity,
      [...String(expr).matchAll(/> ([0-9.]+)/g)].map(([, limit]) => Number(limit)),
    ]);
    expect(limits).toEqual([
      ["1h", "5m", "2m", "critical", [0.0144, 0.0144]],
      ["6h", "30m", "15m", "critical", [0.006, 0.006]],
      ["1d", "2h", "1h", "warning", [0.003, 0.003]],
      ["3d", "6h", "3h", "warning", [0.001, 0.001]],
    ]);
  });

  it.each([0, 1, 0.9, 2, NaN])("refuses a target of %s, which could not be watched", (target) => {
    expect(() => objective({ ...props, target })).toThrow("shop, availability: a target of");
  });

  it("of response times needs a bound that the histogram has", () => {
    expect(() => bucketUpTo("http_request_duration_seconds", 0.3)).toThrow(
      "http_request_duration_seconds has no bucket up to 0.3: its bounds are 0.005, 0.01",
    );
    expect(String(bucketUpTo("http_request_duration_seconds", 0.5))).toBe(
      'http_request_duration_seconds_bucket{le="0.5"}',
    );
    // Prometheus 3 stores 1 as 1.0.
    expect(String(bucketUpTo("http_request_duration_seconds", 1))).toBe(
      'http_request_duration_seconds_bucket{le=~"1(\\\\.0)?"}',
    );
  });

  it("of one service may differ from those of all", () => {
    const objectives = objectivesSchema.parse({
      services: { shop: { latencyWithin: 2.5, availability: 0.999 } },
    });
    const [availability, latency] = objectivesOf({ ...ruleSettings, objectives });
    expect(availability?.target).toBe(0.999);
    expect(latency?.target).toBe(0.99);
    expect(latency?.groups.map(({ rules }) => rules.map(({ expr }) => String(expr))).join()).toContain(
      'le="2.5"',
    );
  });
});

describe("the environment's schema", () => {
  it("allows the bounds that the histogram has", () => {
    for (const latencyWithin of httpLatencyBuckets) {
      expect(objectivesSchema.parse({ latencyWithin })).toMatchObject({ latencyWithin });
    }
    expect(objectivesSchema.safeParse({ latencyWithin: 0.3 }).success).toBe(false);
  });

  it("has each threshold's default in its range, and refuses what is out of it", () => {
    for (const [name, { min, max, default: byDefault }] of Object.entries(thresholdDefinitions)) {
      expect(byDefault).toBeGreaterThanOrEqual(min);
      expect(byDefault).toBeLessThanOrEqual(max);
      expect(thresholdsSchema.safeParse({ [name]: max * 2 }).success).toBe(false);
      expect(thresholdsSchema.safeParse({ [name]: min / 2 }).success).toBe(false);
    }
  });

  it("refuses a warning that is no lower than its critical alert", () => {
    const result = thresholdsSchema.safeParse({ errorRatioWarning: 0.06 });
    expect(result.error?.issues).toMatchObject([
      { path: ["errorRatioCritical"], message: "a number above errorRatioWarning, which is 0.06" },
    ]);
  });
});
