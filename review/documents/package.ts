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

/** What services compile with. */
const compilers = ["typescript", "@types/node"];

/** What a service on each framework installs: for a part of the package, and to compile with. */
const frameworks = {
  express: { part: "Instrumentation on Express", tools: [...compilers, "@types/express"] },
  fastify: { part: "Instrumentation on Fastify", tools: compilers },
  http: { part: "Instrumentation on node:http", tools: compilers },
} as const;

/** The parts of `docs/any-language.md` that are made: what a service in TypeScript installs, by what it is on. */
export function typescriptParts(root: string): Readonly<Record<string, string>> {
  const commands = Object.entries(frameworks).map(
    ([framework, { part, tools }]) => [framework, installing([part], tools, root)] as const,
  );
  return {
    ...Object.fromEntries(commands),
    traces: ["```sh", `npm install ${named(neededForTraces, root)}`, "```"].join("\n"),
  };
}

/** The parts of `docs/first-service.md` that are made: commands with their output, by what a service is on. */
export function firstServiceParts(root: string): Readonly<Record<string, string>> {
  const added = ["…", "added … packages…", "…"];
  const commands = ({ part, tools }: (typeof frameworks)[keyof typeof frameworks]) =>
    [
      "```console",
      [
        `$ npm install ../monitoring/dist/${tarball(root)}`,
        ...[...needsOf([part]), ...neededForTraces].map((name) => named([name], root)),
      ].join(" \\\n    "),
      ...added,
      `$ npm install --save-dev ${named(tools, root)}`,
      ...added,
      "$ cd ../monitoring",
      "```",
    ].join("\n");
  return { express: commands(frameworks.express), fastify: commands(frameworks.fastify) };
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
