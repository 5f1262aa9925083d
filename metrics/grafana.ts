import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";

/** What dashboards and rules read of Grafana, as 13.2 exports it. */
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
  foreign("counter", "grafana_plugin_request_total", {
    unit: "requests",
    help: "Requests to data sources, those that nobody answered included.",
    labels: {
      plugin_id: open(),
      endpoint: open(),
      status: oneOf("ok", "error", "cancelled"),
      status_source: open(),
      target: open(),
    },
    absentWhen: "no data source was asked yet",
  }),
  foreign("counter", "grafana_datasource_request_total", {
    unit: "requests",
    help: "HTTP requests that data sources answered, by the status of the answer.",
    labels: { datasource: open(), datasource_type: open(), code: open(), method: open() },
    absentWhen: "no data source was asked yet",
  }),
  foreign("gauge", "grafana_stat_totals_dashboard", { unit: "dashboards", help: "Dashboards stored." }),
]);
