import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { exampleChanges } from "../../../review/example/changes";
import { saidOf } from "../../../review/example/documented";
import { projectCopies, type ProjectCopy } from "../../support/project-copy";

const root = resolve(__dirname, "../../..");
const copy = projectCopies({ whole: true, ownEnvironments: true });
const node = (project: ProjectCopy, ...args: string[]) =>
  project.run("node", ["--import", "tsx", ...args], { COLUMNS: "80" });
const inOneLine = (text: string) => text.replaceAll(/\s+/g, " ");

jest.setTimeout(600_000);

describe("the examples of docs/review.md", () => {
  const project = copy();
  const git = (...args: string[]) => {
    const identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    const { status, stderr } = project.run("git", [...identity, ...args]);
    if (status !== 0) throw new Error(stderr);
  };

  beforeAll(() => {
    git("init", "-q", "-b", "main");
    appendFileSync(`${project.folder}/.gitignore`, "\nnode_modules\n");
    git("add", "-A");
    git("commit", "-q", "-m", "All");
  });

  it.each(exampleChanges())("%s: the review says what stands there", (change) => {
    const { status, stdout } = node(project, "commands/review.ts", "--example", change);
    expect(status).toBe(0);
    for (const said of saidOf(change, root)) expect(inOneLine(stdout)).toContain(said);
  });

  it("there is nothing against the metric that has another name by `npm run rename`", () => {
    const names = ["metric", "product_stock_level", "product_stock_items"];
    expect(node(project, "commands/rename.ts", ...names)).toMatchObject({ status: 0 });
    const { status, stdout } = node(
      project,
      ...["commands/review.ts", "--example", "--base", "main", "--since", "1h"],
      ...["--foreign", "examples/review/theirs", "--check"],
    );
    expect({ status, said: inOneLine(stdout) }).toEqual({
      status: 0,
      said: expect.not.stringContaining("must not be merged") as string,
    });
  });

  it.each([
    [["--example", "treshold"], '--example: found "treshold", allowed: mistake, panel, rename, route'],
    [["--example", "panel", "--base", "main"], "none with --example panel"],
  ])("refuses %j", (args, message) => {
    const { status, stdout, stderr } = node(project, "commands/review.ts", ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(message);
  });
});
