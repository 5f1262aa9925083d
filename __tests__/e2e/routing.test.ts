import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { renderTimeInterval } from "../../alerts/routing/time-intervals";
import { loadEnvironments } from "../../environments";
import { timeZone } from "../../schema/time-zone";
import { alertmanagerProgram, TestAlertmanager } from "../support/alertmanager";
import { alertmanagerFiles } from "../support/alertmanager-files";
import { loadEnvironments as loadEnvironmentsOfTests } from "../support/environments";
import { expectedAlerts, withExpectations } from "../support/expectations";
import { freePort } from "../../operations/loopback-port";
import { amtool } from "../support/programs";
import { describeWith } from "../support/require-program";
import { uploadedFiles } from "../support/stack-files";
import { temporaryFolder } from "../support/temporary-folder";
import { WebhookTarget } from "../support/webhook-target";

jest.setTimeout(180_000);

const environments = loadEnvironments(undefined);
const configPath = "/etc/alertmanager/alertmanager.yml";
const makeFolder = temporaryFolder();

/**
 * Writes the files of an environment's Alertmanager and says where its configuration is.
 * @param load where the environment is. Default: among those of the tests
 */
function written(
  environment: string,
  edit = (configuration: string) => configuration,
  load = loadEnvironmentsOfTests,
): string {
  const folder = makeFolder();
  const files = uploadedFiles(environment, "alertmanager", "alertmanager", load);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const here = path === configPath ? edit(content.replace("- /etc/", `- ${folder}/etc/`)) : content;
    writeFileSync(join(folder, path), here);
  }
  return join(folder, configPath);
}

