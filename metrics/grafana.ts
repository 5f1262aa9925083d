import { foreign, owned } from "./define";
import { open } from "./labels";

/** What dashboards and rules read of Grafana. */
export const grafana = owned({ owner: "grafana", title: "Grafana", exportedBy: ["grafana"] }, [
  foreign("gauge", "grafana_build_info", {
    unit: "constant 1",
    help: "Version, in the labels.",
    labels: { branch: open(), edition: open(), goversion: open(), revision: open(), version: open() },
  }),
  foreign("histogram", "grafana_http_request_duration_seconds", {
    unit: "seconds",
    help: "Duration of HTTP requests.",
    labels: { handler: open(), method: open(), status_code: open() },
  }),
  foreign("counter", "grafana_datasource_request_total", {
    unit: "requests",
    help: "Requests to data sources.",
    labels: { datasource: open(), code: open(), method: open() },
    absentWhen: "no data source was asked yet",
  }),
  foreign("gauge", "grafana_stat_totals_dashboard", { unit: "dashboards", help: "Dashboards stored." }),
]);
