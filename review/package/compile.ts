import { join, relative, sep } from "node:path";
import ts from "typescript";
import { entryPoints } from "./entry-points";
import { withOwnBindings } from "./grafana-bindings";

/**
 * Compiles the entry points and all that they import, in folders of the same names, so that imports keep their paths.
 * @throws Error with the compiler's words for what does not compile
 */
export function compile(root: string, to: string): void {
  const files = entryPoints.map((module) => join(root, `${module}.ts`));
  const program = ts.createProgram(files, {
    ...compilerOptionsOf(root),
    noEmit: false,
    declaration: true,
    outDir: to,
    rootDir: root,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  });
  const found = ts.getPreEmitDiagnostics(program);
  const { diagnostics } = program.emit(undefined, (path, text) => {
    ts.sys.writeFile(path, withOwnBindings(relative(to, path).split(sep).join("/"), text));
  });
  const all = ts.sortAndDeduplicateDiagnostics([...found, ...diagnostics]);
  if (all.length > 0)
    throw new Error(ts.formatDiagnostics(all, { ...host, getCurrentDirectory: () => root }));
}

/** The compiler's options in this repository. */
export function compilerOptionsOf(root: string): ts.CompilerOptions {
  const path = join(root, "tsconfig.json");
  const read = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  if (read.error) throw new Error(ts.formatDiagnostic(read.error, host));
  const { compilerOptions } = read.config as { readonly compilerOptions: unknown };
  return ts.convertCompilerOptionsFromJson(compilerOptions, root).options;
}

const host: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
  getNewLine: () => "\n",
};
