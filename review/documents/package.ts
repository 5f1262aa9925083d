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
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    "name" | "version",
    string
  >;
  const needs = [...parts, { title: "Traces of the instrumentation", needs: neededForTraces }];
  const rows = needs.map(({ title, needs }) => {
    const names = needs.map((name) => `\`${name}\` ${peerDependencies[name] ?? ""}`);
    return `| ${title} | ${names.join(", ") || "nothing"} |`;
  });
  const packages = parts.filter(({ title }) => exampleParts.includes(title)).flatMap(({ needs }) => needs);
  return {
    needs: ["| for | install |", "| --- | --- |", ...rows].join("\n"),
    install: [
      "```sh",
      `npm install ./${own.name}-${own.version}.tgz \\`,
      `  ${packages.map((name) => `${name}@${peerDependencies[name] ?? ""}`).join(" ")}`,
      `npm install --save-dev ${Object.entries(rangesOf(tools, root))
        .map((pair) => pair.join("@"))
        .join(" ")}`,
      "```",
    ].join("\n"),
  };
}
