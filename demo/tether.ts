import { spawnSync } from "node:child_process";

let hasSetpriv: boolean | undefined;

/**
 * The command line that runs a program so that the kernel ends it with the process that starts it, even where that is
 * killed by SIGKILL. Linux with util-linux only; elsewhere the command line as it is.
 */
export function tethered(command: string, args: readonly string[]): readonly string[] {
  // Busybox has a `setpriv` without this option.
  hasSetpriv ??=
    process.platform === "linux" &&
    spawnSync("setpriv", ["--pdeathsig", "KILL", "true"], { stdio: "ignore" }).status === 0;
  return hasSetpriv ? ["setpriv", "--pdeathsig", "KILL", command, ...args] : [command, ...args];
}
