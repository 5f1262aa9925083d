import { spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "./programs";

const root = join(__dirname, "../../..");

/** Makes a folder one in which the package is imported by its name, as somewhere where it is installed. */
export function makeTypescriptFolder(folder: string): void {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const compilerOptions = {
    noEmit: true,
    paths: { "microservices-monitoring/*": [`${root}/*`] },
    types: ["node"],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, include: ["*.ts"] }),
  );
}

/** Checks the types in a folder. */
export function checkTypes(folder: string): Ended {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tsc, "-p", folder, "--pretty", "false"],
    options,
  );
  return { status, stdout, stderr };
}
