import { matches, rate, select, sum } from "../metrics/promql";
import { entry } from "../services/programs";
import type { Demo } from "./demo";

/** What the running system shows of itself. What cannot be asked, as the program is missing or silent, is undefined. */
export interface DemoStatus {
  /** Seconds since everything was ready. */
  readonly seconds: number;
  /** Requests that the traffic has sent; undefined where there is none. */
  readonly sent: number | undefined;
  /** Programs that have ended though nobody asked them to. */
  readonly ended: readonly string[];
  /** Targets of Prometheus's configuration, those whose last scrape succeeded, and those whose did not, by job. */
  readonly targets:
    { readonly up: number; readonly all: number; readonly down: readonly string[] } | undefined;
  /** Requests a second that customers were answered, and failures among them, over the last minute. */
  readonly requests: { readonly perSecond: number; readonly failedPerSecond: number } | undefined;
  /** Names of the alerts that fire in Prometheus. */
  readonly firing: readonly string[] | undefined;
  /** How many messages the inbox has. */
  readonly messages: number | undefined;
}

const atEntry = { service: entry } as const;
const requests = sum(rate(select("http_requests_total", atEntry), "1m"));
const failed = sum(rate(select("http_requests_total", { ...atEntry, status_code: matches("5..") }), "1m"));

/** Asks the programs of the demo. */
export async function askStatus(demo: Demo, seconds: number, sent: number | undefined): Promise<DemoStatus> {
  const { prometheus, inbox, programs } = demo;
  const [targets, perSecond, failedPerSecond, alerts, messages] = await Promise.all([
    answer(prometheus?.targets()),
    answer(prometheus?.query(String(requests))),
    answer(prometheus?.query(String(failed))),
    answer(prometheus?.alerts()),
    answer(inbox.messages()),
  ]);
  const [rateOfAll] = perSecond ?? [];
  return {
    seconds,
    sent,
    ended: programs.filter(({ isRunning }) => !isRunning).map(({ name }) => name),
    targets: targets && {
      up: targets.filter(({ health }) => health === "up").length,
      all: Math.max(targets.length, prometheus?.targetCount ?? 0),
      down: targets.filter(({ health }) => health === "down").map(({ scrapePool }) => scrapePool),
    },
    // There is no rate before the second scrape, and no failure before the first.
    requests: rateOfAll && { perSecond: rateOfAll.value, failedPerSecond: failedPerSecond?.[0]?.value ?? 0 },
    firing: alerts && [
      ...new Set(
        alerts.filter(({ state }) => state === "firing").map(({ labels }) => labels.alertname ?? ""),
      ),
    ],
    messages: messages?.length,
  };
}

/** What is answered; undefined where nothing is. */
export async function answer<T>(question: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await question;
  } catch {
    return undefined;
  }
}
