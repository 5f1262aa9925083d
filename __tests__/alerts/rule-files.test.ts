import { parse } from "yaml";
import { checkRules } from "../../alerts/lint/lint";
import { secondsOf } from "../../alerts/durations";
import { loadEnvironments } from "../../environments";
import { burnAlertsOver, windowsOf } from "../../alerts/burn-alerts";
import { objectiveQueries } from "../../metrics/objectives";
import { alertsOf } from "../support/rule-cases";
import { ruleFilesOf } from "../../stacks/system";
import { metricsRead } from "../support/metrics-read";
import { renderRuleFiles, ruleSettings } from "../support/rule-settings";
import { alertCases, catalogue, thresholdDefinitions } from "../support/system";

/** What the Objectives dashboard reads. */
const { good, target, budgetLeft, burnRate } = objectiveQueries();
function readByDashboards(windowDays: number): string[] {
  const burnRates = windowsOf(burnAlertsOver(windowDays)).map(burnRate);
  return [good, target, budgetLeft, ...burnRates].flatMap((query) => metricsRead(query));
}

describe("rule files", () => {
  it.each(loadEnvironments(undefined).map((environment) => [environment.name, environment] as const))(
    "of %s pass every check",
    (_, environment) => {
      const { alerting, prometheus } = environment;
      const found = checkRules(ruleFilesOf(environment), {
        scrapeInterval: prometheus.scrapeInterval,
        retention: prometheus.retentionTime,
        catalogue,
        features: [],
        readElsewhere: readByDashboards(alerting.objectives.windowDays),
      });
      expect(found).toEqual([]);
    },
  );

  it("give every alert what a message needs", () => {
    const files = Object.values(renderRuleFiles(ruleSettings)).map(
      (text) =>
        parse(text) as { groups: { rules: { alert?: string; labels: object; annotations: object }[] }[] },
    );
    const alerts = files.flatMap(({ groups }) =>
      groups.flatMap(({ rules }) => rules.filter(({ alert }) => alert)),
    );
    expect(alerts).toHaveLength(alertsOf(ruleSettings).length);
    for (const { alert, labels, annotations } of alerts) {
      expect({ alert, keys: Object.keys(labels) }).toEqual({
        alert,
        keys: expect.arrayContaining(["severity", "environment"]) as string[],
      });
      expect(annotations).toEqual({
        summary: expect.stringMatching(/^.{5,150}$/) as string,
        description: expect.stringMatching(/^.{20,400}\.$/) as string,
        runbook_url: `https://example.com/runbooks/${alert ?? ""}.md`,
        dashboard_url: expect.stringMatching(/^https:\/\/grafana\.example\.com\/d\/[a-z-]+/) as string,
      });
    }
  });

  it("let a critical alert at the edge stay longer than the warning that it silences", () => {
    const held = alertsOf(ruleSettings).filter(({ keepFiringFor }) => keepFiringFor !== undefined);
    const secondsOfAlert = (name: string, wanted: string) =>
      held
        .filter(({ alert, severity }) => alert === name && severity === wanted)
        .map(({ keepFiringFor }) => secondsOf(keepFiringFor ?? "0s"))[0];
    const names = new Set(held.filter(({ severity }) => severity === "critical").map(({ alert }) => alert));
    const both = [...names].filter((name) => secondsOfAlert(name, "warning") !== undefined);
    expect(both.sort()).toEqual([
      "CertificateExpires",
      "HighErrorRatio",
      "HighLatency",
      "HostFilesystemAlmostFull",
      "TrafficGone",
    ]);
    for (const name of both) {
      const [critical = 0, warning = 0] = [secondsOfAlert(name, "critical"), secondsOfAlert(name, "warning")];
      expect(critical - warning).toBeGreaterThanOrEqual(180);
    }
  });

  it("hold for a service of a team's own, without a line added", () => {
    const files = renderRuleFiles({
      ...ruleSettings,
      services: ["shop", "warehouse"],
      discoveredServices: ["warehouse"],
    });
    expect(files["services.yml"]).toContain('absent(up{service="warehouse"})');
    expect(files["objectives.yml"]).toContain(
      'service:objective_errors:ratio_rate1h{service="warehouse", objective="latency"}',
    );
  });

  it("wait for at least two scrapes, whatever the interval", () => {
    const files = renderRuleFiles({ ...ruleSettings, scrapeInterval: "1m" });
    expect(files["services.yml"]).toContain("for: 120s");
    expect(
      checkRules(files, {
        scrapeInterval: "1m",
        retention: "15d",
        catalogue,
        features: [],
        readElsewhere: readByDashboards(30),
      }),
    ).toEqual([]);
  });

  it("are refused where the scrape interval is too long for them", () => {
    expect(() => renderRuleFiles({ ...ruleSettings, scrapeInterval: "5m" })).toThrow(
      "Scrape at least every 100 s",
    );
  });

  it("take every threshold of the environment", () => {
    const before = JSON.stringify(renderRuleFiles(ruleSettings));
    for (const [name, { default: byDefault }] of Object.entries(thresholdDefinitions)) {
      const thresholds = { ...ruleSettings.thresholds, [name]: byDefault * 1.5 };
      expect({
        name,
        isSame: JSON.stringify(renderRuleFiles({ ...ruleSettings, thresholds })) === before,
      }).toEqual({
        name,
        isSame: false,
      });
    }
  });

  it("never let an alert's case be of a service that it is not about", () => {
    for (const { labels } of alertCases) expect(labels.service).toBeDefined();
  });
});
