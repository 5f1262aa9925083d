import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectCopies, type ProjectCopy } from "../../support/project-copy";

const copy = projectCopies({ whole: true, ownEnvironments: true });
/** What `npm run update` runs, without the second process of `tsx`. */
const update = (project: ProjectCopy, ...args: string[]) =>
  project.run("node", ["--import", "tsx", "commands/update.ts", ...args]);
const lines = (text: string) => text.trimEnd().split("\n");

// Not all of them: `npm run update:check` of .ci/run makes the reference of the package too, which takes ten seconds.
const some = [
  "docs/metrics.md",
  "docs/alerts.md",
  "docs/package.md",
  ...["dev-docker", "gone-docker", "prod-grafana"].map((name) => `__tests__/stacks/snapshots/${name}.yaml`),
];

describe("npm run update", () => {
  const project = copy();
  const path = (name: string) => join(project.folder, name);

  it("says in a line each what became of the files, and only those", () => {
    writeFileSync(path("docs/metrics.md"), "stale");
    rmSync(path("__tests__/stacks/snapshots/dev-docker.yaml"));
    writeFileSync(path("__tests__/stacks/snapshots/gone-docker.yaml"), "of an environment that was there");
    const check = update(project, "--check", ...some);
    expect(check).toMatchObject({ status: 1, stdout: "" });
    expect(check.stderr.split("\n")).toEqual([
      "docs/metrics.md differs from line 1 on",
      "__tests__/stacks/snapshots/dev-docker.yaml is missing",
      "__tests__/stacks/snapshots/gone-docker.yaml is of something that there is no more",
      "Run `npm run update`, and commit what it writes.",
      "",
    ]);
    expect(readFileSync(path("docs/metrics.md"), "utf8")).toBe("stale");

    const { status, stdout, stderr } = update(project, ...some);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const words = new Map(lines(stdout).map((line) => line.split(/ {2,}/) as [string, string]));
    expect([...words.keys()].sort()).toEqual([...some].sort());
    expect([...words].filter(([, word]) => word !== "unchanged")).toEqual([
      ["docs/metrics.md", "written"],
      ["__tests__/stacks/snapshots/dev-docker.yaml", "new"],
      ["__tests__/stacks/snapshots/gone-docker.yaml", "removed"],
    ]);
    expect(existsSync(path("__tests__/stacks/snapshots/gone-docker.yaml"))).toBe(false);
  });

  it("refuses a name that it does not know", () => {
    expect(update(project, "docs/alert.md")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^file: found "docs\/alert\.md", allowed: docs\/metrics\.md, .*; did you mean "docs\/alerts\.md"\?/,
      ) as string,
    });
  });

  it("writes nothing where an environment is wrong", () => {
    writeFileSync(path("docs/metrics.md"), "stale");
    project.edit("environments/shared.ts", /runbooksUrl: ".*"/, `runbooksUrl: "nowhere"`);
    const { status, stderr } = update(project);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^\d problems in the environments:\n {2}environments\/.*\.ts: runbooksUrl: found /,
    );
    expect(readFileSync(path("docs/metrics.md"), "utf8")).toBe("stale");
  });
});
