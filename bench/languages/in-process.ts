import { spawnSync } from "node:child_process";
import { z } from "zod";
import type { Prepared } from "./prepare";
import type { Kind } from "./server";

/** A round in process takes a tenth of one with servers, so that there are as many times more. */
const roundsForOne = 10;

const figures = z.array(z.number());
const output = z.object({ bare: figures, ours: figures, peer: figures });

/** The CPU of handlers that one process calls in turn, in microseconds per request and round. */
export function callInProcess(
  { command, env }: Prepared,
  rounds: number,
): Readonly<Record<Kind, readonly number[]>> {
  const { status, stdout, stderr } = spawnSync(command, ["in-process", String(rounds * roundsForOne)], {
    encoding: "utf8",
    env: { ...process.env, ...env, OTEL_SDK_DISABLED: "true" },
    maxBuffer: 2 ** 26,
    timeout: 600_000,
  });
  if (status !== 0) throw new Error(`The handlers could not be measured in process:\n${stderr}`);
  return output.parse(JSON.parse(stdout));
}
