import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { tethered } from "./tether";

/** A program to run. */
export interface ProgramSpec {
  /** How messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the program. Default: that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: that of this process. */
  readonly cwd?: string;
  /** Gets each line that the program prints. Default: lines are dropped, but for the last ones, which errors show. */
  readonly onLine?: (line: string) => void;
  /** True for a Node program that talks to this process and ends when this process is gone. Default: false. */
  readonly ipc?: boolean;
}

/** How a program ended: with a status, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How many of a program's last lines errors show. */
const keptLines = 20;

/** A program that runs as a child of this process. */
export class ManagedProcess {
  /** Settles when the program has ended. */
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private exit: Exit | undefined;

  constructor(readonly spec: ProgramSpec) {
    const { command, args, env, cwd, ipc } = spec;
    const [program = command, ...rest] = ipc ? [command, ...args] : tethered(command, args);
    this.child = spawn(program, rest, {
      ...(cwd !== undefined && { cwd }),
      ...(env && { env: { ...env } }),
      // Ctrl-C in a terminal reaches this process alone, which ends the others in order.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", ...(ipc ? (["ipc"] as const) : [])],
    });
    running.add(this);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on("line", (line) => {
          this.keep(line);
        });
      }
    }
    this.exited = this.ending();
  }

  /** Process id; undefined when the program could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Whether it has not ended yet. */
  get isRunning(): boolean {
    return this.exit === undefined;
  }

  /**
   * The first message of the program that is of this type (programs with `ipc` only).
   * @throws Error when the program ends or the time is over before that
   */
  async message<T extends { readonly type: string }>(type: T["type"], timeoutMs: number): Promise<T> {
    const arrived = new Promise<T>((resolve) => {
      this.child.on("message", (message: unknown) => {
        if (isOfType<T>(message, type)) resolve(message);
      });
    });
    return this.whileRunning(arrived, timeoutMs, `sent no "${type}"`);
  }

  /** Sends a message to the program (programs with `ipc` only). */
  send(message: string): void {
    this.child.send(message);
  }

  /**
   * Waits until a GET of the address answers with a status below 400.
   * @throws Error when the program ends or the time is over before that
   */
  async healthy(url: string, timeoutMs: number): Promise<void> {
    const stop = new AbortController();
    const answers = (async () => {
      while (!stop.signal.aborted) {
        if (await isHealthy(url)) return;
        await sleep(50);
      }
    })();
    try {
      await this.whileRunning(answers, timeoutMs, `did not answer at ${url}`);
    } finally {
      stop.abort();
    }
  }

  /** Sends a signal. */
  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends the program by SIGTERM, and by SIGKILL where that is not enough. */
  async stop(graceMs = 15_000): Promise<Exit> {
    if (this.exit) return this.exit;
    this.kill("SIGTERM");
    const timer = setTimeout(() => {
      this.kill("SIGKILL");
    }, graceMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  private async ending(): Promise<Exit> {
    const exit = await new Promise<Exit>((resolve) => {
      this.child.once("close", (code, signal) => {
        resolve({ code, signal });
      });
      this.child.once("error", (error) => {
        this.keep(error.message);
        if (this.child.pid === undefined) resolve({ code: 127, signal: null });
      });
    });
    this.exit = exit;
    running.delete(this);
    return exit;
  }

  private keep(line: string): void {
    this.lines.push(line);
    if (this.lines.length > keptLines) this.lines.shift();
    this.spec.onLine?.(line);
  }

  private async whileRunning<T>(work: Promise<T>, timeoutMs: number, lack: string): Promise<T> {
    const over = new AbortController();
    const ended = this.exited.then(({ code, signal }) => {
      throw new Error(this.describe(`ended with ${signal ?? `status ${String(code)}`}`));
    });
    const late = sleep(timeoutMs, undefined, { signal: over.signal }).then(() => {
      throw new Error(this.describe(`${lack} within ${String(timeoutMs / 1000)} s`));
    });
    try {
      return await Promise.race([work, ended, late]);
    } finally {
      late.catch(() => undefined);
      ended.catch(() => undefined);
      over.abort();
    }
  }

  private describe(what: string): string {
    const said = this.lines.length === 0 ? "" : `. Its last lines:\n${this.lines.join("\n")}`;
    return `${this.spec.name} ${what}${said}`;
  }
}

/** What this process has started and not yet seen ending. */
const running = new Set<ManagedProcess>();

// However this process ends, short of SIGKILL, nothing that it started stays behind.
process.on("exit", () => {
  for (const each of running) each.kill("SIGKILL");
});

/** Stops programs in the reverse order of their start. */
export async function stopAll(programs: readonly ManagedProcess[]): Promise<void> {
  for (const program of [...programs].reverse()) await program.stop();
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}

function isOfType<T extends { readonly type: string }>(message: unknown, type: string): message is T {
  return typeof message === "object" && message !== null && "type" in message && message.type === type;
}
