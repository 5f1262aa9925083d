import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Program } from "./require-program";

/** The AWS emulator's server: `MOTO_SERVER`, or `moto_server` on PATH. */
export const motoServer: Program = {
  name: process.env.MOTO_SERVER ?? "moto_server",
  hint: "Get it by .ci/install-programs moto, or name its path in MOTO_SERVER.",
};

/** The account that moto pretends to be. */
export const motoAccount = "123456789012";

/** A running AWS emulator. */
export interface Moto {
  /** Base URL, on the loopback address and a free port. */
  readonly url: string;
  /** Ends it and waits until it has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the AWS emulator; an error with what it printed when it is not up within a minute.
 * @param settings variables of its process besides those of this one
 */
export async function startMoto(settings: NodeJS.ProcessEnv = {}): Promise<Moto> {
  const child = spawn(motoServer.name, ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PYTHONUNBUFFERED: "1", ...settings },
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const stop = async () => {
    process.off("exit", end);
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    const impatient = setTimeout(end, 5_000);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(impatient);
  };
  let printed = "";
  const address = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      // Only the start is of interest; after that it prints a line a request, which must be read all the same.
      if (printed.length < 10_000) printed += chunk.toString();
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", () => {
      reject(new Error(`${motoServer.name} ended before it was up:\n${printed}`));
    });
    setTimeout(() => {
      reject(new Error(`${motoServer.name} was not up within a minute:\n${printed}`));
    }, 60_000).unref();
  });
  try {
    return { url: await address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
