import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";

/** Where the bindings of the Grafana provider are in the package: npm has no package of them. */
export const bindingsFolder = "providers/grafana";

const bindings = /(["'])@cdktf\/provider-grafana\/lib\/([\w-]+)\1/g;

/**
 * Text of a compiled file in which imports of the bindings lead to those in the package.
 * @param path of the file, from the package's folder
 */
export function withOwnBindings(path: string, text: string): string {
  const folder = relative(dirname(path), bindingsFolder).split(sep).join("/");
  return text.replace(bindings, `"${folder}/$2"`);
}

/** Copies the bindings into the package; their index, which loads all of them, is left out. */
export function copyBindings(root: string, to: string): void {
  const from = dirname(
    createRequire(join(root, "package.json")).resolve("@cdktf/provider-grafana/package.json"),
  );
  const lib = join(from, "lib");
  cpSync(lib, join(to, bindingsFolder), {
    recursive: true,
    filter: (path) => !/^(lazy-)?index\./.test(relative(lib, path)),
  });
}
