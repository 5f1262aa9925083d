import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** Loads a module of the project, and prints which of its files are the framework's. */
const script = `require(process.argv[1]);
  const isFramework = (file) => /[/]node_modules[/](?:@cdktf|cdktf|constructs)[/]/.test(file);
  console.log(JSON.stringify(Object.keys(require.cache).filter(isFramework)));`;

function frameworkOf(path: string): readonly string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "tsx/cjs", "--eval", script, "--", resolve(root, path)],
    { cwd: root, encoding: "utf8" },
  );
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly string[];
}

it("environments load settings of constructs, and nothing of the framework, which costs a second", () => {
  expect(frameworkOf("environments/index.ts")).toEqual([]);
});

it("notices the framework", () => {
  expect(frameworkOf("constructs/props-error.ts")).not.toEqual([]);
});
