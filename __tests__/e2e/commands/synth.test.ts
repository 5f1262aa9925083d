import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentNames } from "../../support/environments";
import { inProcess } from "../../support/command-in-process";
import { type Ended, projectCopies, type ProjectCopy, restoredCopy } from "../../support/project-copy";
import { readFiles } from "../../support/files";
import { outputOf, synthProgram, writtenBy } from "../../support/synth-program";

const copy = projectCopies();
const restored = restoredCopy();

/** What `npm run synth` runs, without npm's own output and the second process of `tsx`. */
const synth = (project: ProjectCopy, args: string[] = [], environment: Record<string, string> = {}) =>
  project.run("node", ["--import", "tsx", "commands/synth.ts", ...args], environment);

const readme = readFileSync(join(__dirname, "../../../README.md"), "utf8");

/** The lines of the README's first block that begins so; `…` stands for what is left out. */
function readmeBlock(beginning: string): string[] {
  const start = readme.indexOf(`\`\`\`\n${beginning}`);
  if (start < 0) throw new Error(`The README has no block that begins with ${beginning}.`);
  const text = readme.slice(start + 4, readme.indexOf("\n```", start));
  return text.split("\n").filter((line) => line !== "…");
}

/** Matches a line of the README, in which `…` may stand for anything. */
function like(line: string): unknown {
  const parts = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return expect.stringMatching(new RegExp(`^${parts.join(".+")}$`));
}

