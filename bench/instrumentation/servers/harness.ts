import type { AddressInfo } from "node:net";
import type { Server } from "node:http";

/** What each route of the benchmark answers. */
export const answer = { id: "42", name: "Fountain pen", price: 39, stock: 7 };

/** CPU time used so far, in microseconds. */
export interface CpuMessage {
  readonly type: "cpu";
  readonly microseconds: number;
}

/** Tells the benchmark where the server listens, and its CPU time whenever it asks. */
export function report(server: Server): void {
  const { port } = server.address() as AddressInfo;
  process.send?.({ type: "listening", port });
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ type: "cpu", microseconds: user + system } satisfies CpuMessage);
  });
  process.on("disconnect", () => process.exit(0));
}
