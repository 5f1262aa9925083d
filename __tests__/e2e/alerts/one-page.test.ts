import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import type { Fault } from "../../../demo/faults/fault";
import type { InboxMessage } from "../../../operations/clients/inbox-client";
import type { Environment } from "../../../environments";
import { tell, type Route } from "../../support/alert-fault";
import { failing, failingOrders, killed, openShop, slow } from "../../support/demo-faults";
import { describeWithDemo } from "../../support/require-program";
import { dashboardUids } from "../../support/system";
import { startTestDemo } from "../../support/test-demo";

const speed = 15;
const minutes = (count: number) => (count * 60_000) / speed;
const limitMs = 120_000;
const route: Route = {
  receivers: ["slack-critical", "ops@example.com", "pagerduty-on-call", "webhook-incidents"],
  groupWaitMs: minutes(20 / 60),
};

/** No file system is looked at: other tests on this machine may fill theirs meanwhile. */
const nodeExporterFlags = { "collector.filesystem.fs-types-exclude": ".*" };

jest.setTimeout(900_000);

/** Slow answers that are asked for take 750 ms. */
function testEnvironment(local: Environment): Environment {
  const thresholds = { ...local.alerting.thresholds, latencyP95Warning: 0.25, latencyP95Critical: 0.6 };
  return { ...local, alerting: { ...local.alerting, thresholds } };
}

/** Addresses in a message, those of its payload too. */
function linksOf({ text, payload }: InboxMessage): URL[] {
  const found = `${text} ${JSON.stringify(payload)}`.matchAll(/https?:\/\/[^\s|>"')\]\\]+/g);
  return [...new Set([...found].map(([address]) => address))].map((address) => new URL(address));
}

describeWithDemo("a fault on each of the four services, with no good day before", () => {
  let demo: Demo;
  let faults: readonly Fault[];
  let all: readonly InboxMessage[];
  /** Critical alerts that fired at some time, told or not. */
  const fired = new Set<string>();

  beforeAll(async () => {
    demo = await startTestDemo({
      ports: "free",
      environment: testEnvironment,
      speed,
      flags: { "node-exporter": nodeExporterFlags },
    });
    await demo.prometheus?.allUp(limitMs);
    const shop = await openShop(demo.serviceUrls, speed);
    faults = [killed(demo), failing(shop), slow(shop), failingOrders(shop)];
    let isOver = false;
    const watching = (async () => {
      for (; !isOver; await sleep(200)) {
        for (const { labels, state } of (await demo.prometheus?.alerts()) ?? []) {
          if (labels.severity === "critical" && state === "firing")
            fired.add(`${labels.alertname ?? ""} ${labels.service ?? ""}`);
        }
      }
    })();
    await Promise.all(faults.map((fault) => tell(demo, fault, route, limitMs)));
    // As long as anything that looks back can see them.
    await sleep(minutes(45));
    isOver = true;
    await watching;
    all = (await demo.inbox.messages()).filter(({ receiver }) => route.receivers.includes(receiver));
  });
  afterAll(() => demo.stop());

  it("is seen by the burn rates of the services that answer, too", () => {
    for (const service of ["product-service", "order-service"])
      expect([...fired]).toContain(`AvailabilityBudgetBurn ${service}`);
    expect([...fired]).toContain("LatencyBudgetBurn auth-service");
  });

  it("is one page for each at each receiver, and one word of its end", () => {
    const told = (receiver: string, status: string) =>
      all
        .filter((message) => message.receiver === receiver && message.status === status)
        .map(({ title, text }) => {
          const about = faults.find(({ service, alert }) =>
            [service, alert].every((word) => `${title}\n${text}`.includes(word)),
          );
          return about ? `${about.alert} ${about.service}` : title;
        })
        .sort();
    const expected = faults.map(({ alert, service }) => `${alert} ${service}`).sort();
    for (const receiver of route.receivers) {
      expect([receiver, told(receiver, "firing")]).toEqual([receiver, expected]);
      expect([receiver, told(receiver, "resolved")]).toEqual([receiver, expected]);
    }
  });

  it("has a mail's subject that tells the services apart", () => {
    const subjects = (status: string) =>
      all.filter(({ kind, status: own }) => kind === "email" && own === status).map(({ title }) => title);
    const titles = faults.map(({ alert, service }) => `${alert} · ${service} · local`).sort();
    expect(subjects("firing").sort()).toEqual(titles.map((title) => `[FIRING: 1] ${title}`));
    expect(subjects("resolved").sort()).toEqual(titles.map((title) => `[RESOLVED: 1] ${title}`));
  });

  it("has links that lead somewhere", async () => {
    for (const message of all) {
      const links = linksOf(message);
      const runbook = links.filter(({ pathname }) => pathname.startsWith("/runbooks/"));
      const dashboard = links.filter(({ pathname }) => pathname.startsWith("/d/"));
      expect([message.title, runbook.length > 0, dashboard.length > 0]).toEqual([message.title, true, true]);
      for (const { pathname } of runbook)
        expect([pathname, (await fetch(demo.inbox.url + pathname)).status]).toEqual([pathname, 200]);
      for (const { pathname, searchParams } of dashboard) {
        expect(dashboardUids).toContain(pathname.split("/")[2]);
        expect(faults.map(({ service }) => service)).toContain(searchParams.get("var-service"));
      }
    }
    const { alertmanagers, prometheus } = demo;
    for (const url of [alertmanagers[0]?.url, prometheus?.url])
      expect((await fetch(`${url ?? ""}/-/ready`)).status).toBe(200);
  });

  it("says what was measured", () => {
    const textsOf = (alert: string, service: string) =>
      all
        .filter(
          ({ status, text }) => status === "firing" && [alert, service].every((word) => text.includes(word)),
        )
        .map(({ text }) => text);
    for (const service of ["product-service", "order-service"])
      for (const text of textsOf("HighErrorRatio", service))
        expect(text).toMatch(/(?:100|9\d(?:\.\d+)?)% of the requests to/);
    // Of 750 ms, as the histogram's buckets tell.
    for (const text of textsOf("HighLatency", "auth-service")) {
      const ms = Number(/took longer than ([\d.]+)ms/.exec(text)?.[1]);
      expect(ms).toBeGreaterThan(500);
      expect(ms).toBeLessThan(1_000);
    }
  });
});
