import type { FastifyInstance } from "fastify";
import { contentTypes, formatFor } from "./exposition";
import type { PrometheusRegistry } from "./prometheus";

/** Adds `/metrics`, in the format that the scraper asks for. */
export function addMetricsRoute(app: FastifyInstance, registry: PrometheusRegistry): void {
  app.get(
    "/metrics",
    { config: { telemetry: false }, logLevel: "warn", exposeHeadRoute: false },
    async (request, reply) => {
      const format = formatFor(request.headers.accept);
      return reply.type(contentTypes[format]).send(await registry.render(format));
    },
  );
}
