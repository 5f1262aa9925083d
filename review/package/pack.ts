import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "./compile";
import { copyBindings } from "./grafana-bindings";
import { manifestOf } from "./manifest";

/** Documents of this repository that are in the package, by their names there. */
const documents = {
  "README.md": "docs/package.md",
  "api.md": "docs/api.md",
  "CHANGELOG.md": "CHANGELOG.md",
  LICENSE: "LICENSE",
};

/** A package that was made. */
export interface Packed {
  /** Path of the tarball. */
  readonly path: string;
  /** Paths of the files in it, in their order. */
  readonly files: readonly string[];
  /** Bytes of the tarball, and of the files in it. */
  readonly size: number;
  readonly unpackedSize: number;
}

/**
 * Makes the package and leaves its tarball in a folder.
 * @param root the repository's folder
 * @throws Error for what does not compile, and where npm refuses
 */
export function pack(root: string, folder: string): Packed {
  // Not below the repository: there its package.json would be a second one of the same name.
  const stage = mkdtempSync(join(tmpdir(), "monitoring-package-"));
  try {
    compile(root, stage);
    copyBindings(root, stage);
    for (const [name, document] of Object.entries(documents)) cpSync(join(root, document), join(stage, name));
    writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifestOf(root), null, 2)}\n`);
    mkdirSync(folder, { recursive: true });
    return npmPack(stage, folder);
  } finally {
    rmSync(stage, { recursive: true });
  }
}

interface NpmPacked {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

function npmPack(stage: string, folder: string): Packed {
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: stage, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  const [packed] = JSON.parse(stdout) as readonly NpmPacked[];
  if (packed === undefined) throw new Error(`npm pack made nothing:\n${stdout}`);
  const { filename, size, unpackedSize, files } = packed;
  return { path: join(folder, filename), files: files.map(({ path }) => path).sort(), size, unpackedSize };
}
