import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import type { InboxMessage } from "../../../operations/clients/inbox-client";
import { tell, type Route, type Story } from "../../support/alert-fault";
import {
  diskFull,
  failing,
  killed,
  openShop,
  ordersFailing,
  ordersMissing,
  slow,
  withoutMetrics,
} from "../../support/demo-faults";
import { environmentOfFaults, nodeExporterFlags } from "../../support/fault-environment";
import { sendMany } from "../../support/requests";
import { describeWithDemo } from "../../support/require-program";
import { isAbout, type Fault } from "../../../demo/faults/fault";
import { noSmallFileSystem, SmallFileSystem } from "../../../demo/faults/small-file-system";
import { startTestDemo } from "../../support/test-demo";
import { criticalReceivers } from "../../support/critical-receivers";

/** How many times faster than in production; `ALERTS_SPEED=1` takes an hour, at the real intervals. */
const speed = Number(process.env.ALERTS_SPEED ?? "15");
const minutes = (count: number) => (count * 60_000) / speed;
const limitMs = Math.max(45_000, minutes(30));

const routes: Readonly<Record<Fault["severity"], Route>> = {
  critical: {
    receivers: criticalReceivers,
    groupWaitMs: minutes(20 / 60),
  },
  warning: { receivers: ["slack-team", "discord-alerts", "msteams-team"], groupWaitMs: minutes(0.5) },
};

jest.setTimeout(6 * limitMs);

/** Some machines let nobody mount anything: all but the full disk is tested there. */
const noDisk = noSmallFileSystem();
if (noDisk !== "") process.stderr.write(`SKIPPED HostFilesystemAlmostFull: ${noDisk}\n`);

describeWithDemo("from a fault to the receivers and back", () => {
  let demo: Demo;
  let disk: SmallFileSystem | undefined;
  let calm: readonly InboxMessage[];
  let all: readonly InboxMessage[];
  const faults = new Map<string, Fault>();
  const stories = new Map<string, Promise<Story>>();

  /** Lets faults happen at the same time, and waits until all are mended and everybody knows. */
  async function together(...some: readonly Fault[]): Promise<void> {
    for (const fault of some) {
      faults.set(fault.alert, fault);
      stories.set(fault.alert, tell(demo, fault, routes[fault.severity], limitMs));
    }
    await Promise.allSettled(stories.values());
  }

  /** What messages are about, a line each: receiver, status, alert and service. Heartbeats are left out. */
  function outline(messages: readonly InboxMessage[]): string[] {
    return messages
      .filter(({ receiver }) => receiver !== "heartbeat")
      .map((message) => {
        const { receiver, status, title } = message;
        const known = [...faults.values()].find(
          (one) => routes[one.severity].receivers.includes(receiver) && isAbout(one, message),
        );
        return `${receiver} ${status} ${known ? `${known.alert} ${known.service}` : `unexpected: ${title}`}`;
      })
      .sort();
  }

  beforeAll(async () => {
    disk = noDisk === "" ? new SmallFileSystem() : undefined;
    demo = await startTestDemo({
      ports: "free",
      environment: environmentOfFaults,
      speed,
      flags: { "node-exporter": nodeExporterFlags },
    });
    await demo.prometheus?.allUp(limitMs);
    // Nobody keeps the clock of a machine for tests.
    await demo.alertmanagers[0]?.silence({ alertname: "HostClockNotSynchronised" }, minutes(24 * 60));

    const shop = await openShop(demo.serviceUrls, speed);
    // A history beside which some errors use up no budget of an objective; then nobody sends a request for a while.
    for (const request of [shop.products, shop.validation, shop.orders]) await sendMany(request, 25_000);
    await sleep(minutes(6));
    calm = await demo.inbox.messages();

    await together(killed(demo), slow(shop), ordersMissing(shop), ...(disk ? [diskFull(disk)] : []));
    await together(failing(shop), ordersFailing(shop), withoutMetrics(demo));
    // What else there is comes when the groups are told the next time.
    await sleep(minutes(6));
    all = await demo.inbox.messages();
  });
  afterAll(async () => {
    for (const { after } of faults.values()) await after?.();
    await demo.stop();
    disk?.unmount();
  });

  it("tells nothing while all is well", () => {
    expect(outline(calm)).toEqual([]);
  });

  const describeFault = (alert: string) =>
    alert === "HostFilesystemAlmostFull" && noDisk !== "" ? describe.skip : describe;
  const alerts = [
    "ServiceDown",
    "HighErrorRatio",
    "HighLatency",
    "NoOrders",
    "OrdersFailing",
    "HostFilesystemAlmostFull",
    "TargetWithoutMetrics",
  ];
  for (const alert of alerts)
    describeFault(alert)(alert, () => {
      let fault: Fault;
      let story: Story;

      beforeAll(async () => {
        const [known, told] = [faults.get(alert), stories.get(alert)];
        if (!known || !told) throw new Error(`There was no fault for ${alert}.`);
        fault = known;
        story = await told;
      });

      it("says in each message what is wrong, where, and what to do", () => {
        for (const { title, text, payload } of story.firing) {
          const content = `${title}\n${text}\n${JSON.stringify(payload)}`;
          for (const words of [...fault.says, `/runbooks/${alert}.md`, "http://127.0.0.1:3300/d/"]) {
            expect(content).toMatch(words);
          }
        }
      });

      it("comes within 1.2 times what the configured intervals take at best", () => {
        process.stdout.write(
          `${alert}: ${(story.delayMs / 1_000).toFixed(2)} s from the fault to the last receiver, ` +
            `at best ${(story.bestMs / 1_000).toFixed(2)} s: ${(story.delayMs / story.bestMs).toFixed(2)} times\n`,
        );
        expect(story.bestMs).toBeGreaterThan(0);
        expect(story.delayMs / story.bestMs).toBeLessThanOrEqual(1.2);
      });

      it("is told to be over after the mending", () => {
        const lastOf = (messages: readonly InboxMessage[]) =>
          Math.max(...messages.map(({ receivedAt }) => Date.parse(receivedAt)));
        expect(story.resolved).toHaveLength(routes[fault.severity].receivers.length);
        expect(lastOf(story.resolved)).toBeGreaterThan(lastOf(story.firing));
      });
    });

  it("tells each receiver of each fault once, of its end once, and of nothing else", () => {
    const told = [...faults.values()].flatMap(({ alert, service, severity }) =>
      routes[severity].receivers.flatMap((receiver) => [
        `${receiver} firing ${alert} ${service}`,
        `${receiver} resolved ${alert} ${service}`,
      ]),
    );
    expect(outline(all)).toEqual(told.sort());
  });

  it("tells the heartbeat all the time that alerts arrive", () => {
    const times = all
      .filter(({ receiver }) => receiver === "heartbeat")
      .map(({ receivedAt }) => Date.parse(receivedAt));
    const gaps = times.slice(1).map((time, index) => (times[index] ?? 0) - time);
    expect(times.length).toBeGreaterThan(5);
    // Looked at every 30 s, and told again when a minute has passed.
    expect(Math.max(...gaps)).toBeLessThan(minutes(2));
  });
});
