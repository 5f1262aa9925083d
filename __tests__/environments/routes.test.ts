import { staging } from "../support/environments/staging";
import type { Edit } from "../support/edit";
import { problems } from "../support/environment-problems";

const everybody = [
  "slack-critical",
  "slack-team",
  "discord-alerts",
  "email-ops",
  "pagerduty-on-call",
  "msteams-checkout",
];

describe("a severity without a route", () => {
  const routes = (...all: object[]): Edit => ["alerting.routes", all];
  const warning = { severity: "warning", receivers: everybody };
  const critical = { severity: "critical", receivers: everybody };
  const ofOwner = { severity: "warning", owner: "checkout" };

  it.each<[string, Edit, string]>([
    [
      "critical, though an owner has one",
      routes({ ...critical, owner: "checkout" }, warning),
      `alerting.routes: found no route of critical alerts without an owner, allowed: one, { severity: "critical", ` +
        `receivers: […] }, for those that no owner's route takes; nobody: "<why>" in place of receivers says that nobody is told`,
    ],
    [
      "warning",
      routes(critical),
      "alerting.routes: found no route of warning alerts without an owner, allowed: one",
    ],
  ])("%s, is refused", (_, edit, expected) => {
    expect(problems(edit)).toEqual(
      [`prod.ts: ${expected}`].map((text) => expect.stringContaining(text) as string),
    );
  });

  it("is refused for each where there is no route at all", () => {
    expect(problems(routes()).filter((text) => text.includes("alerting.routes: "))).toHaveLength(2);
  });

  it.each([
    [{ severity: "critical", nobody: "It is looked at all day." }, warning],
    [critical, { severity: "warning", nobody: "It is seen on the dashboards.", receivers: [] }],
  ])("may be meant, for a reason: %j %j", (...both) => {
    expect(problems(routes(...both))).toEqual([]);
  });

  it.each([
    [
      { ...ofOwner, receivers: [] },
      'receivers: found nobody, allowed: names of receivers, or nobody: "<why>" in their place',
    ],
    [ofOwner, "receivers: found nobody"],
    [{ ...ofOwner, nobody: " " }, 'nobody: found " ", allowed: why, in a text of 1 to 300 characters'],
    [
      { ...ofOwner, receivers: ["slack-team"], nobody: "It is told." },
      "nobody: found a reason to tell nobody, allowed: nothing, as receivers are told",
    ],
    [{ ...ofOwner, receivers: "slack-team" }, 'receivers: found "slack-team", allowed: a list of'],
    [{ ...ofOwner, reciever: ["slack-team"] }, "reciever: found an unknown key"],
  ])("is told nobody for no reason: %j", (more, expected) => {
    expect(problems(routes(critical, warning, more))).toEqual([
      expect.stringContaining(`alerting.routes[2].${expected}`),
    ]);
  });

  it("is no second problem where a severity is misspelt", () => {
    expect(problems(routes({ ...critical, severity: "critcal" }, warning))).toEqual([
      expect.stringContaining(`alerting.routes[0].severity: found "critcal"`),
    ]);
  });

  it("is none where both have one", () => {
    expect(staging.alerting.routes.map(({ severity }) => severity)).toEqual(["critical", "warning"]);
  });
});

describe("how long a route waits", () => {
  it.each<[string, readonly Edit[], string]>([
    [
      "less than an alert that silences takes to come",
      [["alerting.routes.0.groupWait", "19s"]],
      `alerting.routes[0].groupWait: found "19s", allowed: a duration of at least 20s: prometheus.scrapeInterval, ` +
        "which is 15s, and 5s on the way; an alert that silences another one may come so much later",
    ],
    [
      "less than the scrape interval of the environment asks for",
      [["prometheus.scrapeInterval", "20s"]],
      `alerting.routes[0].groupWait: found "20s", allowed: a duration of at least 25s`,
    ],
    [
      "again sooner than it looks",
      [
        ["alerting.routes.0.groupInterval", "10m"],
        ["alerting.routes.0.repeatInterval", "5m"],
      ],
      `alerting.routes[0].repeatInterval: found "5m", allowed: a duration of at least groupInterval, which is 10m`,
    ],
    [
      "again sooner than it looks, by what is not written",
      [["alerting.routes.1.repeatInterval", "1m"]],
      `alerting.routes[1].repeatInterval: found "1m", allowed: a duration of at least groupInterval, which is 5m`,
    ],
  ])("%s, is refused", (_, edits, expected) => {
    expect(problems(...edits)).toEqual([expect.stringContaining(`prod.ts: ${expected}`)]);
  });

  it("may be as short as the shortest that suffices", () => {
    expect(
      problems(
        ["prometheus.scrapeInterval", "5s"],
        ["prometheus.scrapeTimeout", "5s"],
        ["alerting.routes.0.groupWait", "10s"],
      ),
    ).toEqual([]);
    expect(problems(["alerting.routes.0.repeatInterval", "1m"])).toEqual([]);
  });
});
