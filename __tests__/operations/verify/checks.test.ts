import type { Finding } from "../../../operations/checks/check";
import type { EvaluatedGroup, Target } from "../../../operations/clients/prometheus-client";
import { certificateFinding, leastDays } from "../../../operations/verify/checks/certificates";
import { dashboardFindings } from "../../../operations/verify/checks/grafana";
import { placeholderFindings } from "../../../operations/verify/checks/placeholders";
import { ruleFindings } from "../../../operations/verify/checks/rules";
import { targetFindings } from "../../../operations/verify/checks/targets";
import { subscriptionFindings } from "../../../operations/verify/checks/topics";
import { expectedGroups } from "../../../operations/verify/expected-rules";
import { topicsOf } from "../../../stacks/topics";
import { environmentNames, loadEnvironments } from "../../support/environments";
import { synthesizeEnvironments } from "../../support/synth";

const lines = (findings: readonly Finding[]) => findings.map(({ status, text }) => `${status}: ${text}`);

describe("targets", () => {
  const target = (scrapePool: string, rest: Partial<Target> = {}) =>
    ({
      scrapePool,
      scrapeUrl: `http://${scrapePool}/metrics`,
      health: "up",
      lastError: "",
      ...rest,
    }) as Target;

  it("are well where each job has as many as it must have, or more", () => {
    expect(lines(targetFindings({ a: 1, b: 1 }, [target("a"), target("b"), target("b")]))).toEqual([
      "ok: all 3 of 2 jobs are up",
    ]);
  });

  it("are told where they lack, are down, or were not asked yet", () => {
    const found = [
      target("a"),
      target("c", { health: "unknown" }),
      target("d", { health: "down", lastError: "no" }),
    ];
    expect(lines(targetFindings({ a: 2, b: 1, c: 1, d: 1 }, found))).toEqual([
      "problem: a has 1 of 2 targets",
      "problem: b has no target",
      "problem: c at http://c/metrics was not scraped yet",
      "problem: d at http://d/metrics is down: no",
    ]);
  });
});

describe("rules", () => {
  const now = Date.parse("2026-11-27T12:00:00Z");
  const rendered = expectedGroups({
    "a.yml": `
groups:
  - name: one
    rules:
      - { alert: High, expr: 'up{service="x", job!="y"} > 0.5', for: 2m, labels: { severity: warning } }
`,
  });
  const rule = {
    type: "alerting",
    name: "High",
    query: `up{job!="y",service="x"} > 0.5`,
    duration: 120,
    labels: { severity: "warning" },
    health: "ok",
  } as const;
  const group = (rest: Partial<EvaluatedGroup> = {}): EvaluatedGroup => ({
    name: "one",
    file: "/etc/prometheus/rules/a.yml",
    interval: 15,
    lastEvaluation: "2026-11-27T11:59:50Z",
    evaluationTime: 0.1,
    rules: [rule],
    ...rest,
  });
  const found = (...groups: EvaluatedGroup[]) => lines(ruleFindings(rendered, groups, now));

  it("are well however Prometheus writes them", () => {
    expect(found(group())).toEqual(["ok: all 1 groups with 1 rules are evaluated in time"]);
  });

  it.each<[string, EvaluatedGroup[], string]>([
    ["is lacking", [], "problem: the group one of a.yml is not loaded"],
    [
      "has an older limit",
      [group({ rules: [{ ...rule, query: `up{job!="y",service="x"} > 0.6` }] })],
      "problem: the group one has rules that are not as they were rendered: High",
    ],
    [
      "waits longer",
      [group({ rules: [{ ...rule, duration: 300 }] })],
      "problem: the group one has rules that are not as they were rendered: High",
    ],
    [
      "has one rule more",
      [group({ rules: [rule, { ...rule, name: "Other" }] })],
      "problem: the group one has 1 more rules than were rendered",
    ],
    [
      "fails",
      [group({ rules: [{ ...rule, health: "err", lastError: "many-to-many" }] })],
      "problem: the group one cannot be evaluated: High: many-to-many",
    ],
    [
      "takes too long",
      [group({ evaluationTime: 16 })],
      "problem: the group one takes 16.0 s, longer than its interval of 15 s",
    ],
    [
      "is late",
      [group({ lastEvaluation: "2026-11-27T11:59:00Z" })],
      "problem: the group one was evaluated 60 s ago, at an interval of 15 s",
    ],
    [
      "is new",
      [group({ lastEvaluation: "0001-01-01T00:00:00Z" })],
      "problem: the group one was not evaluated yet",
    ],
    [
      "is nobody's",
      [group(), group({ name: "two", file: "b.yml" })],
      "problem: the group two of b.yml is loaded, and nothing renders it",
    ],
  ])("are told whose group %s", (_, groups, line) => {
    expect(found(...groups)).toEqual([line]);
  });
});

