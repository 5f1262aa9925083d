import { join } from "node:path";
import type { DeclarationReflection, ReflectionKind } from "typedoc" with { "resolution-mode": "import" };
import { compilerOptionsOf } from "./compile";
import { entryPoints, subpathOf } from "./entry-points";

/** What TypeDoc reads of the sources. */
export interface Exports {
  /** What each module of the package exports, by the path in an import. */
  readonly byModule: ReadonlyMap<string, readonly DeclarationReflection[]>;
  /** The numbers by which TypeDoc tells classes, functions and so on apart. */
  readonly kinds: typeof ReflectionKind;
}

/** @throws Error for a module in which TypeDoc finds nothing */
export async function readExports(root: string): Promise<Exports> {
  // An ES module; it takes a second to load, and only this needs it.
  const { Application, ReflectionKind: kinds } = await import("typedoc");
  const files = entryPoints.map((module) => join(root, `${module}.ts`));
  const app = await Application.bootstrap({
    entryPoints: files,
    basePath: root,
    excludeExternals: true,
    excludePrivate: true,
    excludeProtected: true,
    // That is what `npm run typecheck` is for.
    skipErrorChecking: true,
    disableGit: true,
    disableSources: true,
    readme: "none",
    sort: ["source-order"],
    // A default is a sentence here, not code.
    jsDocCompatibility: { defaultTag: false },
    logLevel: "Error",
  });
  app.options.setCompilerOptions(files, compilerOptionsOf(root), undefined);
  const modules = (await app.convert())?.children ?? [];
  const byModule = new Map(
    entryPoints.map(subpathOf).map((path) => {
      const children = modules.find(({ name }) => name === path)?.children ?? [];
      if (children.length === 0) throw new Error(`${path} exports nothing that TypeDoc finds.`);
      return [path, children];
    }),
  );
  return { byModule, kinds };
}
