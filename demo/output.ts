import type { TrafficSummary } from "../services/customers/customers";
import type { Demo } from "./demo";
import type { EnvironmentStep } from "./flask/virtual-environment";
import type { DemoStatus } from "./status";
import { lineWidth, wrapLine, wrapParts } from "../operations/terminal/wrap";
import { speedInWords } from "./tour/words";
import { describeDemo, statusParts } from "./words";

/** Tells what the demo does. */
export interface DemoOutput {
  /** Time between two calls of `status`. */
  readonly statusIntervalMs: number;
  /** Before it starts, something is installed. */
  preparing(step: EnvironmentStep): void;
  /** @param inPython names of the services that run in Python */
  starting(inPython: readonly string[]): void;
  /** @param pageUrl address of the page that shows it, without a slash at its end */
  started(demo: Demo, pageUrl: string): void;
  status(status: DemoStatus): void;
  /** A program has ended though nobody asked it to. */
  ended(program: string, how: string): void;
  /** A program's own line. */
  line(program: string, line: string): void;
  stopping(): void;
  /** @param sent what the traffic was, where there was any */
  stopped(sent: TrafficSummary | undefined): void;
}

const preparations: Readonly<Record<EnvironmentStep, string>> = {
  waiting: "Another one is installing the packages of the services in Python: waiting for it.",
  installing: "Installing the packages of the services in Python, once: half a minute and 60 MB.",
};

/** For people: in a terminal the status is lines that change, as many as it takes at that width. */
export class TextOutput implements DemoOutput {
  private readonly terminal = process.stdout.isTTY;
  readonly statusIntervalMs = this.terminal ? 1_000 : 5_000;
  /** The lines of the status that the terminal shows last. */
  private shown: readonly string[] = [];

  preparing(step: EnvironmentStep): void {
    this.print(preparations[step]);
  }

  starting(inPython: readonly string[]): void {
    const those = inPython.length === 0 ? "" : `, ${inPython.join(" and ")} in Python`;
    this.print(`Starting the programs${those}…`);
  }

  /** @param showsStatus whether the status is shown. Default: yes */
  constructor(private readonly showsStatus = true) {}

  started(demo: Demo, pageUrl: string): void {
    this.print(`\n${describeDemo(demo)}\n\nOpen ${pageUrl}/ to break it and see who is told.`);
    this.print(`${wrapLine(speedInWords(demo.speed), lineWidth(), 0)}\nCtrl-C stops everything.\n`);
  }

  status(status: DemoStatus): void {
    if (!this.showsStatus) return;
    const parts = statusParts(status);
    if (!this.terminal) {
      this.print(parts.join("  "));
      return;
    }
    const before = this.cleared();
    // Not in the last column, after which terminals differ.
    this.shown = wrapParts(parts, lineWidth() - 1);
    process.stdout.write(before + this.shown.join("\n"));
  }

  ended(program: string, how: string): void {
    this.print(`${program} has ended with ${how}; the others go on.`);
  }

  line(program: string, line: string): void {
    this.print(`${program}: ${line}`);
  }

  stopping(): void {
    process.stdout.write(this.cleared());
    this.shown = [];
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
    process.stdout.write(`${this.cleared()}${text}\n${this.shown.join("\n")}`);
  }

  /** What takes the shown status away: back to its first line, and nothing below. */
  private cleared(): string {
    if (!this.terminal) return "";
    const up = this.shown.length > 1 ? `\u001b[${String(this.shown.length - 1)}A` : "";
    return `${up}\r\u001b[J`;
  }
}

/** For programs: an object a line, each with its `event`. */
export class JsonOutput implements DemoOutput {
  readonly statusIntervalMs = 1_000;

  preparing(step: EnvironmentStep): void {
    this.print("preparing", { step });
  }

  starting(inPython: readonly string[]): void {
    this.print("starting", { inPython });
  }

  started({ programs, versions, pages, missing, absent, speed, otlpUrl }: Demo, pageUrl: string): void {
    this.print("started", {
      programs: programs.map(({ name, url, pid }) => ({ name, url, pid })),
      versions,
      pages,
      missing,
      absent,
      speed,
      ...(otlpUrl !== undefined && { otlpUrl }),
      page: pageUrl,
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
