import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

/** What is wrong with a folder that an option names to be read, for people. Undefined: nothing. */
export function folderProblem(option: string, folder: string): string | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    return `${option}: found no folder ${folder}, allowed: a folder that is there`;
  }
  return mayDo(folder, constants.R_OK | constants.X_OK)
    ? undefined
    : `${option}: found the folder ${folder}, allowed: one that you may read`;
}

/** The same for a folder in which something is to be written, and which need not be there yet. */
export function outProblem(option: string, out: string): string | undefined {
  let there = resolve(out);
  while (!existsSync(there)) there = dirname(there);
  if (!statSync(there).isDirectory()) {
    return `${option}: found the file ${relative(process.cwd(), there)}, allowed: a folder, or a name that is free`;
  }
  return mayDo(there, constants.W_OK | constants.X_OK)
    ? undefined
    : `${option}: found the folder ${there}, allowed: one in which you may write`;
}

function mayDo(path: string, what: number): boolean {
  try {
    accessSync(path, what);
    return true;
  } catch {
    return false;
  }
}
