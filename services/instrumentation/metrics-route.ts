import type { FastifyInstance } from "fastify";
import { contentTypes, formatFor, type Format } from "./exposition";

/** Adds `/metrics`, in the format that the scraper asks for. */
export function addMetricsRoute(app: FastifyInstance, render: (format: Format) => Promise<string>): void {
  app.get(
    "/metrics",
    { config: { telemetry: false }, logLevel: "warn", exposeHeadRoute: false },
    async (request, reply) => {
      const format = formatFor(request.headers.accept);
      return reply.type(contentTypes[format]).send(await render(format));
    },
  );
}
