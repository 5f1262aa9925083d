import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { Problem } from "./problem";

/** Header that asks for a fault: `error` or `slow`. */
export const faultHeader = "x-fault";

/** By how much `x-fault: slow` delays an answer. */
export const slowAnswerMs = 750;

/** Lets callers ask for failed (500) and slow answers. Registered only where `FAULT_INJECTION` is `on`. */
export function injectFaults(app: FastifyInstance): void {
  app.addHook("preHandler", async (request) => {
    if (request.routeOptions.config.telemetry === false) return;
    const fault = request.headers[faultHeader];
    if (fault === "error") throw new Problem(500, "This failure was asked for by the header x-fault.");
    if (fault === "slow") await sleep(slowAnswerMs);
  });
}
