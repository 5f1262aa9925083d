import Fastify from "fastify";
import { http as group } from "../../../metrics/http";
import { bounded } from "../../../metrics/labels";
import { render } from "../../../services/instrumentation/exposition";
import { HttpMetrics } from "../../../services/instrumentation/http-metrics";
import { LabelBounds } from "../../../services/instrumentation/label-bounds";
import { addMetricsRoute } from "../../../services/instrumentation/metrics-route";
import { PrometheusRegistry } from "../../../services/instrumentation/prometheus";
import { report } from "./harness";

/** More label sets than the catalogue would let a service have: 670 of 15 series each, and those of the runtime. */
const routes = 670;
const { http_requests_total: requests, http_request_duration_seconds: duration } = group;
const labels = { ...requests.labels, route: bounded({ max: routes, rest: "unmatched" }) };
const wide = { labels, maxLabelSets: routes };
const http = new HttpMetrics(new LabelBounds(), { ...requests, ...wide }, { ...duration, ...wide });
for (let route = 0; route < routes; route++) http.record("GET", `/route-${String(route)}`, 200, 0.01);

const registry = new PrometheusRegistry();
registry.addRuntimeMetrics();
const app = Fastify();
addMetricsRoute(app, async (format) => render([...(await registry.families()), ...http.families()], format));
void app.listen({ port: 0, host: "127.0.0.1" }).then(() => {
  report(app.server);
});
