import type { TrafficSummary } from "../traffic/traffic";
import type { Demo } from "./demo";
import type { DemoStatus } from "./status";
import { describeDemo, statusLine } from "./words";

/** Tells what the demo does. */
export interface DemoOutput {
  /** Time between two calls of `status`. */
  readonly statusIntervalMs: number;
  starting(): void;
  started(demo: Demo): void;
  status(status: DemoStatus): void;
  /** A program has ended though nobody asked it to. */
  ended(program: string, how: string): void;
  /** A program's own line. */
  line(program: string, line: string): void;
  stopping(): void;
  /** @param sent what the traffic was, where there was any */
  stopped(sent: TrafficSummary | undefined): void;
}

/** For people: in a terminal the status is one line that changes. */
export class TextOutput implements DemoOutput {
  private readonly terminal = process.stdout.isTTY;
  readonly statusIntervalMs = this.terminal ? 1_000 : 5_000;
  private shown = "";

  starting(): void {
    this.print("Starting the programs…");
  }

  started(demo: Demo): void {
    this.print(`\n${describeDemo(demo)}\nCtrl-C stops everything.\n`);
  }

  status(status: DemoStatus): void {
    const line = statusLine(status);
    if (!this.terminal) {
      this.print(line);
      return;
    }
    this.shown = line.slice(0, process.stdout.columns - 1);
    process.stdout.write(`\r${this.shown}\u001b[K`);
  }

  ended(program: string, how: string): void {
    this.print(`${program} has ended with ${how}; the others go on.`);
  }

  line(program: string, line: string): void {
    this.print(`${program}: ${line}`);
  }

  stopping(): void {
    this.shown = "";
    this.print("Stopping…");
  }

  stopped(sent: TrafficSummary | undefined): void {
    if (sent) {
      const { requests, seconds, serverErrors, unanswered } = sent;
      this.print(
        `${String(requests)} requests were sent in ${seconds.toFixed(0)} s: ${String(serverErrors)} server errors, ${String(unanswered)} without an answer.`,
      );
    }
    this.print("Stopped; no process and no file is left.");
  }

  /** Prints lines above the status. */
  private print(text: string): void {
    process.stdout.write(this.terminal ? `\r\u001b[K${text}\n${this.shown}` : `${text}\n`);
  }
}

/** For programs: an object a line, each with its `event`. */
export class JsonOutput implements DemoOutput {
  readonly statusIntervalMs = 1_000;

  starting(): void {
    this.print("starting", {});
  }

  started({ programs, versions, pages, missing, absent }: Demo): void {
    this.print("started", {
      programs: programs.map(({ name, url, pid }) => ({ name, url, pid })),
      versions,
      pages,
      missing,
      absent,
    });
  }

  status(status: DemoStatus): void {
    this.print("status", status);
  }

  ended(program: string, how: string): void {
    this.print("ended", { program, how });
  }

  line(program: string, line: string): void {
    this.print("line", { program, line });
  }

  stopping(): void {
    this.print("stopping", {});
  }

  stopped(sent: TrafficSummary | undefined): void {
    this.print("stopped", { ...(sent && { sent }) });
  }

  private print(event: string, details: object): void {
    process.stdout.write(`${JSON.stringify({ event, ...details })}\n`);
  }
}
