import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectCopies, type ProjectCopy } from "../support/project-copy";

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");

/** The lines of the README's first block that begins so; `…` stands for what is left out. */
function block(beginning: string): string[] {
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

const copy = projectCopies();
const synth = (project: ProjectCopy, environment = {}) =>
  project.run("node", ["node_modules/tsx/dist/cli.mjs", "commands/synth.ts"], environment);

describe("what the README says is printed", () => {
  it("by a synth, is printed", () => {
    const table = block("STACK");
    expect(table.length).toBeGreaterThan(3);
    expect(synth(copy()).stdout.split("\n").slice(0, table.length)).toEqual(table);
  });

  it("of mistakes in an environment that was added as it says, is printed", () => {
    const project = copy();
    copyFileSync(join(project.folder, "environments/staging.ts"), join(project.folder, "environments/qa.ts"));
    project.edit("environments/qa.ts", "const staging", "const qa");
    project.edit("environments/qa.ts", `name: "staging"`, `name: "qa"`);
    project.edit("environments/index.ts", "import", `import { qa } from "./qa";\nimport`);
    project.edit("environments/index.ts", "staging, prod }", "staging, prod, qa }");
    expect(synth(project, { ENVIRONMENT: "qa" })).toMatchObject({ status: 0, stderr: "" });

    project.edit("environments/qa.ts", `region: "eu-central-1"`, `region: "eu-centrall-1"`);
    project.edit(
      "environments/shared.ts",
      `["slack-critical", "email-ops"]`,
      `["slack-critical", "email-opps"]`,
    );
    const { status, stderr } = synth(project, { ENVIRONMENT: "qa" });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split("\n")).toEqual(block("2 problems").map(like));
  });
});