describe("dashboards", () => {
  it("are told where they lack, or are in another folder", () => {
    const expected = ["a", "b", "c"].map((uid) => ({ uid, folder: "teams" }));
    const found = [
      { uid: "a", title: "A", folderUid: "teams" },
      { uid: "b", title: "B" },
    ];
    expect(lines(dashboardFindings(expected, found))).toEqual([
      "problem: the dashboard b is in no folder, and should be in teams",
      "problem: the dashboard c is not there",
    ]);
  });
});

describe("topics", () => {
  it("have the names that the stack gives them", () => {
    const files = synthesizeEnvironments(loadEnvironments(environmentNames.join(",")));
    for (const environment of loadEnvironments(environmentNames.join(","))) {
      const { resource } = JSON.parse(
        files.get(`stacks/${environment.name}-cloudwatch/cdk.tf.json`) ?? "",
      ) as {
        resource: { aws_sns_topic: Record<string, { name: string }> };
      };
      const names = Object.values(resource.aws_sns_topic).map(({ name }) => name);
      expect(
        topicsOf(environment)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(names.sort());
    }
  });

  it("are told whose subscribers lack, or have not agreed; a secret address is never shown", () => {
    const mail = (address: string) => ({ protocol: "email", address }) as const;
    const secret = { protocol: "https", endpoint: { secret: "pager_url" } } as const;
    const subscribed = (protocol: string, endpoint: string, isConfirmed: boolean) => ({
      protocol,
      endpoint,
      isConfirmed,
    });
    const found = [
      subscribed("email", "a@shop.test", true),
      subscribed("email", "b@shop.test", false),
      subscribed("https", "https://pager.test/key", false),
    ];
    const expected = [mail("a@shop.test"), mail("b@shop.test"), mail("c@shop.test"), secret];
    expect(lines(subscriptionFindings("alarms", expected, found))).toEqual([
      "problem: b@shop.test has not confirmed its subscription to alarms",
      "problem: c@shop.test is not subscribed to alarms",
      "problem: the secret https address has not confirmed its subscription to alarms",
    ]);
  });
});

describe("certificates", () => {
  const now = Date.parse("2026-11-27T12:00:00Z");
  const after = (days: number, distrust?: string) =>
    certificateFinding({ origin: "https://a.test", validTo: now + days * 86_400_000, distrust }, now)?.text;

  it("are well from two weeks on", () => {
    expect(after(leastDays)).toBeUndefined();
    expect(after(leastDays - 1)).toBe("the certificate of https://a.test ends in 13 days");
  });

  it("are told that have ended, that nobody trusts, and that are not seen", () => {
    expect(after(-3, "certificate has expired")).toBe("the certificate of https://a.test ended 3 days ago");
    expect(after(90, "self-signed certificate")).toBe(
      "the certificate of https://a.test is not valid: self-signed certificate",
    );
    expect(certificateFinding({ origin: "https://a.test", reason: "connect ECONNREFUSED" }, now)?.text).toBe(
      "https://a.test cannot be reached: connect ECONNREFUSED",
    );
  });
});

describe("placeholders", () => {
  const found = (name: string) => loadEnvironments(name).flatMap((each) => lines(placeholderFindings(each)));

  it("are none where an emulator and the inbox take the place of what they stand for", () => {
    expect(found("local")).toEqual(["ok: there are none"]);
  });

  it("are told with some of their places", () => {
    const [first, ...others] = found("prod");
    expect(first).toMatch(/^problem: example\.com was deployed: \S+, \S+, \S+ and \d+ more places$/);
    expect(others.join("\n")).toContain(
      "problem: 123456789012 was deployed: cloudwatch.subscriptions.warning[1].queueArn",
    );
  });
});
