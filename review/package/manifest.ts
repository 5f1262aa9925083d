import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dependenciesOf, type Dependencies } from "./dependencies";
import { entryPoints, subpathOf } from "./entry-points";
import { bindingsFolder } from "./grafana-bindings";

/** Where an import finds a module's types, and its code. */
interface Export {
  readonly types: string;
  readonly default: string;
}

/** The package.json of the package. */
export interface Manifest extends Dependencies {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, Export | string>>;
  readonly [field: string]: unknown;
}

/** The package.json of the package: name, version and what it is are this repository's. */
export function manifestOf(root: string): Manifest {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  const { name, version, description, license, engines } = own;
  const { dependencies, peerDependencies } = dependenciesOf(root);
  const optional = Object.keys(peerDependencies).map((peer) => [peer, { optional: true }]);
  return {
    ...{ name, version, description, license, engines },
    type: "commonjs",
    sideEffects: false,
    exports: {
      ...Object.fromEntries(entryPoints.map((module) => [`./${subpathOf(module)}`, exported(module)])),
      [`./${bindingsFolder}/*`]: exported(`${bindingsFolder}/*/index`),
      "./package.json": "./package.json",
    },
    dependencies,
    peerDependencies,
    peerDependenciesMeta: Object.fromEntries(optional) as unknown,
  };
}

function exported(module: string): Export {
  return { types: `./${module}.d.ts`, default: `./${module}.js` };
}
