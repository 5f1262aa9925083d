import type { EvaluatedGroup, PrometheusClient, Target } from "../../../operations/clients/prometheus-client";
import { timingOf } from "../../../demo/timing/intervals";

const at = "2026-01-01T00:00:00Z";
const target = {
  scrapePool: "shop",
  scrapeInterval: "15s",
  lastScrape: at,
} as Target;
const group = {
  interval: 15,
  lastEvaluation: at,
  rules: [
    { type: "alerting", name: "Down", labels: { severity: "critical" }, query: "up == 0", duration: 60 },
  ],
} as unknown as EvaluatedGroup;
const prometheus = {
  targets: () => Promise.resolve([target]),
  ruleGroups: () => Promise.resolve([group]),
  query: (text: string) =>
    Promise.resolve(text.includes('{job="shop"}[1m]') ? [{ metric: {}, value: 0.2 }] : []),
} as unknown as PrometheusClient;
const fault = { alert: "Down", severity: "critical", job: "shop" } as const;

it("a scrape takes as long as the shortest of late, and until it is written", async () => {
  const { phases } = await timingOf(prometheus, fault);
  expect(phases.scrapeTakes).toBeGreaterThan(200);
  expect(phases.scrapeTakes).toBeLessThan(300);
});

it("a scrape that nobody answers takes no time", async () => {
  const { phases } = await timingOf(prometheus, { ...fault, isSilent: true });
  expect(phases.scrapeTakes).toBe(0);
});

it("a rule that is not there is told", async () => {
  await expect(timingOf(prometheus, { ...fault, alert: "Up" })).rejects.toThrow("There is no rule Up.");
});
