import { createInterface } from "node:readline";
import { lineWidth, wrapLine } from "../../operations/terminal/wrap";
import type { TourTerminal } from "./guided";

/** The terminal that this process was started in. */
export class ProcessTerminal implements TourTerminal {
  private readonly typed: string[] = [];
  private readonly waiting: ((line: string | undefined) => void)[] = [];
  private isClosed = false;
  // Not as a line editor, which would take Ctrl-C for itself.
  private readonly lines = createInterface({ input: process.stdin, terminal: false });

  constructor() {
    this.lines.on("line", (line) => {
      const next = this.waiting.shift();
      if (next) next(line);
      else this.typed.push(line);
    });
    this.lines.on("close", () => {
      this.isClosed = true;
      for (const next of this.waiting.splice(0)) next(undefined);
    });
  }

  print(text: string): void {
    for (const line of text.split("\n")) process.stdout.write(`${wrapLine(line, lineWidth(), 2)}\n`);
  }

  line(): Promise<string | undefined> {
    const [line] = this.typed.splice(0, 1);
    if (line !== undefined || this.isClosed) return Promise.resolve(line);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** Takes no further line. */
  close(): void {
    this.lines.close();
  }
}
