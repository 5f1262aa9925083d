import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { Problem } from "./problem";

/** Header that asks for a fault: `error`, `slow`, or `slow=<ms>` with up to four digits. */
export const faultHeader = "x-fault";

/** By how much `x-fault: slow` delays an answer, in milliseconds. */
export const slowAnswerMs = 750;

/** Lets callers ask for failed (500) and slow answers. Registered only where `FAULT_INJECTION` is `on`. */
export function injectFaults(app: FastifyInstance): void {
  app.addHook("preHandler", async (request) => {
    if (request.routeOptions.config.telemetry === false) return;
    const fault = request.headers[faultHeader];
    if (fault === "error") throw new Problem(500, "This failure was asked for by the header x-fault.");
    const delay = /^slow(?:=(\d{1,4}))?$/.exec(String(fault));
    if (delay) await sleep(delay[1] === undefined ? slowAnswerMs : Number(delay[1]));
  });
}
