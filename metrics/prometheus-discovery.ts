import { foreign, owned } from "./define";
import { open } from "./labels";

/** Prometheus on its discovery of targets. */
export const prometheusDiscovery = owned({ owner: "prometheus", exportedBy: ["prometheus"] }, [
  foreign("counter", "prometheus_sd_refresh_failures_total", {
    onlyWith: "discovered-targets",
    unit: "refreshes",
    help: "Times that it could not be found out which targets there are; those found before stay. Of DNS it counts none.",
    labels: { mechanism: open(), config: open() },
  }),
  foreign("counter", "prometheus_sd_dns_lookup_failures_total", {
    unit: "lookups",
    help: "Names that could not be looked up for their targets; those found before stay.",
  }),
]);
