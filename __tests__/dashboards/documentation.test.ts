import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { commonRules, allRules, lint } from "../../commands/lib/dashboard-lint/lint";
import { dashboardOf } from "../../commands/lib/dashboard-lint/dashboard";
import { dashboards } from "../../dashboards/dashboard";
import { dashboardSettings } from "../support/dashboard-settings";

const root = resolve(__dirname, "../..");
const text = readFileSync(join(root, "docs/dashboards.md"), "utf8");
const example = /```ts\n([^]*?)```/.exec(text)?.[1] ?? "";
/** Where the document says that the example goes. */
const file = join(root, "dashboards/logins.ts");

it("has a complete example that compiles where it belongs", () => {
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
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
}, 60_000);

it("has an example that makes a dashboard without a finding", () => {
  const { outputText } = ts.transpileModule(example, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { logins?: (settings: ReturnType<typeof dashboardSettings>) => unknown } = {};
  const load = (name: string): unknown =>
    jest.requireActual(name.startsWith(".") ? join(root, "dashboards", name) : name);
  const run = compileFunction(outputText, ["require", "exports"]) as (
    require: typeof load,
    exports: unknown,
  ) => void;
  run(load, exported);
  const made = dashboardOf(JSON.parse(JSON.stringify(exported.logins?.(dashboardSettings()))));
  expect(made.panels.map(({ name }) => name)).toEqual(["Failed logins", "Attempts", "Login attempts"]);
  expect(lint(made)).toEqual([]);
});

it("lists all dashboards and all rules", () => {
  const cells = [...text.matchAll(/^\| (?:\w+ +\| )?([^|]+?) +\|/gm)].map(([, cell]) => cell);
  expect(cells).toEqual(expect.arrayContaining(Object.values(dashboards)));
  expect(cells).toEqual(expect.arrayContaining(allRules.map(({ name }) => `\`${name}\``)));
  expect(commonRules.length).toBe(allRules.length - 1);
});
