import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { inProcess } from "../support/command-in-process";
import { alertWith } from "../support/rule-findings";
import { temporaryFolder } from "../support/temporary-folder";

const newFolder = temporaryFolder();
const root = resolve(__dirname, "../..");

type Files = Readonly<Record<string, readonly object[] | string>>;

/** A folder with these files, rules or texts. */
function folderWith(files: Files): string {
  const folder = newFolder();
  for (const [name, content] of Object.entries(files)) {
    const text =
      typeof content === "string" ? content : stringify({ groups: [{ name: "g", rules: content }] });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const command = inProcess("commands/lint-rules.ts");

/** Runs the command in a folder with these files, and asks no other program. */
const run = (files: Files, ...args: string[]) => command(folderWith(files), ["--alone", ...args]);

/** The same, as npm starts it. */
function start(files: Files, ...args: string[]) {
  const program = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "commands/lint-rules.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, "--alone", ...args], {
    cwd: folderWith(files),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("npm run lint:rules", () => {
  it("lists file and line, group, rule, check and finding, and ends with 1", () => {
    const { status, stdout, stderr } = start({ "a.yml": [alertWith({ alert: "service_down" })] }, "a.yml");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout.trimEnd().split(/ {2,}|\n+/)).toEqual([
      ...["FILE", "GROUP", "RULE", "CHECK", "FINDING"],
      ...["a.yml:4", "g", "service_down", "alert-name", 'Alerts are named in CamelCase: "ServiceDown".'],
      "1 file, 1 rule: 1 finding.",
    ]);
  });

  it("ends with 0 where it finds nothing, in rules that read metrics of others", async () => {
    const files = {
      "a.yml": [
        alertWith({ annotations: { summary: "{{ $labels.namespace }}", description: "x" }, for: "5m" }),
      ],
    };
    expect(await run(files, "a.yml")).toEqual({
      status: 0,
      stdout: "1 file, 1 rule: nothing found.\n",
      stderr: "",
    });
    expect((await run(files, "--catalogue", "a.yml")).stdout).toContain("shows the label namespace");
  });

  it("names a file that is none in a line, and checks the others", async () => {
    const files = { "bad.yml": "{{ .Values.x }}", "good.yml": [alertWith({ expr: "rate(x) > 0" })] };
    const { status, stdout, stderr } = await run(files, "bad.yml", "gone.yml", "good.yml");
    expect(status).toBe(1);
    expect(stdout).toContain("1 file, 1 rule: 1 finding.");
    expect(
      stderr
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(["bad.yml", "gone.yml"]);
  });

  it("checks the others whatever one of them is", async () => {
    const files = { "binary.yml": "\0", "empty.yml": "", "good.yml": [alertWith({})], "json.yml": "[1, 2" };
    const { status, stdout, stderr } = await run(files, ...Object.keys(files), ".", "/dev/zero");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^1 file, 1 rule: /m);
    expect(stderr.trim().split("\n")).toEqual([
      "binary.yml is no text, but binary.",
      "empty.yml is empty: expected groups of rules.",
      expect.stringMatching(/^json\.yml is no YAML: /) as string,
      ". is a folder: name the files in it.",
      "/dev/zero is no file.",
    ]);
  });

  it("leaves out what is disabled", async () => {
    const files = { "a.yml": [alertWith({ alert: "service_down" })] };
    expect((await run(files, "--disable", "alert-name", "a.yml")).status).toBe(0);
    expect((await run(files, "--disable", "alert-nam", "a.yml")).stderr).toContain(
      'did you mean "alert-name"?',
    );
  });

  it("says which feature flags the rules need, and asks for them where it is told which there are", async () => {
    const files = { "a.yml": [alertWith({ expr: "limitk(1, up) == 0" })] };
    const { status, stdout } = await run(files, "a.yml");
    expect(status).toBe(0);
    expect(stdout).toContain(
      "1 rule can be read only with --enable-feature=promql-experimental-functions: limitk() in the rule ServiceDown of a.yml.",
    );
    expect((await run(files, "--enable-feature", "none", "a.yml")).stdout).toContain(
      "needs a Prometheus with",
    );
    expect((await run(files, "--enable-feature", "promql-experimental-functions", "a.yml")).status).toBe(0);
  });

  it("prints JSON", async () => {
    const { status, stdout } = await run(
      { "a.yml": [alertWith({ expr: "rate(x) > 0" })] },
      "--json",
      "a.yml",
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      asked: [],
      findings: [{ file: "a.yml", line: 4, group: "g", rule: "ServiceDown", check: "syntax" }],
      errors: [],
    });
  });

  it.each([
    [[], "Name one file of rules or more"],
    [["--retention", "soon", "a.yml"], '--retention: found "soon", allowed: a duration such as 15s'],
  ])("refuses %j", async (args, message) => {
    const { status, stderr } = await run({ "a.yml": [] }, ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});