describe("npm run synth", () => {
  const project = copy();
  const other = copy();
  const alone = other.run(process.execPath, ["commands/app.cjs"], { PATH: other.folder });
  const ended = project.run("node", ["node_modules/tsx/dist/cli.mjs", "commands/synth.ts"]);

  it("ends with a table of all stacks, their resources and where they are", () => {
    expect(ended.status).toBe(0);
    const [heading, ...rows] = ended.stdout.trimEnd().split("\n");
    expect(heading).toMatch(/^STACK +RESOURCES +FOLDER +AFTER$/);
    expect(rows).toHaveLength(environmentNames.length * 4);
    expect(rows).toContainEqual(
      expect.stringMatching(/^dev-grafana +[1-9]\d* +cdktf\.out\/stacks\/dev-grafana +dev-docker$/),
    );
  });

  it("warns of a state on this machine alone, where others reach what it describes", () => {
    expect(ended.stderr).toMatch(/^Warning: the state of these stacks is on this machine alone/);
    expect(ended.stderr).toContain("\n  dev-cloudwatch: an account of AWS\n");
    expect(ended.stderr).not.toMatch(/^ {2}(?:local|prod)-/m);
  });

  it("prints what the README says", () => {
    const table = readmeBlock("STACK");
    expect(table.length).toBeGreaterThan(3);
    // The README counts the project's own environments, which somebody may have changed; here are those of the tests.
    const uncounted = (lines: readonly string[]) => lines.map((line) => line.replace(/ [ \d]\d  /, " ##  "));
    expect(uncounted(ended.stdout.split("\n").slice(0, table.length))).toEqual(uncounted(table));
  });

  it("writes what the program of cdktf.json writes, byte for byte", () => {
    expect(alone).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(readFiles(outputOf(other))).toEqual(readFiles(outputOf(project)));
  });

  it("needs no other program", () => {
    expect(alone).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("tells machines the same as JSON", () => {
    const stacks = JSON.parse(synth(project, ["--json"]).stdout) as Record<string, unknown>[];
    expect(stacks).toHaveLength(environmentNames.length * 4);
    expect(stacks.find(({ stack }) => stack === "dev-alertmanager")).toEqual({
      stack: "dev-alertmanager",
      resources: 3,
      folder: "cdktf.out/stacks/dev-alertmanager",
      dependencies: ["dev-docker"],
    });
  });

  it("writes the environments of ENVIRONMENT alone, and removes what another synth left", () => {
    expect(synth(project, [], { ENVIRONMENT: "dev, local" }).status).toBe(0);
    expect(readdirSync(join(outputOf(project), "stacks")).sort()).toEqual(
      ["dev", "local"].flatMap((name) =>
        ["alertmanager", "cloudwatch", "docker", "grafana"].map((kind) => `${name}-${kind}`),
      ),
    );
  });

  it("writes the environments that are named alone, as deploy does, and those of stacks", () => {
    expect(synth(project, ["dev-docker", "prod"], { ENVIRONMENT: "local" }).status).toBe(0);
    expect(readdirSync(join(outputOf(project), "stacks")).map((name) => name.split("-")[0])).toEqual(
      ["dev", "prod"].flatMap((name) => Array.from({ length: 4 }, () => name)),
    );
    expect(synth(project, ["dve"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        `"dve" is neither an environment nor a stack; did you mean "dev"?`,
      ) as string,
    });
  });

  it("refuses an option that it has not, and says where to read which it has", async () => {
    const command = inProcess("commands/synth.ts");
    const refused = await command(project.folder, ["--jsno"]);
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toMatch(/--jsno[^]*See --help\.\n$/);
    expect(await command(project.folder, ["--help"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("npm run synth -- dev prod") as string,
    });
  });

  it("prints what the README says of mistakes in an environment that was added as it says", () => {
    const project = copy();
    copyFileSync(join(project.folder, "environments/staging.ts"), join(project.folder, "environments/qa.ts"));
    project.edit("environments/qa.ts", "const staging", "const qa");
    project.edit("environments/qa.ts", `name: "staging"`, `name: "qa"`);
    project.edit("environments/index.ts", "import", `import { qa } from "./qa";\nimport`);
    project.edit("environments/index.ts", "staging, prod }", "staging, prod, qa }");
    expect(synth(project, [], { ENVIRONMENT: "qa" })).toMatchObject({ status: 0 });

    project.edit("environments/qa.ts", `region: "eu-central-1"`, `region: "eu-centrall-1"`);
    project.edit(
      "environments/shared.ts",
      `["slack-critical", "email-ops"]`,
      `["slack-critical", "email-opps"]`,
    );
    const { status, stderr } = synth(project, [], { ENVIRONMENT: "qa" });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split("\n")).toEqual(readmeBlock("2 problems").map(like));
  });
});

describe("the program of cdktf.json, with mistakes in an environment", () => {
  function expectRefusal(ended: Ended, project: ProjectCopy, lines: readonly RegExp[]): void {
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    const [heading, ...problems] = ended.stderr.trimEnd().split("\n");
    expect(heading).toBe(
      lines.length === 1
        ? "1 problem in the environments:"
        : `${String(lines.length)} problems in the environments:`,
    );
    expect(problems).toEqual(lines.map((line) => expect.stringMatching(line) as string));
    // No stack trace and nothing written.
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(writtenBy(project)).toBeUndefined();
  }

  it("lists them all by file and path and writes nothing, and so does npm run synth", () => {
    const project = restored();
    project.edit(
      "environments/prod.ts",
      `aws: { region: "eu-central-1" }`,
      `aws: { region: "eu-central-9" }`,
    );
    project.edit("environments/prod.ts", "periodSeconds: 120", "periodSeconds: 125");
    project.edit("environments/dev.ts", `name: "email-ops"`, `name: "slack-critical"`);
    const ended = synthProgram(project);
    expectRefusal(ended, project, [
      /environments\/dev\.ts: alerting\.receivers\[3\]\.name: found "slack-critical", allowed: a name that no other/,
      /environments\/dev\.ts: alerting\.routes\[0\]\.receivers\[1\]: found "email-ops", allowed: the name of a receiver/,
      /environments\/prod\.ts: aws\.region: found "eu-central-9", allowed: .*; did you mean "eu-central-1"\?/,
      /environments\/prod\.ts: cloudwatch\.alarms\.highCpu\.periodSeconds: found 125, allowed: /,
    ]);
    expect(synth(project)).toEqual(ended);
    expect(writtenBy(project)).toBeUndefined();
  });

  it("refuses an environment that is not there", () => {
    const project = restored();
    expectRefusal(synthProgram(project, { ENVIRONMENT: "prdo" }), project, [
      /ENVIRONMENT: found "prdo", allowed: local, dev, staging, prod; did you mean "prod"\?/,
    ]);
  });

  it("refuses a file whose name and environment differ", () => {
    const project = restored();
    project.edit("environments/staging.ts", `name: "staging"`, `name: "prod"`);
    expectRefusal(synthProgram(project, { ENVIRONMENT: "staging" }), project, [
      /environments\/staging\.ts: name: found "prod", allowed: "staging"/,
    ]);
  });

  it("leaves what an earlier synth wrote as it was", () => {
    const project = restored();
    expect(synthProgram(project)).toMatchObject({ status: 0 });
    const before = writtenBy(project);
    expect(before?.size).toBeGreaterThan(0);
    project.edit("environments/prod.ts", "periodSeconds: 120", "periodSeconds: 125");
    expect(synthProgram(project)).toMatchObject({ status: 1 });
    expect(writtenBy(project)).toEqual(before);
  });
});
