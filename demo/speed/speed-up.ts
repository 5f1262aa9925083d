import type { DemoOptions } from "../demo";
import type { Environment } from "../../environments";
import { secondsOf } from "../../metrics/duration";
import { faster } from "./faster";

/** The flags of Prometheus and Alertmanager whose defaults are times, in seconds. */
const timesByDefault = {
  prometheus: {
    "query.lookback-delta": 300,
    "rules.alert.for-grace-period": 600,
    "rules.alert.for-outage-tolerance": 3_600,
    "rules.alert.resend-delay": 60,
  },
  clusteredAlertmanager: {
    "cluster.gossip-interval": 0.2,
    "cluster.peer-timeout": 15,
    "cluster.pushpull-interval": 60,
    "cluster.settle-timeout": 60,
  },
} as const;

/**
 * What makes the demo run a number of times faster: all times of the rules, the scrapes and the routes are divided by
 * it, and those that are built in too. The programs, the rules and what they say are the same.
 */
export function speedUp(
  factor: number,
  { alerting, prometheus }: Pick<Environment, "alerting" | "prometheus">,
): Required<Pick<DemoOptions, "edit" | "flags">> {
  if (factor === 1) return { edit: (_path, text) => text, flags: {} };
  const divided = (times: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(times).map(([flag, seconds]) => [
        flag,
        `${String(Math.round((seconds * 1_000) / factor))}ms`,
      ]),
    );
  return {
    edit: (path, text) => (/\.ya?ml$/.test(path) ? faster(text, factor) : text),
    flags: {
      prometheus: divided(timesByDefault.prometheus),
      alertmanager: alerting.replicas > 1 ? divided(timesByDefault.clusteredAlertmanager) : {},
      "blackbox-exporter": {
        "timeout-offset": String(probeOffset(secondsOf(prometheus.scrapeInterval) / factor)),
      },
    },
  };
}

/**
 * How long before the end of a scrape a probe gives up, in seconds: as by default, or half of the scrape where that is
 * less, so that time is left for a probe.
 */
function probeOffset(scrapeSeconds: number): number {
  return Math.min(0.5, scrapeSeconds / 2);
}
