/** A failure that is told in its message alone. */
export class UsageError extends Error {}

/** What a command does; `stopped` settles at the first SIGINT or SIGTERM. */
export type Command = (args: string[], stopped: Promise<undefined>) => Promise<void>;

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
  command(args, stopped).then(
    () => {
      process.exit(process.exitCode ?? 0);
    },
    (error: unknown) => {
      process.stderr.write(`${messageOf(error)}\n`);
      process.exit(1);
    },
  );
}

/** The message of a failure, and for mistakes in the options where to read more. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOption = "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  return isOption ? `${error.message}\nSee --help.` : error.message;
}
