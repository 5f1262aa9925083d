import { alertsOf, promtoolTests, ruleOf } from "../support/rule-cases";
import { ruleSettings } from "../support/rule-settings";
import { alertCases, catalogue } from "../support/system";
import { selectorsOf } from "../../metrics/promql";
import { familyOf } from "../../metrics/families";

const key = ({
  alert,
  severity,
  labels,
}: {
  alert: string;
  severity: string;
  labels?: Readonly<Record<string, string>>;
}) => [alert, severity, labels?.long ?? ""].join(" ");

describe("cases of alerts", () => {
  it("are there for every alert of every severity that somebody may be told of", () => {
    const wanted = new Set(
      alertsOf(ruleSettings)
        .filter(({ severity }) => severity !== "none")
        .map(key),
    );
    expect(new Set(alertCases.map(key))).toEqual(wanted);
  });

  it.each(alertCases.map((one) => [key(one), one] as const))(
    "%s: firing, edge, nothing, resets, no traffic",
    (_, one) => {
      const rule = ruleOf(one, ruleSettings);
      const tests = promtoolTests(one, ruleSettings);
      const checks = tests.flatMap((test) => test.alert_rule_test);
      expect(checks.filter(({ exp_alerts }) => exp_alerts.length === 1)).toHaveLength(
        one.firesOnNothing === undefined ? 1 : 2,
      );
      expect(checks.filter(({ exp_alerts }) => exp_alerts.length === 0).length).toBeGreaterThan(20);
      const countersRead = one.series.some(({ isCounter }) => isCounter);
      expect(tests).toHaveLength(
        3 + (countersRead ? 1 : 0) + (countersRead && one.firesWithoutTraffic === undefined ? 1 : 0),
      );
      for (const { exp_alerts } of checks) {
        for (const { exp_labels } of exp_alerts) {
          expect(Object.keys(exp_labels)).toEqual(
            expect.arrayContaining(["alertname", "severity", "environment", "service"]),
          );
        }
      }
      expect(rule.summary.length).toBeLessThan(120);
    },
  );

  it("put in only what the rule reads, directly or through recordings", () => {
    for (const one of alertCases) {
      const direct = selectorsOf(ruleOf(one, ruleSettings).expr.node).filter(
        // Of a metric that is being renamed the name of today is put.
        ({ metric }) => {
          const family = familyOf(catalogue, metric);
          return family !== undefined && family.formerNameOf === undefined;
        },
      );
      const put = one.series.map(({ series }) => series.slice(0, series.indexOf("{")));
      for (const { metric } of direct) {
        // What an alert says of itself it writes itself.
        const isOwn = metric === "ALERTS";
        const isOptional = isOwn || one.firesOnNothing !== undefined || metric === "orders_created_total";
        if (!isOptional) expect(put).toContain(metric);
      }
    }
  });
});
