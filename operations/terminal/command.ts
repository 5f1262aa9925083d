import { lineWidth, wrapText } from "./wrap";

/** A failure that is told in its message alone. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** What a command does; `stopped` settles at the first SIGINT, SIGTERM or SIGHUP. */
export type Command = (args: string[], stopped: Promise<undefined>) => Promise<void> | void;

/**
 * Runs a command: `--help` prints its help; a failure prints its message and exits with 1; a second signal ends it at
 * once.
 */
export function run(help: string, command: Command): void {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${wrapText(help, lineWidth())}\n`);
    return;
  }
  const stopped = untilSignal();
  Promise.resolve()
    .then(() => command(args, stopped))
    .then(
      () => {
        process.exit(process.exitCode ?? 0);
      },
      (error: unknown) => {
        process.stderr.write(`${messageOf(error)}\n`);
        process.exit(1);
      },
    );
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** npm and tsx pass a signal on that a terminal has sent already: what comes this soon is the same one. */
const sameSignalMs = 1_000;

/** Settles at the first signal; from then on, another one ends this process. */
function untilSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = () => {
      first ??= performance.now();
      if (performance.now() - first > sameSignalMs) process.exit(1);
      resolve(undefined);
    };
    for (const signal of signals) process.on(signal, stop);
  });
}

/** What is shown of a failure: its message, and the stack too where the fault is the program's own. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFault =
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isFault ? (error.stack ?? error.message) : error.message;
}
