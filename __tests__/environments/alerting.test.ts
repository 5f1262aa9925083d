import type { Edit } from "../support/edit";
import { problems } from "../support/environment-problems";

const hours = { name: "hours", timezone: "utc", weekdays: ["monday"], start: "08:00", end: "18:00" };

describe("a mistake in receivers and routes is one line with path, found and allowed", () => {
  it.each<[string, Edit, string]>([
    [
      "two receivers of one name",
      ["alerting.receivers.7", { kind: "discord", name: "slack-critical" }],
      `alerting.receivers[7].name: found "slack-critical", allowed: a name that no other receiver has`,
    ],
    [
      "route to a receiver that is not there",
      ["alerting.routes.0.receivers", ["slack-critical", "email-opps", "pagerduty-on-call"]],
      `alerting.routes[0].receivers[1]: found "email-opps", allowed: the name of a receiver of this environment: slack-critical, slack-team, discord-alerts, email-ops, pagerduty-on-call, msteams-checkout; did you mean "email-ops"?`,
    ],
    [
      "default receiver that is not there",
      ["alerting.defaultReceiver", "nobody"],
      `alerting.defaultReceiver: found "nobody", allowed: the name of a receiver`,
    ],
    [
      "two routes of one severity",
      ["alerting.routes.1.severity", "critical"],
      `alerting.routes[1].severity: found "critical", allowed: a severity that no other route takes`,
    ],
    [
      "two routes of one severity and owner",
      ["alerting.routes.1.owner", "checkout"],
      `alerting.routes[2].severity: found "warning", allowed: a severity that no other route of this owner takes`,
    ],
    [
      "severity that is none",
      ["alerting.routes.1.severity", "warn"],
      `alerting.routes[1].severity: found "warn", allowed: one of critical, warning`,
    ],
    [
      "receiver that no route leads to",
      ["alerting.receivers.7", { kind: "webhook", name: "archive" }],
      `alerting.receivers[7].name: found "archive", allowed: a receiver that a route leads to`,
    ],
    [
      "receiver with the name of the one that tells nobody",
      ["alerting.receivers.6.name", "nobody"],
      `alerting.receivers[6].name: found "nobody", allowed: another name: this one tells nobody`,
    ],
    [
      "two heartbeats",
      ["alerting.receivers.7", { kind: "heartbeat", name: "second" }],
      `alerting.receivers[7].kind: found "heartbeat", allowed: one heartbeat`,
    ],
    [
      "route to the heartbeat",
      ["alerting.routes.1.receivers", ["slack-team", "discord-alerts", "heartbeat"]],
      `alerting.routes[1].receivers[2]: found "heartbeat", allowed: a receiver that is no heartbeat`,
    ],
    [
      "time interval that is not there",
      ["alerting.routes.1.activeDuring", "office-hours"],
      `alerting.routes[1].activeDuring: found "office-hours", allowed: the name of a time interval of this environment: there is none`,
    ],
    [
      "time interval that no route names",
      ["alerting.timeIntervals", [{ ...hours, name: "lunch" }]],
      `alerting.timeIntervals[0].name: found "lunch", allowed: a time interval that a route names`,
    ],
    [
      "three Alertmanagers",
      ["alerting.replicas", 3],
      "alerting.replicas: found 3, allowed: a whole number from 1 to 2",
    ],
    [
      "two Alertmanagers that have no time to agree",
      ["alerting.routes.1.groupInterval", "30s"],
      `alerting.routes[1].groupInterval: found "30s", allowed: a duration above 30s: at a shorter one two`,
    ],
    [
      "second Alertmanager at a port that is taken",
      ["alerting.hostPort", 9089],
      "alerting.hostPort: found 9089, allowed: a port of the host whose next one is free",
    ],
    [
      "one receiver twice in a route",
      ["alerting.routes.0.receivers", ["email-ops", "email-ops", "slack-critical", "pagerduty-on-call"]],
      `alerting.routes[0].receivers[1]: found "email-ops", allowed: each receiver once`,
    ],
    [
      "e-mail address that is none",
      ["alerting.receivers.3.to", ["ops"]],
      `alerting.receivers[3].to[0]: found "ops", allowed: an e-mail address such as "team@example.com"`,
    ],
    [
      "mail server without a port",
      ["alerting.receivers.3.smarthost", "smtp.gmail.com"],
      `alerting.receivers[3].smarthost: found "smtp.gmail.com", allowed: a host and a port`,
    ],
  ])("%s", (_, edit, expected) => {
    expect(problems(edit)).toEqual([expect.stringContaining(expected)]);
    expect(problems(edit)[0]).toMatch(/^prod\.ts: /);
  });
});

describe("time intervals", () => {
  const during = (edit: Record<string, unknown>) =>
    problems(
      ["alerting.timeIntervals", [{ ...hours, ...edit }]],
      ["alerting.routes.1.activeDuring", "hours"],
    );

  it("are taken with a time zone and whole days", () => {
    expect(during({})).toEqual([]);
    expect(during({ timezone: "Australia/Sydney", start: "00:00", end: "24:00" })).toEqual([]);
    for (const timezone of ["Asia/Kolkata", "Europe/Kyiv", "UTC", "Etc/UTC", "utc", "US/Pacific"])
      expect(during({ timezone })).toEqual([]);
  });

  it("that are misspelt in a route are one problem", () => {
    expect(
      problems(["alerting.timeIntervals", [hours]], ["alerting.routes.1.activeDuring", "huors"]),
    ).toEqual([
      expect.stringMatching(/routes\[1\]\.activeDuring: found "huors", .*; did you mean "hours"\?$/),
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["end before they start", { start: "18:00", end: "08:00" }, `.end: found "08:00", allowed: a time after`],
    [
      "never come",
      { start: "08:00", end: "08:00" },
      `.end: found "08:00", allowed: a time after the start, 08:00`,
    ],
    ["have no such time", { start: "8 am" }, `.start: found "8 am", allowed: a time of day such as "08:00"`],
    ["have no such day", { weekdays: ["funday"] }, `.weekdays[0]: found "funday", allowed: one of monday,`],
    [
      "have no such zone",
      { timezone: "Mars/Olympus" },
      `.timezone: found "Mars/Olympus", allowed: "utc" or the name`,
    ],
    [
      "are in another spelling than the files'",
      { timezone: "europe/berlin" },
      `.timezone: found "europe/berlin",`,
    ],
    [
      "have an offset, which is no zone to Alertmanager",
      { timezone: "+02:00" },
      `.timezone: found "+02:00",`,
    ],
  ])("that %s are refused", (_, edit, expected) => {
    expect(during(edit)).toEqual([expect.stringContaining(`prod.ts: alerting.timeIntervals[0]${expected}`)]);
  });
});
