import type { FastifyInstance } from "fastify";

/** Says whether a service can do its work at this moment. A rejection counts as no. */
export type ReadinessCheck = () => boolean | Promise<boolean>;

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
export function addHealthRoutes(app: FastifyInstance, check: ReadinessCheck = () => true): void {
  const options = { config: { telemetry: false }, logLevel: "warn", exposeHeadRoute: false } as const;
  let isClosing = false;
  app.decorate("stopBeingReady", () => {
    isClosing = true;
  });
  for (const path of ["/health", "/health/live"]) {
    app.get(path, options, () => ({ status: "ok" }));
  }
  app.get("/health/ready", options, async (_request, reply) => {
    const isReady = !isClosing && (await passes(check));
    return isReady ? { status: "ok" } : reply.code(503).send({ status: "unavailable" });
  });
}

async function passes(check: ReadinessCheck): Promise<boolean> {
  try {
    return await check();
  } catch {
    return false;
  }
}
