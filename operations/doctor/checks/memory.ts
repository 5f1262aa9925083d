import { type Finding, ok, warning } from "../../checks/check";
import type { DoctorCheck } from "../check";

/** Whether the engine's host has the memory that the containers may take together. */
export const memoryCheck: DoctorCheck = {
  name: "Memory",
  isCheap: true,
  timeLimitMs: 20_000,
  async run({ engine, contents }): Promise<Finding[]> {
    const info = await engine?.get<{ MemTotal: number }>("/info").catch(() => undefined);
    if (!info) return [];
    const limits = contents.flatMap(({ containers }) => containers.map(({ memoryMb }) => memoryMb));
    const wanted = limits.reduce((sum, limit) => sum + limit, 0);
    const there = Math.floor(info.MemTotal / 1024 ** 2);
    const text = `the engine has ${String(there)} MiB, the limits of ${String(limits.length)} containers add up to ${String(wanted)} MiB`;
    return wanted > there
      ? [warning(text, "Give Docker more memory, or lower `limits` in the environment's file.")]
      : [ok(text)];
  },
};
