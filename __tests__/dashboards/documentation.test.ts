import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compileFunction } from "node:vm";
import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import ts from "typescript";
import { commonRules, allRules, lint } from "../../commands/lib/dashboard-lint/lint";
import { dashboardOf } from "../../commands/lib/dashboard-lint/dashboard";
import { dashboard, dashboards } from "../../dashboards/dashboard";
import { chosenService, instanceVariable, labelChoice, serviceChoice } from "../../dashboards/variables";
import { select } from "../../metrics/promql";
import { dashboardSettings } from "../support/dashboard-settings";

const root = resolve(__dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const text = readFileSync(join(root, "docs/dashboards.md"), "utf8");

/** The example that a document says belongs into a file of `dashboards/`. */
function exampleFor(file: string, document: string): string {
  const after = document.slice(document.indexOf(`\`dashboards/${file}.ts\``));
  const found = /<!-- The tests compile and run this example. -->\s+```ts\n([^]*?)```/.exec(after)?.[1];
  if (found === undefined) throw new Error(`There is no example of dashboards/${file}.ts.`);
  return found;
}

const examples = {
  logins: exampleFor("logins", text),
  "refused-requests": exampleFor("refused-requests", readme),
} as const;

/** What the compiler has against an example where it belongs. */
function problemsOf(name: keyof typeof examples, example: string = examples[name]): string[] {
  const file = join(root, `dashboards/${name}.ts`);
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const real = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...real,
    fileExists: (path) => path === file || real.fileExists(path),
    readFile: (path) => (path === file ? example : real.readFile(path)),
    getSourceFile: (path, ...rest) =>
      path === file ? ts.createSourceFile(path, example, rest[0]) : real.getSourceFile(path, ...rest),
  };
  const program = ts.createProgram([file], { ...options, types: ["node"] }, host);
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
  return problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** What an example exports. */
function exportsOf(name: keyof typeof examples): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(examples[name], {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  const load = (path: string): unknown =>
    jest.requireActual(path.startsWith(".") ? join(root, "dashboards", path) : path);
  const run = compileFunction(outputText, ["require", "exports"]) as (
    require: typeof load,
    exports: unknown,
  ) => void;
  run(load, exported);
  return exported;
}

it.each(Object.keys(examples) as (keyof typeof examples)[])(
  "the example %s compiles where it belongs",
  (name) => {
    expect(problemsOf(name)).toEqual([]);
  },
  60_000,
);

it.each(["http_request_total", '"429x"', "status: "])(
  "the example of a panel does not compile with %s",
  (wrong) => {
    const right = { http_request_total: "http_requests_total", '"429x"': '"429"' }[wrong] ?? "status_code: ";
    const example = examples["refused-requests"].replace(right, wrong);
    expect(example).not.toBe(examples["refused-requests"]);
    expect(problemsOf("refused-requests", example)).not.toEqual([]);
  },
  60_000,
);

it("the example of a dashboard makes one without a finding", () => {
  const { logins } = exportsOf("logins") as {
    logins: (settings: ReturnType<typeof dashboardSettings>) => unknown;
  };
  const made = dashboardOf(JSON.parse(JSON.stringify(logins(dashboardSettings()))));
  expect(made.panels.map(({ name }) => name)).toEqual(["Failed logins", "Attempts", "Login attempts"]);
  expect(lint(made)).toEqual([]);
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
  expect(lint(made)).toEqual([]);
});

it("all dashboards and all rules are listed", () => {
  const titles = [...readme.matchAll(/^\| (?:Services|Business|Platform) +\| (.+?) +\|/gm)].map(
    ([, cell]) => cell,
  );
  expect(titles.sort()).toEqual(Object.values(dashboards).sort());
  const rules = [...text.matchAll(/^\| (`[a-z-]+`) +\|/gm)].map(([, cell]) => cell);
  expect(rules.sort()).toEqual(allRules.map(({ name }) => `\`${name}\``).sort());
  expect(commonRules.length).toBe(allRules.length - 1);
});
