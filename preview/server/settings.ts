import type { Environment } from "../../environments";
import { secondsOf } from "../../metrics/duration";
import type { PreviewSettings } from "./handler";

/** Where the Prometheus of an environment is published on this machine, be it the demo's or a container. */
export function publishedPrometheus({ prometheus }: Environment): URL {
  return new URL(`http://127.0.0.1:${String(prometheus.hostPort)}`);
}

/** What the page must know of an environment that runs on this machine. */
export function settingsOf({ prometheus, jaeger, alerting }: Environment): PreviewSettings {
  return {
    scrapeIntervalSeconds: secondsOf(prometheus.scrapeInterval),
    jaegerUrl: `http://127.0.0.1:${String(jaeger.hostPort)}`,
    alertmanagerUrl: `http://127.0.0.1:${String(alerting.hostPort)}`,
  };
}
