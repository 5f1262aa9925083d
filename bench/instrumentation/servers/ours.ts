import Fastify from "fastify";
import { instrumentation } from "../../../services/platform/instrumentation";
import { answer, report } from "./harness";

/** With metrics; with traces too where the environment names a collector. */
const app = Fastify();
void app.register(instrumentation, { service: "product-service" });
void app.register((scope, _options, done) => {
  scope.get("/products/:id", () => answer);
  done();
});
void app.listen({ port: 0, host: "127.0.0.1" }).then(() => {
  report(app.server);
});
