import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** `npm run preview`, as a user starts it. */
export class PreviewCommand {
  output = "";
  /** Exit status of npm; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  /** @param folder of the project */
  constructor(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn("npm", ["run", "--silent", "preview", "--", ...args], {
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

  /** Where it is, once it says so. */
  async url(timeoutMs = 60_000): Promise<string> {
    const [, url = ""] = await this.said(/: (http:\/\/127\.0\.0\.1:\d+)\/dashboards/, timeoutMs);
    return url;
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

/** Events that the preview sends to its pages. */
export class PreviewEvents {
  private readonly over = new AbortController();
  private text = "";

  private constructor() {
    return;
  }

  static async open(url: string): Promise<PreviewEvents> {
    const events = new PreviewEvents();
    const { body } = await fetch(`${url}/api/preview/events`, { signal: events.over.signal });
    if (body === null) throw new Error("There are no events.");
    void events.read(body as unknown as AsyncIterable<Uint8Array>).catch(() => undefined);
    return events;
  }

  /** The data of the next event of a kind. Those that came before it are dropped. */
  async next<T>(kind: string, timeoutMs = 20_000): Promise<T> {
    const pattern = new RegExp(`event: ${kind}\\ndata: (.*)\\n\\n`);
    for (const end = Date.now() + timeoutMs; ; await sleep(5)) {
      const found = pattern.exec(this.text);
      if (found) {
        this.text = this.text.slice(found.index + found[0].length);
        return JSON.parse(found[1] ?? "") as T;
      }
      if (Date.now() > end) throw new Error(`There is no event ${kind}: ${this.text}`);
    }
  }

  close(): void {
    this.over.abort();
  }

  private async read(body: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of body) this.text += new TextDecoder().decode(chunk);
  }
}
