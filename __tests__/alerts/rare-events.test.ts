import { secondsOf } from "../../alerts/durations";
import { longestGroupInterval } from "../../alerts/routing/group-interval";
import { rangeOver } from "../../alerts/rare-events";
import { alertsOf } from "../support/rule-cases";
import { ruleGroups, ruleSettings } from "../support/rule-settings";

function rangesOf(alert: string, changes: Partial<typeof ruleSettings>): string[] {
  const rules = alertsOf({ ...ruleSettings, ...changes }).filter((rule) => rule.alert === alert);
  return rules.flatMap(({ expr }) =>
    [...String(expr).matchAll(/\[(\w+)\]/g)].map(([, range]) => range ?? ""),
  );
}

describe("ranges of alerts on rare events", () => {
  it.each([1, 60, 75, 100, 120, 300, 601, 86_400])("hold two scrapes more than %s s", (spacing) => {
    // As slow as scrapes may be.
    expect(secondsOf(rangeOver(spacing))).toBeGreaterThanOrEqual(spacing + 2 * 100);
  });

  it.each([
    ["1m", "5m"],
    ["5m", "15m"],
    ["1h30m", "270m"],
    ["1d", "3d"],
  ])("of notifications with a group interval of %s are %s", (longest, range) => {
    expect(rangesOf("AlertmanagerFailedNotifications", { longestGroupInterval: longest })).toEqual([
      range,
      range,
    ]);
  });

  it("follow from the slowest evaluation and the slowest sending", () => {
    expect(rangesOf("PrometheusRuleFailures", {})).toEqual(["6m"]);
    expect(rangesOf("PrometheusErrorSendingAlerts", {})).toEqual(["5m", "5m"]);
    expect(rangesOf("PrometheusErrorSendingAlerts", { scrapeInterval: "100s" })).toEqual(["8m", "8m"]);
    const intervals = Object.values(ruleGroups(ruleSettings)).flatMap((groups) =>
      groups.map(({ interval = "0s" }) => secondsOf(interval)),
    );
    expect(3 * Math.max(...intervals)).toBe(secondsOf("6m"));
  });
});

describe("the longest group interval", () => {
  it("is at least that of alerts which no route takes", () => {
    expect(longestGroupInterval([{ receivers: ["a"], groupInterval: "1m" }])).toBe("5m");
  });

  it("is that of a route that tells somebody", () => {
    const routes = [
      { receivers: ["a"], groupInterval: "90m" },
      { receivers: ["a"], groupInterval: "1h" },
      { receivers: [], groupInterval: "1d" },
    ];
    expect(longestGroupInterval(routes)).toBe("90m");
  });
});
