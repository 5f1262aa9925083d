import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** A program that goes on until Ctrl-C. */
export class StartedProgram {
  output = "";
  /** Its exit status; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  /**
   * @param folder in which it runs
   * @param env variables on top of those of this process; undefined takes one away
   */
  constructor(
    folder: string,
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string | undefined>> = {},
  ) {
    this.child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, as in a terminal: a signal to the group is Ctrl-C.
      detached: true,
    });
    const kill = () => {
      this.signal("SIGKILL");
    };
    process.once("exit", kill);
    this.child.once("close", () => process.off("exit", kill));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    this.ended = once(this.child, "close").then(([code]) => code as number | null);
  }

  /** @throws Error with all that it printed, where it ends or the time is over before it prints this */
  async said(pattern: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
    for (const end = Date.now() + timeoutMs; ; await sleep(20)) {
      const found = pattern.exec(this.output);
      if (found) return found;
      const isOver = this.child.exitCode !== null || Date.now() > end;
      if (isOver) throw new Error(`It did not print ${String(pattern)}:\n${this.output}`);
    }
  }

  /** Presses Ctrl-C, unless it has ended, and waits for the end. */
  async interrupt(): Promise<number | null> {
    this.signal("SIGINT");
    return this.ended;
  }

  private signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }
}

/** `npm run` of a script that goes on until Ctrl-C, as a user starts it. Ctrl-C ends npm by the signal, too. */
export class NpmCommand extends StartedProgram {
  /** @param folder of the project */
  constructor(
    folder: string,
    script: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ) {
    super(folder, "npm", ["run", "--silent", script, "--", ...args], env);
  }
}
