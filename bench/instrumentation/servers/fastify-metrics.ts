import Fastify from "fastify";
import metrics from "fastify-metrics";
import { answer, report } from "./harness";

const app = Fastify();
void app.register(metrics, {
  endpoint: "/metrics",
  routeMetrics: { enabled: { histogram: true, summary: false } },
});
void app.register((scope, _options, done) => {
  scope.get("/products/:id", () => answer);
  done();
});
void app.listen({ port: 0, host: "127.0.0.1" }).then(() => {
  report(app.server);
});