function runAmtool(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("amtool", args, { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

describeWith([amtool], "the configuration of Alertmanager, for amtool", () => {
  it.each(environments.map(({ name }) => name))("of %s is one, with its templates", (environment) => {
    const { status, output } = runAmtool("check-config", written(environment, undefined, loadEnvironments));
    expect([status, output]).toEqual([0, expect.stringContaining("1 templates\n  SUCCESS")]);
  });

  it("takes every time zone that an environment may name", () => {
    const accepted = [
      ...Intl.supportedValuesOf("timeZone"),
      "Asia/Kolkata",
      "Europe/Kyiv",
      "UTC",
      "Etc/UTC",
      "utc",
    ].filter((name) => timeZone.safeParse(name).success);
    expect(accepted.length).toBeGreaterThan(400);
    const hours = { weekdays: ["monday" as const], start: "08:00", end: "18:00" };
    const intervals = accepted.map((timezone, index) =>
      renderTimeInterval({ name: `zone-${String(index)}`, timezone, ...hours }),
    );
    const file = written("local", (text) => text + stringify({ time_intervals: intervals }));
    const { status, output } = runAmtool("check-config", file);
    expect([status, output]).toEqual([0, expect.stringContaining("SUCCESS")]);
  });

  it("is refused where it is broken, so that the check means something", () => {
    const broken = written("dev", (text) => text.replace("receiver: email-ops", "receiver: nobody-else"));
    expect(runAmtool("check-config", broken).status).toBe(1);
  });
});

describeWith([alertmanagerProgram], "a real Alertmanager with the configuration", () => {
  it.each(withExpectations(environments).map((each) => [each.name, each] as const))(
    "of %s sends every alert to whom it must reach",
    async (name, environment) => {
      // Nothing is sent: it is asked whom it would tell.
      const patient = (text: string) => text.replace(/group_wait: .+/g, "group_wait: 1h");
      const files = alertmanagerFiles(name, "http://127.0.0.1:9", patient, loadEnvironments);
      const alertmanager = await TestAlertmanager.start({ files });
      try {
        const expectations = expectedAlerts(environment);
        await alertmanager.post(expectations.map(({ labels }) => ({ labels })));
        const routed = new Map(
          (await alertmanager.alerts()).map(({ labels, receivers }) => [sortedText(labels), receivers]),
        );
        expect(expectations.map(({ labels }) => [labels, routed.get(sortedText(labels))])).toEqual(
          expectations.map(({ labels, receivers }) => [labels, receivers]),
        );
      } finally {
        await alertmanager.stop();
      }
    },
  );
});

function sortedText(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort());
}

describeWith([alertmanagerProgram], "a real Alertmanager with the routes of local", () => {
  let target: WebhookTarget;
  let alertmanager: TestAlertmanager;
  const critical = { severity: "critical", service: "order-service", environment: "local" };
  const warning = { ...critical, severity: "warning" };

  beforeAll(async () => {
    target = await WebhookTarget.start();
    const soon = (text: string) => text.replace(/group_wait: [23]0s/g, "group_wait: 1s");
    alertmanager = await TestAlertmanager.start({ files: alertmanagerFiles("local", target.url, soon) });
  });

  afterAll(async () => {
    await alertmanager.stop();
    await target.stop();
  });

  it("tells of a critical alert when its group has waited, not when it would be told again", async () => {
    const before = Date.now();
    await alertmanager.post([{ labels: { ...critical, alertname: "OrdersFailing" } }]);
    for (const path of [
      "/slack/slack-critical",
      "/pagerduty/pagerduty-on-call",
      "/webhook/webhook-incidents",
    ]) {
      const [message] = await target.messages(path);
      // The group interval is five minutes, and what is not replaced waits for 20 s.
      expect((message?.at ?? Infinity) - before).toBeLessThan(15_000);
    }
  });

  it("tells nobody of a warning whose critical alert fires, nor of errors of a service that is down", async () => {
    const told = () => target.received.map(({ body }) => body.toString());
    await alertmanager.post([
      { labels: { ...critical, alertname: "HighLatency", service: "product-service" } },
      { labels: { ...critical, alertname: "ServiceDown", service: "auth-service" } },
    ]);
    await target.messages("/slack/slack-critical", 3);
    await alertmanager.post([
      { labels: { ...warning, alertname: "HighLatency", service: "product-service" } },
      { labels: { ...warning, alertname: "HighErrorRatio", service: "auth-service" } },
      { labels: { ...critical, alertname: "AvailabilityBudgetBurn", service: "auth-service" } },
      // These are about something else.
      { labels: { ...warning, alertname: "HighLatency", service: "api-gateway" } },
      { labels: { ...warning, alertname: "HighErrorRatio", service: "order-service" } },
    ]);
    await target.messages("/discord/discord-alerts", 2);
    // A second group_wait, in which what is silenced would come.
    await sleep(2000);
    const titles = told().flatMap((body) => /\[FIRING: 1\] ([\w-]+ · [\w-]+)/.exec(body)?.[1] ?? []);
    expect(new Set(titles)).toEqual(
      new Set([
        "OrdersFailing · order-service",
        "HighLatency · product-service",
        "ServiceDown · auth-service",
        "HighLatency · api-gateway",
        "HighErrorRatio · order-service",
      ]),
    );
    const team = target.received.filter(({ path }) => path === "/slack/slack-team");
    expect(team.map(({ body }) => /\] ([\w-]+ · [\w-]+)/.exec(body.toString())?.[1]).sort()).toEqual([
      "HighErrorRatio · order-service",
      "HighLatency · api-gateway",
    ]);
  });

  it("calls the heartbeat every 60 to 90 seconds while the Watchdog fires, and nobody else", async () => {
    const labels = { alertname: "Watchdog", severity: "none", environment: "local" };
    const others = target.received.length;
    await alertmanager.post([{ labels }]);
    const [first, second] = await target.messages("/webhook/heartbeat", 2, 120_000);
    const apart = ((second?.at ?? NaN) - (first?.at ?? NaN)) / 1000;
    expect(apart).toBeGreaterThanOrEqual(59);
    expect(apart).toBeLessThanOrEqual(92);
    const since = target.received.slice(others).map(({ body }) => body.toString());
    expect(since.filter((body) => body.includes("Watchdog"))).toHaveLength(2);
  });
});

describeWith([alertmanagerProgram], "two real Alertmanagers as a cluster", () => {
  it("tell once of what both are told of, and either may be killed", async () => {
    const target = await WebhookTarget.start();
    const files = alertmanagerFiles("local", target.url, (text) => text);
    const [one, two] = [`127.0.0.1:${String(await freePort())}`, `127.0.0.1:${String(await freePort())}`];
    const first = await TestAlertmanager.start({ files, cluster: { listen: one, peer: two } });
    const second = await TestAlertmanager.start({ files, cluster: { listen: two, peer: one } });
    try {
      await bothAreMembers(first, second);
      const alert = (service: string) => ({
        labels: { alertname: "ServiceDown", severity: "critical", service, environment: "local" },
      });
      const tell = (service: string, ...to: TestAlertmanager[]) =>
        Promise.all(to.map((each) => each.post([alert(service)])));

      await tell("order-service", first, second);
      await target.messages("/slack/slack-critical", 1);
      // The second one waits 15 seconds for the first before it would send.
      await sleep(20_000);
      expect(target.received.filter(({ path }) => path === "/slack/slack-critical")).toHaveLength(1);

      await first.stop();
      await tell("auth-service", second);
      const messages = await target.messages("/slack/slack-critical", 2, 40_000);
      expect(messages.at(-1)?.body.toString()).toContain("ServiceDown · auth-service");
    } finally {
      await Promise.all([first.stop(), second.stop()]);
      await target.stop();
    }
  });
});

async function bothAreMembers(...members: readonly TestAlertmanager[]): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const seen = await Promise.all(members.map((each) => each.metric(/^alertmanager_cluster_members /)));
    if (seen.every((count) => count === members.length)) return;
    await sleep(200);
  }
  throw new Error("The Alertmanagers did not find each other.");
}
