import { setTimeout as sleep } from "node:timers/promises";
import { secondsOf } from "../../alerts/durations";
import type { Demo } from "../../demo/demo";
import type { InboxMessage } from "../../demo/inbox-client";
import type { EvaluatedGroup, PrometheusClient, Target } from "../../demo/prometheus-client";

/** Something that goes wrong, and the alert that must tell it. */
export interface Fault {
  readonly alert: string;
  readonly severity: "critical" | "warning";
  /** Value of the alert's label `service`. */
  readonly service: string;
  /** Name of the job whose scrapes show it. */
  readonly job: string;
  /** What messages must say of it. */
  readonly says: readonly (string | RegExp)[];
  /** Lets it happen. Gives the time from which on a scrape shows it, as Unix milliseconds. */
  readonly begin: () => number | Promise<number>;
  /** Mends it. */
  readonly mend: () => void | Promise<void>;
  /** Ends what still goes on when all have been told. */
  readonly after?: () => Promise<void>;
  /** Whether the alert of the same name that is a warning must be there, too, and be silenced by the critical one. */
  readonly silencesWarning?: boolean;
}

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

/** How long Prometheus takes at most to write what a scrape gave, in milliseconds. */
const writingMs = 20;

/** Lets a fault happen, waits until all its receivers are told, mends it, and waits until they know that too. */
export async function tell(demo: Demo, fault: Fault, route: Route, limitMs: number): Promise<Story> {
  const prometheus = demo.prometheus;
  if (!prometheus) throw new Error("Prometheus does not run.");
  await betweenScrapes(prometheus, fault.job);
  const since = await fault.begin();
  const earliest = await earliestMessage(prometheus, fault, since);
  const firing = await messagesOf(demo, fault, route, "firing", limitMs);
  const last = Math.max(...firing.map(({ receivedAt }) => Date.parse(receivedAt)));
  if (fault.silencesWarning === true) await warningSilenced(demo, fault, limitMs);
  await fault.mend();
  const resolved = await messagesOf(demo, fault, route, "resolved", limitMs);
  return { firing, resolved, delayMs: last - since, bestMs: earliest + route.groupWaitMs - since };
}

/** Whether a message is about the fault's alert. */
export function isAbout(
  { alert, service }: Pick<Fault, "alert" | "service">,
  { title, text }: InboxMessage,
): boolean {
  return [alert, service].every((word) => `${title}\n${text}`.includes(word));
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

/**
 * When the alert can leave Prometheus at the earliest, as Unix milliseconds: the next scrape after the fault shows it,
 * the next evaluation after that sees it, and it must hold as long as the rule says.
 */
export async function earliestMessage(
  prometheus: PrometheusClient,
  fault: Pick<Fault, "alert" | "severity" | "job">,
  since: number,
): Promise<number> {
  const target = await targetOf(prometheus, fault.job);
  const groups = await prometheus.ruleGroups();
  const isRule = ({ type, name, labels }: EvaluatedGroup["rules"][number]) =>
    type === "alerting" && name === fault.alert && labels?.severity === fault.severity;
  const group = groups.find(({ rules }) => rules.some(isRule));
  const rule = group?.rules.find(isRule);
  if (!group || !rule) throw new Error(`There is no rule ${fault.alert}.`);
  const scrapeMs = secondsOf(target.scrapeInterval) * 1_000;
  const intervalMs = group.interval * 1_000;
  const scraped = nextAfter(since, Date.parse(target.lastScrape), scrapeMs);
  // Rules see a sample when the scrape has ended and is written.
  const written = scraped + target.lastScrapeDuration * 1_000 + writingMs;
  const seen = nextAfter(written, Date.parse(group.lastEvaluation), intervalMs);
  return seen + Math.ceil(((rule.duration ?? 0) * 1_000) / intervalMs) * intervalMs;
}

/** Waits until half an interval after a scrape, so that there is no doubt which scrape is the first after a fault. */
async function betweenScrapes(prometheus: PrometheusClient, job: string): Promise<void> {
  const { lastScrape, scrapeInterval } = await targetOf(prometheus, job);
  const intervalMs = secondsOf(scrapeInterval) * 1_000;
  await sleep(nextAfter(Date.now(), Date.parse(lastScrape) + intervalMs / 2, intervalMs) - Date.now());
}

async function targetOf(prometheus: PrometheusClient, job: string): Promise<Target> {
  const target = (await prometheus.targets()).find(({ scrapePool }) => scrapePool === job);
  if (!target) throw new Error(`There is no job ${job}.`);
  return target;
}

/** The first moment at or after a time of those that lie whole intervals from another one. */
function nextAfter(time: number, one: number, interval: number): number {
  return one + Math.ceil((time - one) / interval) * interval;
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
