import { join, resolve } from "node:path";
import { format } from "node:util";
import type * as Terminal from "../../operations/terminal/command";
import type { Ended } from "./project-copy";

const root = resolve(__dirname, "../..");
const terminal = "../../operations/terminal/command";
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Loads a file of `commands/` once, to run it in this process as often as wanted: a start of its own takes ten times as
 * long. It is run, told of and ended as ever, by the `run` of all commands; only what ends the process does not.
 * @returns what runs it in a folder with arguments, and says what it writes to stderr while it runs
 */
export function inProcess(
  file: string,
): (folder: string, args: readonly string[], heard?: (text: string) => void) => Promise<Ended> {
  const start = loaded(file);
  return async (folder, args, heard) => {
    const before = { argv: process.argv, folder: process.cwd(), exitCode: process.exitCode };
    const listeners = signals.map((signal) => [signal, process.listeners(signal)] as const);
    let stdout = "";
    let stderr = "";
    const spies = [
      jest.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
        stdout += `${format(...values)}\n`;
      }),
      jest.spyOn(process.stdout, "write").mockImplementation((text) => {
        stdout += String(text);
        return true;
      }),
      jest.spyOn(process.stderr, "write").mockImplementation((text) => {
        stderr += String(text);
        heard?.(String(text));
        return true;
      }),
    ];
    try {
      process.argv = [process.execPath, file, ...args];
      process.exitCode = undefined;
      process.chdir(folder);
      const status = await new Promise<number>((resolve) => {
        spies.push(
          jest.spyOn(process, "exit").mockImplementation(((code: number) => {
            resolve(code);
          }) as typeof process.exit),
        );
        start();
        // It has been printed, and the process would end by itself.
        if (args.includes("--help")) resolve(0);
      });
      return { status, stdout, stderr };
    } finally {
      for (const spy of spies) spy.mockRestore();
      process.argv = before.argv;
      process.exitCode = before.exitCode;
      process.chdir(before.folder);
      for (const [signal, known] of listeners) {
        for (const each of process.listeners(signal)) if (!known.includes(each)) process.off(signal, each);
      }
    }
  };
}

function loaded(file: string): () => void {
  const actual = jest.requireActual<typeof Terminal>(terminal);
  let command: Parameters<typeof actual.run> | undefined;
  jest.doMock(terminal, () => ({
    ...actual,
    run: (...given: Parameters<typeof actual.run>) => {
      command = given;
    },
  }));
  jest.requireActual(join(root, file));
  jest.dontMock(terminal);
  if (command === undefined) throw new Error(`${file} runs no command.`);
  const [help, run] = command;
  return () => {
    actual.run(help, run);
  };
}
