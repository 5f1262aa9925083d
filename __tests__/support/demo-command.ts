import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../demo/demo";
import type { ProgramVersion } from "../../demo/program-versions";

const root = join(__dirname, "..", "..");

/** An object that `npm run demo -- --json` prints. */
export type DemoEvent =
  | {
      readonly event: "started";
      readonly programs: readonly { readonly name: string; readonly url: string; readonly pid: number }[];
      readonly versions: readonly ProgramVersion[];
      readonly pages: Demo["pages"];
      readonly missing: readonly { readonly name: string; readonly reason: string }[];
      readonly absent: readonly { readonly job: string; readonly address: string }[];
      /** Where spans are taken, where Jaeger runs. */
      readonly otlpUrl?: string;
      /** Address of the page that shows it. */
      readonly page: string;
    }
  | {
      readonly event: "status";
      readonly seconds: number;
      readonly sent?: number;
      readonly targets?: { readonly up: number; readonly all: number; readonly down: readonly string[] };
      readonly requests?: { readonly perSecond: number; readonly failedPerSecond: number };
      readonly firing?: readonly string[];
      readonly messages?: number;
    }
  | { readonly event: "ended"; readonly program: string; readonly how: string }
  | {
      readonly event: "stopped";
      readonly sent?: {
        readonly requests: number;
        readonly serverErrors: number;
        readonly unanswered: number;
      };
    };

/** `npm run demo`, as a user starts it. */
export class DemoCommand {
  readonly lines: string[] = [];
  /** Exit status of npm; null where a signal ended it, as Ctrl-C does. */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn("npm", ["run", "--silent", "demo", "--", ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, as in a terminal: a signal to the group is Ctrl-C.
      detached: true,
    });
    process.once("exit", () => {
      if (!this.hasEnded) process.kill(-this.pid, "SIGKILL");
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", (line) => this.lines.push(line));
    }
    this.ended = once(this.child, "close").then(([code]) => code as number | null);
  }

  /** Process id of npm. */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error("npm did not start.");
    return this.child.pid;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  get output(): string {
    return this.lines.join("\n");
  }

  /** The first event of a kind that a predicate accepts. */
  async event<E extends DemoEvent["event"]>(
    kind: E,
    timeoutMs: number,
    accepts: (event: Extract<DemoEvent, { event: E }>) => boolean = () => true,
  ): Promise<Extract<DemoEvent, { event: E }>> {
    return this.waitFor(`"${kind}"`, timeoutMs, () => this.events(kind).find(accepts));
  }

  /** The first event of a kind that comes from now on. */
  async next<E extends DemoEvent["event"]>(
    kind: E,
    timeoutMs: number,
  ): Promise<Extract<DemoEvent, { event: E }>> {
    const seen = new Set(this.events(kind).map((event) => JSON.stringify(event)));
    return this.event(kind, timeoutMs, (event) => !seen.has(JSON.stringify(event)));
  }

  /** The first line that matches. */
  line(pattern: RegExp, timeoutMs: number): Promise<string> {
    return this.waitFor(String(pattern), timeoutMs, () => this.lines.find((line) => pattern.test(line)));
  }

  /** Presses Ctrl-C, unless it has ended, and waits for the end. */
  async interrupt(): Promise<void> {
    if (!this.hasEnded) process.kill(-this.pid, "SIGINT");
    await this.ended;
  }

  private events<E extends DemoEvent["event"]>(kind: E) {
    return this.lines
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as DemoEvent)
      .filter((event): event is Extract<DemoEvent, { event: E }> => event.event === kind);
  }

  private async waitFor<T>(what: string, timeoutMs: number, find: () => T | undefined): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const isOver = this.hasEnded || Date.now() > end;
      if (isOver) throw new Error(`There is no ${what} within ${String(timeoutMs)} ms:\n${this.output}`);
      await sleep(50);
    }
  }
}

/** Temporary folders of demos, but for those that were there before. */
export function demoFolders(before: readonly string[] = []): string[] {
  return readdirSync(tmpdir()).filter(
    (name) => name.startsWith("microservices-monitoring-demo-") && !before.includes(name),
  );
}
