import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import { isAbout } from "../../../demo/faults/fault";
import { bestTimes } from "../../../demo/timing/best";
import { timingOf } from "../../../demo/timing/intervals";
import { requestJson } from "../../../operations/clients/json-client";
import type { InboxMessage } from "../../../operations/clients/inbox-client";
import { describeWithDemo } from "../../support/require-program";
import { startTestDemo } from "../../support/test-demo";

/**
 * How long the receivers fail: two minutes and somewhat more, as Alertmanager gives up a try after each minute, and what
 * is taken in that very moment it sends again.
 */
const outageMs = 130_000;
const limitMs = 180_000;
/** What the routes of critical alerts wait for an alert that silences another one. */
const groupWaitMs = 20_000;
/** Each as the inbox names it, with what is wrong with it: nothing, a refusal, or no answer at all. */
const receivers = {
  "pagerduty-on-call": undefined,
  "slack-critical": { status: 500 },
  // What a mail server says that cannot take a message now.
  "ops@example.com": { status: 451 },
  "webhook-incidents": { silent: true },
} as const;
const names = Object.keys(receivers);
const healthy = "pagerduty-on-call";
const failing = names.filter((name) => name !== healthy);
const broken = { alert: "CheckoutBroken", service: "order-service" };
const down = {
  alert: "ServiceDown",
  service: "api-gateway",
  severity: "critical",
  job: "api-gateway",
  isSilent: true,
} as const;

jest.setTimeout(600_000);

describeWithDemo("receivers that fail for two minutes, at the intervals of production", () => {
  let demo: Demo;
  let since: number;
  let bestMs: number;
  let duringOutage: readonly InboxMessage[];
  let mendedAt: number;

  const faultOf = (name: string) => `${demo.inbox.url}/receivers/${encodeURIComponent(name)}/fault`;

  async function send(endsAt: Date): Promise<void> {
    const labels = {
      alertname: broken.alert,
      severity: "critical",
      service: broken.service,
      environment: "local",
    };
    const annotations = { summary: "Nobody can pay", description: "Each payment fails." };
    await demo.alertmanagers[0]?.send([{ labels, annotations, endsAt: endsAt.toISOString() }]);
  }

  function told(
    about: typeof broken,
    receiver: string,
    status: InboxMessage["status"],
  ): Promise<InboxMessage> {
    return demo.inbox.message((each) => isAbout(about, each), limitMs, { receiver, status });
  }

  beforeAll(async () => {
    demo = await startTestDemo({ ports: "free" });
    if (!demo.prometheus) throw new Error("Prometheus is missing.");
    await demo.prometheus.allUp(60_000);
    for (const [name, fault] of Object.entries(receivers)) {
      if (!fault) continue;
      const init = { headers: { "content-type": "application/json" }, body: JSON.stringify(fault) };
      await requestJson(faultOf(name), { method: "PUT", ...init });
    }
    await demo.program("api-gateway").kill();
    since = Date.now();
    bestMs = bestTimes(since, await timingOf(demo.prometheus, down)).firing + groupWaitMs - since;
    await send(new Date(since + 3_600_000));
    await sleep(outageMs);
    duringOutage = await demo.inbox.messages();
    mendedAt = Date.now();
    for (const name of failing) await requestJson(faultOf(name), { method: "DELETE" });
  });
  afterAll(() => demo.stop());

  it("does not keep the one that works waiting: 1.2 times what the configured intervals take at best", async () => {
    const { receivedAt } = await told(down, healthy, "firing");
    const delayMs = Date.parse(receivedAt) - since;
    process.stdout.write(
      `ServiceDown: ${(delayMs / 1_000).toFixed(1)} s from the end of a service to the message, ` +
        `at best ${(bestMs / 1_000).toFixed(1)} s: ${(delayMs / bestMs).toFixed(2)} times\n`,
    );
    // It must hold for a minute.
    expect(bestMs).toBeGreaterThan(60_000);
    expect(delayMs / bestMs).toBeLessThanOrEqual(1.2);
    const first = await told(broken, healthy, "firing");
    expect(Date.parse(first.receivedAt) - since).toBeLessThan(groupWaitMs + 5_000);
  });

  it("gives nothing to those that fail", () => {
    expect(duringOutage.filter(({ receiver }) => failing.includes(receiver))).toEqual([]);
  });

  it.each(failing)("gives %s each message afterwards", async (receiver) => {
    for (const about of [broken, down]) {
      const { receivedAt } = await told(about, receiver, "firing");
      const waited = Date.parse(receivedAt) - mendedAt;
      process.stdout.write(
        `${receiver} got ${about.alert} ${(waited / 1_000).toFixed(1)} s after it was mended\n`,
      );
    }
  });

  it("tells each of both ends, and tells nothing twice", async () => {
    await demo.program("api-gateway").restart();
    await send(new Date());
    for (const receiver of names) {
      for (const about of [broken, down]) await told(about, receiver, "resolved");
    }
    const all = await demo.inbox.messages();
    const outline = names.flatMap((receiver) =>
      [broken, down].flatMap((about) =>
        all
          .filter((each) => each.receiver === receiver && isAbout(about, each))
          .map(({ status }) => `${receiver} ${status} ${about.alert}`),
      ),
    );
    const once = names.flatMap((receiver) =>
      [broken, down].flatMap(({ alert }) => [`${receiver} firing ${alert}`, `${receiver} resolved ${alert}`]),
    );
    expect(outline.sort()).toEqual(once.sort());
  });
});
