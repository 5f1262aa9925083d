import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A command that a document shows, and what it prints. `…` stands for any text, alone on a line for any lines. */
export interface ShownCommand {
  readonly command: string;
  readonly output: string;
}

/** A command goes on on the next line where a backslash ends it. */
const command = /^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)/gm;

/** What stands between the fences of a block. */
export function shownCommands(block: string): readonly ShownCommand[] {
  return [...block.matchAll(command)].map(([, text = "", output = ""]) => ({
    command: text.replace(/\\\n *> ?/g, "").replace(/\\\n\s*/g, ""),
    output,
  }));
}

/** Whether a program prints what a document shows. */
export function isShown(shown: string, printed: string): boolean {
  const pattern = shown
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (line === "…" ? "(?:.*\\n)*?" : `${escaped(line).replaceAll("…", ".*")} *\\n`))
    .join("(?: *\\n)*");
  return new RegExp(`^(?: *\\n)*${pattern}(?: *\\n)*$`).test(`${printed.trimEnd()}\n`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A terminal in which somebody types what a document shows. It keeps its folder and its exported variables. */
export class Terminal {
  private readonly exported: Record<string, string> = {};
  private running: ChildProcess | undefined;
  /** What the command that goes on has printed. */
  printed = "";

  constructor(private folder: string) {}

  /**
   * Runs commands, one after the other, and waits for each.
   * @throws Error where one fails, or prints something else than is shown
   */
  run(commands: readonly ShownCommand[]): void {
    for (const shown of commands) this.runOne(shown);
  }

  /** Runs all but the last, which goes on; that one is read by `printed`. */
  start(commands: readonly ShownCommand[]): void {
    this.run(commands.slice(0, -1));
    const last = commands.at(-1)?.command ?? "";
    const child = spawn("sh", ["-c", last], {
      cwd: this.folder,
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, as in a terminal: a signal to the group is Ctrl-C.
      detached: true,
    });
    this.running = child;
    this.printed = "";
    const kill = () => {
      this.signal("SIGKILL");
    };
    process.once("exit", kill);
    child.once("close", () => process.off("exit", kill));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.printed += text;
      });
    }
  }

  /** Waits for a line that the command that goes on prints. @throws Error with all that it printed, where it does not */
  async says(line: RegExp, timeoutMs: number): Promise<void> {
    for (const end = Date.now() + timeoutMs; !line.test(this.printed); await sleep(50)) {
      if (Date.now() > end) throw new Error(`It did not print ${String(line)}:\n${this.printed}`);
    }
  }

  /** Presses Ctrl-C, and waits for the end. */
  async interrupt(): Promise<void> {
    const { running } = this;
    if (running === undefined) return;
    const ended = once(running, "close");
    if (running.exitCode === null && running.signalCode === null) {
      this.signal("SIGINT");
      await ended;
    }
    this.running = undefined;
  }

  private signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.running ?? {};
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }

  private runOne({ command: text, output }: ShownCommand): void {
    const [, name, value] = /^export (\w+)=(.*)$/.exec(text) ?? [];
    if (name !== undefined) {
      this.exported[name] = value ?? "";
      return;
    }
    const [, folder] = /^cd (\S+)$/.exec(text) ?? [];
    if (folder !== undefined) {
      this.folder = resolve(this.folder, folder);
      return;
    }
    const { status, stdout } = spawnSync("sh", ["-c", `exec 2>&1; ${text}`], {
      cwd: this.folder,
      encoding: "utf8",
      env: this.environment(),
      timeout: 300_000,
    });
    if (status !== 0) throw new Error(`${text} ended with ${String(status)}:\n${stdout}`);
    if (!isShown(output, stdout)) {
      throw new Error(`${text} does not print what is shown:\n${output}\nIt prints:\n${stdout}`);
    }
  }

  private environment(): NodeJS.ProcessEnv {
    // What npm was told that runs the tests, such as --silent, is nothing that the reader said.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"));
    return {
      ...Object.fromEntries(own),
      COLUMNS: "80",
      NO_COLOR: "1",
      CHECKPOINT_DISABLE: "1",
      ...this.exported,
    };
  }
}
