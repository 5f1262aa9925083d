import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dependenciesOf, rangesOf } from "../package/dependencies";
import { neededForTraces, parts } from "../package/entry-points";

/** Parts of the package that the example of `docs/package.md` uses, and what compiles and runs it. */
const exampleParts: readonly string[] = ["Constructs for Docker", "Instrumentation on Fastify"];
const tools = ["typescript", "tsx", "@types/node"];

/** The parts of `docs/package.md` that are made: what to install besides the package. */
export function packageParts(root: string): Readonly<Record<string, string>> {
  const { peerDependencies } = dependenciesOf(root);
  const needs = [...parts, { title: "Traces of the instrumentation", needs: neededForTraces }];
  const rows = needs.map(({ title, needs }) => {
    const names = needs.map((name) => `\`${name}\` ${peerDependencies[name] ?? ""}`);
    return `| ${title} | ${names.join(", ") || "nothing"} |`;
  });
  return {
    needs: ["| for | install |", "| --- | --- |", ...rows].join("\n"),
    install: installing(exampleParts, tools, root),
  };
}

/** What services on each framework compile with. */
const compilers = ["typescript", "@types/node"];

/** The parts of `docs/any-language.md` that are made: what a service in TypeScript installs, by what it is on. */
export function typescriptParts(root: string): Readonly<Record<string, string>> {
  return {
    express: installing(["Instrumentation on Express"], [...compilers, "@types/express"], root),
    fastify: installing(["Instrumentation on Fastify"], compilers, root),
    http: installing(["Instrumentation on node:http"], compilers, root),
    traces: ["```sh", `npm install ${named(neededForTraces, root)}`, "```"].join("\n"),
  };
}

/** The parts of `docs/first-service.md` that are made: commands with their output, by what a service is on. */
export function firstServiceParts(root: string): Readonly<Record<string, string>> {
  const folder = "../monitoring/dist";
  const commands = (title: string, more: readonly string[] = []) => {
    const packages = [
      ...needsOf([title]).map((name) => named([name], root)),
      ...neededForTraces.map((name) => named([name], root)),
    ];
    return [
      "```console",
      `$ npm install ${folder}/${tarball(root)} \\`,
      ...packages.map((each, index) => `    ${each}${index < packages.length - 1 ? " \\" : ""}`),
      "…",
      "added … packages…",
      "…",
      `$ npm install --save-dev ${named([...compilers, ...more], root)}`,
      "…",
      "added … packages…",
      "…",
      "$ cd ../monitoring",
      "```",
    ].join("\n");
  };
  return {
    express: commands("Instrumentation on Express", ["@types/express"]),
    fastify: commands("Instrumentation on Fastify"),
  };
}

/** The commands that install the package, with what parts of it need, and tools. */
function installing(titles: readonly string[], tools: readonly string[], root: string): string {
  return [
    "```sh",
    `npm install ./${tarball(root)} \\`,
    `  ${named(needsOf(titles), root)}`,
    `npm install --save-dev ${named(tools, root)}`,
    "```",
  ].join("\n");
}

/** What `npm run pack` calls the package. */
function tarball(root: string): string {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    "name" | "version",
    string
  >;
  return `${own.name}-${own.version}.tgz`;
}

function needsOf(titles: readonly string[]): readonly string[] {
  return parts.filter(({ title }) => titles.includes(title)).flatMap(({ needs }) => needs);
}

/** Packages as `npm install` takes them, each with its range. */
function named(names: readonly string[], root: string): string {
  return Object.entries(rangesOf(names, root))
    .map((pair) => pair.join("@"))
    .join(" ");
}
