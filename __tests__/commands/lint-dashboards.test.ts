import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UnreadableDashboard } from "../../dashboards/lint/classic";
import { readDashboard } from "../../dashboards/lint/dashboard";
import { allRules, commonRules } from "../../dashboards/lint/lint";
import { inProcess } from "../support/command-in-process";
import { temporaryFolder } from "../support/temporary-folder";
import { asking, soundDashboard } from "../dashboards/lint/sound-dashboard";

const newFolder = temporaryFolder();
const root = resolve(__dirname, "../..");

type Files = Readonly<Record<string, unknown>>;

/** A folder with these files; texts as they are, all else as JSON. */
function folderWith(files: Files): string {
  const folder = newFolder();
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(
      join(folder, name),
      typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
  }
  return folder;
}

const command = inProcess("commands/lint-dashboards.ts");

/** Runs the command in a folder with these files. */
const run = (files: Files, ...args: string[]) => command(folderWith(files), args);

/** The same, as npm starts it. */
function start(files: Files, ...args: string[]) {
  const program = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "commands/lint-dashboards.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    cwd: folderWith(files),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("npm run lint:dashboards", () => {
  it("lists file, panel, rule and message, and ends with 1", () => {
    const files = { "a.json": asking("sum(up)"), "b.json": soundDashboard({ uid: "" }) };
    const { status, stdout, stderr } = start(files, "a.json", "b.json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout.trimEnd().split(/ {2,}|\n/)).toEqual([
      ...["FILE", "PANEL", "RULE", "MESSAGE"],
      ...["a.json", "Requests", "target-matchers", "target A: up has no matcher of job and instance"],
      ...["b.json", "-", "stable-uid", "has no uid; wanted are 1 to 40 letters, digits, - and _"],
      "2 dashboards, 2 findings.",
    ]);
  });

  it("reads others' metrics unless it is told to want those of the catalogue", async () => {
    const files = { "a.json": asking("temperature_celsius{$own}") };
    expect(await run(files, "a.json")).toEqual({
      status: 0,
      stdout: "1 dashboard, no finding.\n",
      stderr: "",
    });
    const { status, stdout } = await run(files, "--catalogue", "a.json");
    expect(status).toBe(1);
    expect(stdout).toContain('catalogue  target A: the catalogue has no metric "temperature_celsius"');
  });

  it("tells machines the same as JSON, what cannot be read included", async () => {
    const { status, stdout, stderr } = await run(
      { "a.json": asking("sum(up)"), "b.json": "[]" },
      "--json",
      "a.json",
      "b.json",
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual([
      {
        file: "a.json",
        findings: [
          {
            panel: "Requests",
            panelId: 1,
            rule: "target-matchers",
            message: "target A: up has no matcher of job and instance",
          },
        ],
      },
      { file: "b.json", error: "is no dashboard: expected a JSON object." },
    ]);
  });

  it("checks what it can read, and says what it cannot", () => {
    // Errors of Node are no `Error` of the tests' own realm.
    const { status, stdout, stderr } = start(
      { "a.json": soundDashboard(), "b.json": "{" },
      "a.json",
      "b.json",
      "c.json",
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: "1 dashboard, no finding.\n" });
    expect(stderr).toMatch(/^b\.json is no JSON: .+\nc\.json cannot be read: ENOENT.+\n$/);
  });

  it("reads the others whatever one of them is", async () => {
    const files = {
      "a.json": soundDashboard(),
      "binary.json": "\0\0",
      "empty.json": "",
      "rules.yml": "groups: []",
      "latin.json": Buffer.from([0x7b, 0xe9, 0x7d]),
      "z.json": soundDashboard(),
    };
    const { status, stdout, stderr } = await run(files, ...Object.keys(files), ".", "/dev/zero");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "2 dashboards, no finding.\n" });
    expect(stderr.trimEnd().split("\n")).toEqual([
      "binary.json is no text, but binary.",
      "empty.json is no JSON: Unexpected end of JSON input",
      expect.stringMatching(/^rules\.yml is no JSON: /) as string,
      "latin.json is no text in UTF-8.",
      ". is a folder: name the files in it.",
      "/dev/zero is no file.",
    ]);
  });

  it("wants a file", async () => {
    expect(await run({})).toEqual({ status: 1, stdout: "", stderr: "No file is named.\nSee --help.\n" });
  });
});

it("checks the catalogue last, and for others by request only", () => {
  expect(allRules.filter((rule) => !commonRules.includes(rule)).map(({ name }) => name)).toEqual([
    "catalogue",
  ]);
});

describe("what is no dashboard in the classic schema", () => {
  it.each([
    ["[]", "expected a JSON object"],
    ["{}", 'it has no "panels"'],
    ['{"apiVersion": "dashboard.grafana.app/v2beta1", "spec": {"elements": {}}}', "newer schema"],
    ['{"panels": [{"gridPos": {"x": "left"}}]}', "panels.0.gridPos.x: "],
    ['{"panels": 1}', "panels: "],
  ])("%s is refused", (text, message) => {
    expect(() => readDashboard(text)).toThrow(UnreadableDashboard);
    expect(() => readDashboard(text)).toThrow(message);
  });

  it("is not the answer of Grafana's API, nor a file with a byte order mark", () => {
    const answer = JSON.stringify({ meta: {}, dashboard: soundDashboard() });
    expect(readDashboard(`\uFEFF${answer}`).title).toBe("Requests");
  });
});

it("has each rule in its documentation, in their order", () => {
  const page = readFileSync(join(root, "docs/lint/dashboards.md"), "utf8");
  expect([...page.matchAll(/^## (.+)$/gm)].map(([, name]) => name)).toEqual(allRules.map(({ name }) => name));
});
