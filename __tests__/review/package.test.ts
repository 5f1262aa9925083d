import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { entryPoints, parts } from "../../review/package/entry-points";
import { manifestOf } from "../../review/package/manifest";

const root = resolve(__dirname, "../..");
const manifest = manifestOf(root);

it("each entry point is there, once", () => {
  expect(entryPoints.filter((module) => !existsSync(join(root, `${module}.ts`)))).toEqual([]);
  expect(entryPoints.filter((module, index) => entryPoints.indexOf(module) !== index)).toEqual([]);
});

it("every construct is an entry point", () => {
  const constructs = readdirSync(join(root, "constructs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `constructs/${path}`)
    .filter((path) =>
      /^export class \w+ extends (Construct|MetricAlarm)\b/m.test(readFileSync(join(root, path), "utf8")),
    )
    .map((path) => path.replace(/\.ts$/, ""));
  expect(constructs.length).toBeGreaterThan(20);
  expect(constructs.filter((module) => !entryPoints.includes(module))).toEqual([]);
});

it("an import of a module finds its types and its code, and of a folder those of its index", () => {
  expect(manifest.exports).toMatchObject({
    "./constructs/docker/prometheus": {
      types: "./constructs/docker/prometheus.d.ts",
      default: "./constructs/docker/prometheus.js",
    },
    "./metrics/promql": { types: "./metrics/promql/index.d.ts", default: "./metrics/promql/index.js" },
    "./providers/grafana/*": {
      types: "./providers/grafana/*/index.d.ts",
      default: "./providers/grafana/*/index.js",
    },
  });
  expect(Object.keys(manifest.exports)).toHaveLength(entryPoints.length + 2);
});

it("what a part needs is a peer that npm does not install by itself", () => {
  const needs = new Set(parts.flatMap((part) => part.needs));
  expect([...needs].filter((name) => manifest.peerDependencies[name] === undefined)).toEqual([]);
  const optional = Object.fromEntries(
    Object.keys(manifest.peerDependencies).map((name) => [name, { optional: true }]),
  );
  expect(manifest.peerDependenciesMeta).toEqual(optional);
  expect(Object.keys(manifest.dependencies).filter((name) => name in optional)).toEqual([]);
});

it("the change log has the version of package.json", () => {
  const versions = [
    ...readFileSync(join(root, "CHANGELOG.md"), "utf8").matchAll(/^## \[(.+)\] - \d{4}-\d\d-\d\d$/gm),
  ];
  expect(versions[0]?.[1]).toBe(manifest.version);
});
