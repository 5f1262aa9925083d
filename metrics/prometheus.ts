import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";
import { prometheusAgent } from "./prometheus-agent";
import { prometheusDiscovery } from "./prometheus-discovery";
import { prometheusRemoteWrite } from "./prometheus-remote-write";
import { prometheusServer } from "./prometheus-server";
import { everyTarget } from "./targets";

const seconds = { unit: "seconds" } as const;
const samples = { unit: "samples" } as const;

/** What Prometheus writes of each scrape, with the labels of the target. */
const scrapes = owned({ owner: "prometheus", title: "Prometheus", exportedBy: [everyTarget] }, [
  foreign("gauge", "up", { unit: "boolean", help: "Whether the last scrape succeeded (1) or not (0)." }),
  foreign("gauge", "scrape_duration_seconds", { ...seconds, help: "Duration of the scrape." }),
  foreign("gauge", "scrape_samples_scraped", { ...samples, help: "Samples that the target exposed." }),
  foreign("gauge", "scrape_samples_post_metric_relabeling", {
    ...samples,
    help: "Samples left after relabeling.",
  }),
  foreign("gauge", "scrape_series_added", {
    unit: "series",
    help: "About how many series the scrape added.",
  }),
]);

/** What Prometheus writes of each alert that is pending or fires. */
const alerts = owned({ owner: "prometheus", exportedBy: ["prometheus"] }, [
  foreign("gauge", "ALERTS", {
    unit: "constant 1",
    help: "An alert that is pending or fires, with the labels of its rule.",
    labels: {
      alertname: open(),
      alertstate: oneOf("pending", "firing"),
      severity: oneOf("critical", "warning", "none"),
    },
    absentWhen: "no alert is pending or fires",
  }),
  foreign("gauge", "ALERTS_FOR_STATE", {
    ...seconds,
    help: "When an alert became pending, in Unix time.",
    labels: { alertname: open(), severity: oneOf("critical", "warning", "none") },
    absentWhen: "no alert is pending or fires",
  }),
]);

/** What dashboards and rules read of Prometheus, as 3.13 exports it. */
export const prometheus = {
  ...scrapes,
  ...alerts,
  ...prometheusServer,
  ...prometheusDiscovery,
  ...prometheusRemoteWrite,
  ...prometheusAgent,
};
