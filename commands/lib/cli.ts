/** A failure that is told in its message alone. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** What a command does; `stopped` settles at the first SIGINT or SIGTERM. */
export type Command = (args: string[], stopped: Promise<undefined>) => Promise<void> | void;

/**
 * Runs a command: `--help` prints its help; a failure prints its message and exits with 1; a second signal ends it at
 * once.
 */
export function run(help: string, command: Command): void {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return;
  }
  const stopped = new Promise<undefined>((resolve) => {
    const stop = () => {
      resolve(undefined);
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.off(signal, stop);
        process.on(signal, () => process.exit(1));
      }
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  });
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

/** What is shown of a failure: its message, and the stack too where the fault is the program's own. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOption = "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (isOption) return `${error.message}\nSee --help.`;
  const isFault =
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isFault ? (error.stack ?? error.message) : error.message;
}
