import { readFileSync } from "node:fs";
import { join } from "node:path";
import { neededForTraces, parts } from "./entry-points";

/** Versions of packages, or ranges of them, by name. */
export type Versions = Readonly<Record<string, string>>;

/** What comes with the package: small beside the framework, and loaded by the modules alone that need it. */
const dependencies = [
  "@codemirror/autocomplete",
  "@codemirror/language",
  "@codemirror/lint",
  "@codemirror/state",
  "@codemirror/view",
  "@grafana/grafana-foundation-sdk",
  "@grafana/promql-builder",
  "@lezer/common",
  "@lezer/lr",
  "@prometheus-io/codemirror-promql",
  "@prometheus-io/lezer-promql",
  "fastify-plugin",
  "prom-client",
  "protobufjs",
  "re2js",
  "undici",
  "yaml",
  "zod",
];

/**
 * What its user chooses: there must be one of each in a program, or it is heavy (400 MB for AWS), and nobody needs all.
 * npm therefore installs none of them by itself, and refuses versions that do not fit.
 */
const peers = [...new Set([...parts.flatMap(({ needs }) => needs), ...neededForTraces])].sort();

/** Those whose next minor version is one too many: the SDK that sends traces refuses 1.10 of OpenTelemetry's API. */
const onlyPatched: readonly string[] = ["@opentelemetry/api"];

/** Ranges of a package's dependencies, as its package.json has them. */
export interface Dependencies {
  readonly dependencies: Versions;
  readonly peerDependencies: Versions;
}

/** What the package depends on. */
export function dependenciesOf(root: string): Dependencies {
  return { dependencies: rangesOf(dependencies, root), peerDependencies: rangesOf(peers, root) };
}

/** The versions of packages that keep the promises of those that this repository, or its services, are tested with. */
export function rangesOf(names: readonly string[], root: string): Versions {
  const tested = testedVersions(root);
  return Object.fromEntries(
    names.map((name) => {
      const version = tested[name];
      if (version === undefined) throw new Error(`${name} is in no package.json of this repository.`);
      return [name, `${onlyPatched.includes(name) ? "~" : "^"}${version}`];
    }),
  );
}

function testedVersions(root: string): Versions {
  const [own, services] = ["package.json", "services/package.json"].map(
    (path) => JSON.parse(readFileSync(join(root, path), "utf8")) as Readonly<Record<string, Versions>>,
  );
  return { ...services?.dependencies, ...own?.devDependencies, ...own?.dependencies };
}
