import { fork, type ChildProcess } from "node:child_process";

/** How a program that makes something of the sources is run. */
interface Running {
  readonly cwd: string;
  /** Sources that take longer never end. */
  readonly limitMs: number;
  /** What it makes, for sentences: `the dashboards`. */
  readonly makes: string;
  /** Flags of Node besides. Default: none. */
  readonly flags?: readonly string[];
  readonly onStart?: (child: ChildProcess) => void;
}

/**
 * The one message that a program sends, or what went wrong with it. It runs in a process of its own: sources that never end,
 * or that end the process, end only this one.
 * @param bundle the program, as one file
 */
export function answerOf<T extends object>(
  bundle: string,
  args: readonly string[],
  { cwd, limitMs, makes, flags = [], onStart }: Running,
): Promise<T | { readonly problem: string }> {
  return new Promise((done) => {
    let printed = "";
    const child = fork(bundle, args, {
      cwd,
      execArgv: ["--enable-source-maps", ...flags],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    onStart?.(child);
    const timer = setTimeout(() => {
      const made = `${makes.slice(0, 1).toUpperCase()}${makes.slice(1)}`;
      done({ problem: `${made} were not made within ${String(limitMs / 1_000)} s.` });
      child.kill("SIGKILL");
    }, limitMs);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-4_000);
    });
    child.once("message", (message) => {
      done(message as T);
    });
    child.once("error", ({ message }) => {
      done({ problem: message });
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      const how = signal ?? `status ${String(code)}`;
      done({
        problem: `${printed}\nThe sources ended the program that makes ${makes} (${how}).`.trim(),
      });
    });
  });
}
