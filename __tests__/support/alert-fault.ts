import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../demo/demo";
import { isAbout, type Fault } from "../../demo/faults/fault";
import type { InboxMessage } from "../../operations/clients/inbox-client";
import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import { bestTimes, nextAfter } from "../../demo/timing/best";
import { targetOf, timingOf } from "../../demo/timing/intervals";
import { secondsOf } from "../../metrics/duration";

/** What came of a fault, by receiver. */
export interface Story {
  readonly firing: readonly InboxMessage[];
  readonly resolved: readonly InboxMessage[];
  /** From the fault to the last receiver's message, in milliseconds. */
  readonly delayMs: number;
  /** The same, if nothing took any time but what the configuration waits for. */
  readonly bestMs: number;
}

/** How messages of a severity are sent. */
export interface Route {
  /** As the inbox names them. */
  readonly receivers: readonly string[];
  /** How long a first message waits for other alerts, in milliseconds. */
  readonly groupWaitMs: number;
}

/** Lets a fault happen, waits until all its receivers are told, mends it, and waits until they know that too. */
export async function tell(demo: Demo, fault: Fault, route: Route, limitMs: number): Promise<Story> {
  const prometheus = demo.prometheus;
  if (!prometheus) throw new Error("Prometheus does not run.");
  await fault.before?.();
  await betweenScrapes(prometheus, fault.job);
  const since = await fault.begin();
  const { firing: earliest } = bestTimes(since, await timingOf(prometheus, fault));
  const firing = await messagesOf(demo, fault, route, "firing", limitMs);
  const last = Math.max(...firing.map(({ receivedAt }) => Date.parse(receivedAt)));
  if (fault.silencesWarning === true) await warningSilenced(demo, fault, limitMs);
  await fault.mend();
  const resolved = await messagesOf(demo, fault, route, "resolved", limitMs);
  return { firing, resolved, delayMs: last - since, bestMs: earliest + route.groupWaitMs - since };
}

function messagesOf(
  demo: Demo,
  fault: Fault,
  { receivers }: Route,
  status: InboxMessage["status"],
  limitMs: number,
): Promise<InboxMessage[]> {
  return Promise.all(
    receivers.map((receiver) =>
      demo.inbox.message((each) => isAbout(fault, each), limitMs, { receiver, status }),
    ),
  );
}

/** Waits until half an interval after a scrape, so that there is no doubt which scrape is the first after a fault. */
async function betweenScrapes(prometheus: PrometheusClient, job: string): Promise<void> {
  const { lastScrape, scrapeInterval } = await targetOf(prometheus, job);
  const intervalMs = secondsOf(scrapeInterval) * 1_000;
  await sleep(nextAfter(Date.now(), Date.parse(lastScrape) + intervalMs / 2, intervalMs) - Date.now());
}

async function warningSilenced(demo: Demo, { alert, service }: Fault, limitMs: number): Promise<void> {
  const [alertmanager] = demo.alertmanagers;
  for (const end = Date.now() + limitMs; ; await sleep(200)) {
    const alerts = (await alertmanager?.alerts()) ?? [];
    const warning = alerts.find(
      ({ labels }) =>
        labels.alertname === alert && labels.service === service && labels.severity === "warning",
    );
    if (warning?.status.state === "suppressed" && warning.status.inhibitedBy.length > 0) return;
    if (Date.now() > end)
      throw new Error(`The warning of ${alert} is ${warning?.status.state ?? "not there"}.`);
  }
}
