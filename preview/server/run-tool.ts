import { spawn } from "node:child_process";

/** What tells a cause in what a program prints, and what to do about it. */
export type Cause = readonly [pattern: RegExp, advice: string];

/** What a failure means. */
export interface Failure {
  /** That it failed, as the beginning of a message. */
  readonly failed: string;
  /** The first that fits is told. */
  readonly causes: readonly Cause[];
}

/** Why npm fails. */
export const npmCauses: readonly Cause[] = [
  [
    /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH/,
    "The registry of npm is not reached: see to the network, or to a proxy or registry of yours (npm config get registry).",
  ],
  [/ENOSPC/, "The disk is full: the preview takes 500 MB."],
  [/EACCES|EPERM|EROFS/, "A folder cannot be written."],
  [
    /EBADENGINE|EUSAGE/,
    "npm does not take the lock file: its version may be too old (npm --version; 10 comes with Node 20).",
  ],
  [/EINTEGRITY/, "A package is not what the lock file says: clear npm's cache (npm cache clean --force)."],
];
const shownLines = 12;

/**
 * Runs a program to its end. It ends with this process.
 * @throws Error with the cause, the program's last lines and the next step
 */
export async function runTool(
  command: string,
  args: readonly string[],
  cwd: string,
  { failed, causes }: Failure,
): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-20_000);
    });
  }
  const how = await new Promise<string | undefined>((resolve) => {
    child.once("error", ({ message }) => {
      resolve(message);
    });
    child.once("close", (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? `status ${String(code)}`));
    });
  });
  process.off("exit", end);
  if (how === undefined) return;
  const cause = causes.find(([pattern]) => pattern.test(printed))?.[1];
  const lines = printed
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .slice(-shownLines);
  throw new Error(
    [
      `${failed} (${how}).${cause === undefined ? "" : ` ${cause}`}`,
      ...lines.map((line) => `  ${line}`),
      "Then run it again: it starts over, and nothing half-written is used.",
    ].join("\n"),
  );
}
