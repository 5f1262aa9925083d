import { readFileSync } from "node:fs";
import { join } from "node:path";
import { burnAlertsOver, windowsOf } from "../../alerts/burn-alerts";
import { secondsOf } from "../../alerts/durations";
import { objective } from "../../alerts/objective";
import { pagesOf } from "../../alerts/own-alerts";
import { objectivesOf } from "../../alerts/objectives";
import { isAlert } from "../../alerts/rule";
import { objectivesSchema } from "../../alerts/objective-settings";
import { httpLatencyBuckets } from "../../metrics/http";
import { budgetBurnAlerts } from "../../metrics/objectives";
import { alertsOf } from "../support/rule-cases";
import { ruleSettings } from "../support/rule-settings";
import { problemsOf } from "../support/definition-problems";
import { bucketUpTo, select } from "../support/settled-system";
import { system, thresholdDefinitions, thresholdsSchema } from "../support/system";

const props = {
  service: "shop",
  name: "availability",
  alert: "Burn",
  events: "orders",
  bad: "failed",
  good: select("orders_created_total"),
  total: select("orders_total"),
  target: 0.999,
  windowDays: 30,
} as const;

describe("an objective", () => {
  const limitsOver = (windowDays: number) =>
    objective({ ...props, windowDays })
      .groups.flatMap(({ rules }) => rules.filter(isAlert))
      .map(({ labels, for: waits, severity, expr }) => [
        labels?.long,
        labels?.short,
        waits,
        severity,
        ...[...String(expr).matchAll(/ratio_rate(\w+)\{.*?\} \/ 0\.001, 0\.001\) > ([0-9.]+)/g)].flatMap(
          ([, window, factor]) => [window, Number(factor)],
        ),
      ]);

  it("has the windows and factors of the Site Reliability Workbook at 30 days", () => {
    expect(limitsOver(30)).toEqual([
      ["1h", "5m", "2m", "critical", "1h", 14.4, "5m", 14.4],
      ["6h", "30m", "15m", "critical", "6h", 6, "30m", 6],
      ["1d", "2h", "1h", "warning", "1d", 3, "2h", 3],
      ["3d", "6h", "3h", "warning", "3d", 1, "6h", 1],
    ]);
  });

  it.each([7, 40])("has other windows at %s days, as they are documented, and the same factors", (days) => {
    const document = readFileSync(join(__dirname, "../../docs/alerts.md"), "utf8").replace(/ +/g, " ");
    for (const [long, short, waits, , , factor] of limitsOver(days)) {
      const cell = `${String(long)}, ${String(short)}, waits ${String(waits)}`;
      const row = document.split("\n").find((line) => line.startsWith(`| ${String(factor)} |`));
      expect(row).toContain(`| ${cell} |`);
    }
  });

  it("has windows that hold enough of what is recorded, for every number of days that an environment may choose", () => {
    const allowed = Array.from({ length: 100 }, (_, days) => days).filter(
      (windowDays) => objectivesSchema.safeParse({ windowDays }).success,
    );
    expect(allowed).toHaveLength(34);
    for (const days of allowed) {
      for (const { long, short, factor, for: waits } of burnAlertsOver(days)) {
        expect(factor).toBeGreaterThanOrEqual(1);
        // Three samples of the slowest scrape, one of which may be lost.
        expect(secondsOf(short)).toBeGreaterThanOrEqual(300);
        expect(secondsOf(long)).toBeGreaterThan(2 * secondsOf(short));
        expect(secondsOf(waits)).toBeLessThan(secondsOf(short));
        const used = (factor * secondsOf(long)) / (days * 86_400);
        // 2 to 10 %, but for the rounding of windows.
        expect(used).toBeGreaterThan(0.019);
        expect(used).toBeLessThan(0.11);
      }
      expect(windowsOf(burnAlertsOver(days))).toHaveLength(7);
    }
  });

  it("counts a fast error as late", () => {
    const [, latency] = objectivesOf(ruleSettings);
    const rules = latency?.groups.flatMap((group) => group.rules.map(({ expr }) => String(expr))) ?? [];
    expect(rules.join("\n")).toContain(
      'rate(http_request_duration_seconds_bucket{status_code!~"5..", le="0.5", service="shop"}[5m])',
    );
    expect(rules[0]).toContain('rate(http_request_duration_seconds_count{service="shop"}[5m])');
  });

  it.each([0, 1, 0.9, 2, NaN])("refuses a target of %s, which could not be watched", (target) => {
    expect(() => objective({ ...props, target })).toThrow("shop, availability: a target of");
  });

  it("of response times needs a bound that the histogram has", () => {
    expect(problemsOf(() => bucketUpTo("http_request_duration_seconds", 0.3))).toEqual([
      expect.stringContaining("found 0.3, allowed: one of its bounds: 0.005, 0.01") as string,
    ]);
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

it("every objective's alert is listed, so that it is told with no other page of the same fault", () => {
  const ofObjectives = alertsOf(ruleSettings).filter(({ labels }) => labels?.objective !== undefined);
  const names = ofObjectives.map(({ alert }) => alert);
  expect([...new Set(names)].sort()).toEqual([...budgetBurnAlerts, ...pagesOf(system.alerts).burns].sort());
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
