import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { StartedProgram } from "./npm-command";

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
  private running: StartedProgram | undefined;

  constructor(private folder: string) {}

  /** What the command that goes on has printed. */
  get printed(): string {
    return this.running?.output ?? "";
  }

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
    this.running = new StartedProgram(this.folder, "sh", ["-c", last], this.variables());
  }

  /** Waits for a line that the command that goes on prints. @throws Error with all that it printed, where it does not */
  async says(line: RegExp, timeoutMs: number): Promise<void> {
    if (this.running === undefined) throw new Error("Nothing runs in this terminal.");
    await this.running.said(line, timeoutMs);
  }

  /** Presses Ctrl-C, where a command goes on, and waits for the end. */
  async interrupt(): Promise<void> {
    await this.running?.interrupt();
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
      env: { ...process.env, ...this.variables() },
      timeout: 300_000,
    });
    if (status !== 0) throw new Error(`${text} ended with ${String(status)}:\n${stdout}`);
    if (!isShown(output, stdout)) {
      throw new Error(`${text} does not print what is shown:\n${output}\nIt prints:\n${stdout}`);
    }
  }

  /** On top of those of this process. */
  private variables(): Readonly<Record<string, string | undefined>> {
    // What npm was told that runs the tests, such as --silent, is nothing that the reader said.
    const ofNpm = Object.keys(process.env).filter((name) => name.startsWith("npm_"));
    return {
      ...Object.fromEntries(ofNpm.map((name) => [name, undefined])),
      ...{ COLUMNS: "80", NO_COLOR: "1", CHECKPOINT_DISABLE: "1" },
      ...this.exported,
    };
  }
}
