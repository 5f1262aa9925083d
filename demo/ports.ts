import { assertFreePort } from "../operations/loopback-port";
import { portHolder } from "../operations/port-holder";
import { demoOf } from "./workspace";

/** A port that a program is to listen at. */
export interface WantedPort {
  readonly port: number;
  /** Name of the program. */
  readonly program: string;
}

/** @throws Error that lists the ports that are taken, and by whom, where that can be seen */
export async function assertFree(wanted: readonly WantedPort[]): Promise<void> {
  const taken: string[] = [];
  for (const { port, program } of wanted) {
    try {
      await assertFreePort(port);
    } catch (error) {
      taken.push(`  ${String(port)}, of ${program}: ${reason(error, port)}`);
    }
  }
  if (taken.length === 0) return;
  throw new Error(
    `${taken.length === 1 ? "A port is" : "Ports are"} taken:\n${taken.join("\n")}\n` +
      "Stop what is there, or take free ports: npm run demo -- --free-ports",
  );
}

function reason(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "EADDRINUSE") return message;
  const owner = portHolder(port);
  if (!owner) return "taken by a program of another user";
  const demo = demoOf(owner.pid);
  return `taken by ${owner.name} (process ${String(owner.pid)}${demo === undefined ? "" : `, of the demo that runs as process ${String(demo)}`})`;
}
