import type { FastifyInstance } from "fastify";
import { ok, Readiness, unavailable, type ReadinessCheck } from "./readiness";

declare module "fastify" {
  interface FastifyInstance {
    /** Makes `/health/ready` answer 503 from now on, so that load balancers send no more requests. */
    stopBeingReady(): void;
  }
}

/**
 * Adds `/health` and `/health/live` (the process answers) and `/health/ready` (it should get requests): 200 with
 * `{"status":"ok"}`, or 503 with `{"status":"unavailable"}`.
 */
export function addHealthRoutes(app: FastifyInstance, check?: ReadinessCheck): void {
  const options = { config: { telemetry: false }, logLevel: "warn", exposeHeadRoute: false } as const;
  const readiness = new Readiness(check);
  app.decorate("stopBeingReady", () => {
    readiness.stop();
  });
  for (const path of ["/health", "/health/live"]) app.get(path, options, () => ok);
  app.get("/health/ready", options, async (_request, reply) =>
    (await readiness.holds()) ? ok : reply.code(503).send(unavailable),
  );
}
