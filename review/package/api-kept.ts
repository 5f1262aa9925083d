import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the reference is made of: the rooms of the package, and what makes it. */
const sources = [
  "alerts",
  "constructs",
  "dashboards",
  "metrics",
  "schema",
  "services/instrumentation",
  "review/package",
];
const files = ["package-lock.json", "tsconfig.json"];

/**
 * A text that is made of the package's sources, kept from the last time as long as these are the same: TypeDoc takes ten
 * seconds. It is named by the contents of all sources, and cannot grow stale.
 */
export async function keptText(root: string, make: () => Promise<string>): Promise<string> {
  const folder = join(root, "node_modules/.cache/reference");
  const name = `${keyOfSources(root)}.md`;
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    const text = await make();
    keep(folder, name, text);
    return text;
  }
}

/** The file appears as a whole, or not at all. */
function keep(folder: string, name: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const old of readdirSync(folder)) rmSync(join(folder, old), { force: true });
    const temporary = join(folder, `.${String(process.pid)}-${name}`);
    writeFileSync(temporary, text);
    renameSync(temporary, join(folder, name));
  } catch {
    // A file system that cannot be written: the next time takes as long.
  }
}

function keyOfSources(root: string): string {
  const hash = createHash("sha256");
  const paths = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `${folder}/${path}`),
  );
  for (const path of [...paths.sort(), ...files]) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex").slice(0, 32);
}
