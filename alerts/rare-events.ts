import type { Duration } from "../metrics/promql";
import { checkedScrapeSeconds, durationOf, secondsOf } from "./durations";
import type { RuleSettings } from "./rule";

/** The range of rates where nothing asks for a longer one. */
const shortestSeconds = 300;

/**
 * A range in which an event that comes every so many seconds is always seen, wherever scrapes and evaluations lie: three
 * times as long, and at least `5m`. An increase is seen only where there is a sample on either side of it, and Prometheus
 * leaves out one at the range's left edge: up to two scrapes of the range show nothing.
 */
export function rangeOver(spacingSeconds: number): Duration {
  return durationOf(Math.max(shortestSeconds, Math.ceil((3 * spacingSeconds) / 60) * 60));
}

type Settings = Pick<RuleSettings, "scrapeInterval" | "longestGroupInterval">;

/** Time between two evaluations of the groups that are evaluated least often. */
export const slowestEvaluation: Duration = "2m";

/** For what each evaluation of a rule may do: Prometheus's own interval is that of the scrapes. */
export function evaluationRange({ scrapeInterval }: Settings): Duration {
  return rangeOver(Math.max(secondsOf(slowestEvaluation), checkedScrapeSeconds(scrapeInterval)));
}

/** For what each scrape of a target may do. */
export function scrapeRange({ scrapeInterval }: Pick<Settings, "scrapeInterval">): Duration {
  return rangeOver(checkedScrapeSeconds(scrapeInterval));
}

/** Prometheus sends an alert that goes on again after a minute, at the evaluation that follows. */
const resendSeconds = 60;

/** For what each sending of the alerts to an Alertmanager may do; the Watchdog is always among them. */
export function sendingRange({ scrapeInterval }: Settings): Duration {
  return rangeOver(resendSeconds + checkedScrapeSeconds(scrapeInterval));
}

/**
 * For what each notification of a receiver may do: Alertmanager tries one that failed again when the group interval has
 * passed, and no sooner.
 */
export function notificationRange({ longestGroupInterval }: Settings): Duration {
  return rangeOver(secondsOf(longestGroupInterval));
}
