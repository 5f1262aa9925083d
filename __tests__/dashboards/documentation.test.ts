import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compileFunction } from "node:vm";
import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import ts from "typescript";
import { commonRules, allRules, lint } from "../../dashboards/lint/lint";
import { dashboardOf } from "../../dashboards/lint/dashboard";
import { dashboard, titlesOf } from "../../dashboards/dashboard";
import { chosenService, instanceVariable, labelChoice, serviceChoice } from "../../dashboards/variables";
import { select } from "../../metrics/promql";
import { dashboardSettings } from "../support/dashboard-settings";
import { system } from "../support/system";

const root = resolve(__dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const text = readFileSync(join(root, "docs/dashboards.md"), "utf8");

/** The example that a document says belongs into a file. */
function exampleFor(file: string, document: string): string {
  const after = document.slice(document.indexOf(`\`${file}\``));
  const found = /<!-- The tests compile and run this example. -->\s+```ts\n([^]*?)```/.exec(after)?.[1];
  if (found === undefined) throw new Error(`There is no example of ${file}.`);
  return found;
}

/** Where each example belongs. */
const folders = { logins: "shop/dashboards", "refused-requests": "dashboards" } as const;
type Example = keyof typeof folders;

const examples: Readonly<Record<Example, string>> = {
  logins: exampleFor(`${folders.logins}/logins.ts`, text),
  "refused-requests": exampleFor(`${folders["refused-requests"]}/refused-requests.ts`, readme),
};

/** Texts that a right one of the example of a panel is replaced by, so that it must not compile. */
const mistakes = {
  http_requests_total: "http_request_total",
  '"429"': '"429x"',
  "status_code: ": "status: ",
} as const;

/** The examples, and those with a mistake, by the name of their file. */
const texts = new Map<string, string>([
  ...Object.entries(examples),
  ...Object.entries(mistakes).map(([right, wrong], index): [string, string] => [
    `mistake-${String(index)}`,
    examples["refused-requests"].replace(right, wrong),
  ]),
]);

/** What the compiler has against each of the texts where it belongs; all in one run, as that costs seconds. */
function problemsOfAll(): ReadonlyMap<string, readonly string[]> {
  const folderOf = (name: string) => folders[name as Example] ?? folders["refused-requests"];
  const pathOf = (name: string) => join(root, folderOf(name), `${name}.ts`);
  const files = new Map([...texts].map(([name, text]) => [pathOf(name), text]));
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const real = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...real,
    fileExists: (path) => files.has(path) || real.fileExists(path),
    readFile: (path) => files.get(path) ?? real.readFile(path),
    getSourceFile: (path, ...rest) => {
      const own = files.get(path);
      return own === undefined ? real.getSourceFile(path, ...rest) : ts.createSourceFile(path, own, rest[0]);
    },
  };
  const program = ts.createProgram([...files.keys()], { ...options, types: ["node"] }, host);
  return new Map(
    [...texts.keys()].map((name) => [
      name,
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(pathOf(name)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ]),
  );
}

/** What an example exports. */
function exportsOf(name: Example): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(examples[name], {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  const load = (path: string): unknown =>
    jest.requireActual(path.startsWith(".") ? join(root, folders[name], path) : path);
  const run = compileFunction(outputText, ["require", "exports"]) as (
    require: typeof load,
    exports: unknown,
  ) => void;
  run(load, exported);
  return exported;
}

describe("for the compiler", () => {
  let problems: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    problems = problemsOfAll();
  }, 120_000);

  it.each(Object.keys(examples))("the example %s is right where it belongs", (name) => {
    expect(problems.get(name)).toEqual([]);
  });

  it.each(Object.values(mistakes).map((wrong, index) => [wrong, `mistake-${String(index)}`] as const))(
    "the example of a panel is wrong with %s",
    (wrong, name) => {
      expect(texts.get(name)).toContain(wrong);
      expect(problems.get(name)?.length).toBeGreaterThan(0);
    },
  );
});

it("the example of a dashboard makes one without a finding", () => {
  const { logins } = exportsOf("logins") as {
    logins: (settings: ReturnType<typeof dashboardSettings>) => unknown;
  };
  const made = dashboardOf(JSON.parse(JSON.stringify(logins(dashboardSettings()))));
  expect(made.panels.map(({ name }) => name)).toEqual([
    "Instances up",
    "Attempts in an hour",
    "Failed logins",
    "Response time p95",
    "Attempts",
    "Login attempts",
  ]);
  expect(lint(made, system)).toEqual([]);
});

it("the example of a panel makes one without a finding", () => {
  const { refusedRequests } = exportsOf("refused-requests") as { refusedRequests: () => PanelBuilder };
  const settings = dashboardSettings();
  const whole = dashboard({
    uid: "example",
    title: "Example",
    description: "The panel by itself.",
    settings,
    variables: [
      serviceChoice(settings.services),
      labelChoice(instanceVariable, "Instance", {
        label: "instance",
        series: select("up", { job: chosenService.job }),
      }),
    ],
    rows: [{ panels: [refusedRequests()] }],
  });
  const made = dashboardOf(JSON.parse(JSON.stringify(whole)));
  expect(made.panels.map(({ name }) => name)).toEqual(["Refused requests"]);
  expect(lint(made, system)).toEqual([]);
});

it("all dashboards and all rules are listed", () => {
  const titles = [...readme.matchAll(/^\| (?:Services|Business|Platform) +\| (.+?) +\|/gm)].map(
    ([, cell]) => cell,
  );
  expect(titles.sort()).toEqual(Object.values(titlesOf(system.dashboards.titles)).sort());
  const rules = [...text.matchAll(/^\| (`[a-z-]+`) +\|/gm)].map(([, cell]) => cell);
  expect(rules.sort()).toEqual(allRules.map(({ name }) => `\`${name}\``).sort());
  expect(commonRules.length).toBe(allRules.length - 1);
});
