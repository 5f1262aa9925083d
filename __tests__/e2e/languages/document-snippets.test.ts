import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { compilerOptionsOf } from "../../../review/package/compile";

jest.setTimeout(300_000);

const root = join(__dirname, "../../..");
/** Where the documents' snippets are as if they stood, by their imports. */
const folder = join(root, "services/order-service");
const document = (name: string) => readFileSync(join(root, name), "utf8");

/** What the snippets take for given. */
const given = `
import type { FastifyInstance } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import { catalogueOf } from "../../metrics/catalogue";
import { counter, owned } from "../../metrics/define";
import { catalogue } from "../../shop/metrics/catalogue";
import { instrumentationOver } from "../instrumentation/express";

const theLibrary = catalogueOf(
  { "order-service": { seriesBudget: 100, owner: "orders" } },
  owned({ owner: "cache", exportedBy: ["order-service"] }, [
    counter("cache_misses_total", { help: "What was not in the cache.", unit: "lookups" }),
  ]),
);
const onExpress = instrumentationOver(catalogue);

declare global {
  const app: FastifyInstance;
  const library: typeof theLibrary;
  const service: typeof onExpress.service;
  const ready: () => Promise<boolean>;
  const listener: (request: IncomingMessage, response: ServerResponse) => void;
  const routeOf: (request: IncomingMessage) => string | undefined;
  const reserve: (lines: readonly string[]) => Promise<void>;
  const lines: readonly string[];
  const url: URL;
}
`;

/** Blocks of TypeScript in a document that are not steps, which other suites take. */
function snippetsIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^([^\n]*)\n\n```ts\n([^]*?)(?=^```$)/gm)];
  return blocks
    .filter(([, before = ""]) => !/^<!-- (?:step|infer): /.test(before))
    .map(([, , code = ""]) => code);
}

/** A snippet as a module: what follows its imports is in a function, as some of it waits. */
function moduleOf(snippet: string): string {
  const [, imports = "", rest = ""] = /^((?:import .*\n)*)([^]*)$/.exec(snippet) ?? [];
  return `${imports}export async function snippet() {\n${rest}}\n`;
}

/** What the compiler says of snippets, each with its number. */
function complaintsOf(snippets: readonly string[]): readonly string[] {
  const files = new Map([
    [join(folder, "given.ts"), given],
    ...snippets.map((each, at) => [join(folder, `snippet-${String(at)}.ts`), moduleOf(each)] as const),
  ]);
  const options = { ...compilerOptionsOf(root), noUnusedLocals: false };
  const onDisk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...onDisk,
    fileExists: (path) => files.has(path) || onDisk.fileExists(path),
    readFile: (path) => files.get(path) ?? onDisk.readFile(path),
    getSourceFile: (path, version, ...more) => {
      const text = files.get(path);
      return text === undefined
        ? onDisk.getSourceFile(path, version, ...more)
        : ts.createSourceFile(path, text, version);
    },
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) =>
        `${path.slice(folder.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

describe("TypeScript in the documents", () => {
  const instrumenting = snippetsIn(document("docs/instrumenting.md"));
  const [readme = ""] = snippetsIn(document("README.md")).filter((each) => each.includes("instrumentation"));

  it("compiles where it tells how a service of this repository is instrumented", () => {
    expect(instrumenting).toHaveLength(7);
    expect(complaintsOf([...instrumenting, readme])).toEqual([]);
  });

  it("would not with a slip in it", () => {
    const slips = [
      instrumenting.find((each) => each.includes("express()"))?.replace("orders_total", "orders_totl"),
      instrumenting
        .find((each) => each.includes("metricsOf"))
        ?.replace("cache_misses_total", "cache_mises_total"),
      readme.replace("platform/", ""),
    ].map((each) => each ?? "");
    expect(complaintsOf(slips)).toEqual([
      expect.stringMatching(/^snippet-0\.ts: .*'orders_totl'/),
      expect.stringMatching(/^snippet-1\.ts: .*'cache_mises_total'/),
      expect.stringMatching(/^snippet-2\.ts: .*no exported member/),
    ]);
  });

  it.each(["docs/any-language.md", "docs/package.md"])("is steps of programs that run in %s", (name) => {
    const text = document(name);
    expect(text).toContain("\n```ts\n");
    expect(snippetsIn(text)).toEqual([]);
  });
});
