import Fastify from "fastify";
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import { http as group } from "../../../metrics/http";
import { report } from "./harness";

/** The series of `many-series.ts`, kept and rendered by prom-client itself. */
const routes = 670;
const { http_requests_total: requests, http_request_duration_seconds: duration } = group;
const registry = new Registry();
const common = { labelNames: Object.keys(requests.labels), registers: [registry] };
const counter = new Counter({ ...common, name: requests.name, help: requests.help });
const histogram = new Histogram({
  ...common,
  name: duration.name,
  help: duration.help,
  buckets: [...(duration.buckets ?? [])],
});
for (let route = 0; route < routes; route++) {
  const labels = { method: "GET", route: `/route-${String(route)}`, status_code: "200" };
  counter.inc(labels);
  histogram.observe(labels, 0.01);
}
collectDefaultMetrics({ register: registry });
const app = Fastify();
app.get("/metrics", async (_request, reply) =>
  reply.type(registry.contentType).send(await registry.metrics()),
);
void app.listen({ port: 0, host: "127.0.0.1" }).then(() => {
  report(app.server);
});
