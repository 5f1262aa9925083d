import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readFiles } from "../support/files";
import { projectCopies, type ProjectCopy } from "../support/project-copy";

const copy = projectCopies();
const packages = resolve(__dirname, "../../node_modules");

/** What cdktf.json runs, for one environment. */
const app = (project: ProjectCopy) => project.run("node", ["commands/app.cjs"], { ENVIRONMENT: "dev" });
const output = (project: ProjectCopy) => readFiles(join(project.folder, "cdktf.out"));

/** A copy of the project with a folder of packages of its own, in which nothing is kept yet. */
function copyWithPackages(): ProjectCopy {
  const project = copy();
  const own = join(project.folder, "node_modules");
  rmSync(own);
  mkdirSync(own);
  for (const name of readdirSync(packages).filter((each) => each !== ".cache")) {
    symlinkSync(join(packages, name), join(own, name));
  }
  return project;
}

const kept = (project: ProjectCopy) => readdirSync(join(project.folder, "node_modules/.cache/synth"));

it("writes what the sources write without it, and the same when it was kept", () => {
  const project = copyWithPackages();
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
  const first = output(project);
  expect(
    kept(project)
      .map((name) => name.replace(/^.*\./, ""))
      .sort(),
  ).toEqual(["bin", "js", "json"]);
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
  expect(output(project)).toEqual(first);
  const direct = project.run("node", ["node_modules/tsx/dist/cli.mjs", "main.ts"], { ENVIRONMENT: "dev" });
  expect(direct).toMatchObject({ status: 0, stderr: "" });
  expect(output(project)).toEqual(first);
});

it("never runs what was kept of other sources, and keeps only a few", () => {
  const project = copyWithPackages();
  app(project);
  const title = (text: string) => [...output(project).values()].some((file) => file.includes(text));
  for (const number of ["1", "2", "3", "4", "5"]) {
    const from =
      number === "1" ? "Orders fail for a fault of ours" : `Orders fail ${String(Number(number) - 1)}`;
    project.edit("shop/alerts/business.ts", from, `Orders fail ${number}`);
    expect(app(project)).toMatchObject({ status: 0, stderr: "" });
    expect(title(`Orders fail ${number}`)).toBe(true);
  }
  expect(kept(project)).toHaveLength(4 * 3);
});

it("works where nothing can be kept, and where what is kept is broken", () => {
  const project = copyWithPackages();
  writeFileSync(join(project.folder, "node_modules/.cache"), "");
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
  rmSync(join(project.folder, "node_modules/.cache"));
  app(project);
  for (const name of kept(project).filter((each) => each.endsWith(".bin"))) {
    writeFileSync(join(project.folder, "node_modules/.cache/synth", name), "no compiled code");
  }
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
});
