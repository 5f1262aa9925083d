import { lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readFiles } from "../../support/files";
import { type ProjectCopy, restoredCopy } from "../../support/project-copy";

const restored = restoredCopy();
const packages = resolve(__dirname, "../../../node_modules");

/** What cdktf.json runs, for one environment. */
const app = (project: ProjectCopy) => project.run("node", ["commands/app.cjs"], { ENVIRONMENT: "dev" });
const output = (project: ProjectCopy) => readFiles(join(project.folder, "cdktf.out"));

/** The copy, with a folder of packages of its own, in which nothing is kept yet. */
function withNothingKept(): ProjectCopy {
  const project = restored();
  const own = join(project.folder, "node_modules");
  if (lstatSync(own).isSymbolicLink()) {
    rmSync(own);
    mkdirSync(own);
    for (const name of readdirSync(packages).filter((each) => each !== ".cache")) {
      symlinkSync(join(packages, name), join(own, name));
    }
  }
  rmSync(join(own, ".cache"), { recursive: true, force: true });
  return project;
}

const kept = (project: ProjectCopy) => readdirSync(join(project.folder, "node_modules/.cache/synth"));

it("writes what the sources write without it, and the same when it was kept", () => {
  const project = withNothingKept();
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
  const project = withNothingKept();
  const says = (text: string) => [...output(project).values()].some((file) => file.includes(text));
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
  for (const name of ["a", "b", "c", "d"]) {
    for (const kind of ["json", "js", "bin"]) {
      const path = join(project.folder, "node_modules/.cache/synth", `${name}.${kind}`);
      writeFileSync(path, "older");
      utimesSync(path, 1, 1);
    }
  }
  project.edit("shop/alerts/business.ts", "Orders fail for a fault of ours", "Orders fail anew");
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
  expect(says("Orders fail anew")).toBe(true);
  const names = kept(project);
  expect(names).toHaveLength(4 * 3);

  project.restore();
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
  expect(says("Orders fail for a fault of ours")).toBe(true);
  // What was kept first was there still.
  expect(kept(project)).toEqual(names);
});

it("works where nothing can be kept, and where what is kept is broken", () => {
  const project = withNothingKept();
  writeFileSync(join(project.folder, "node_modules/.cache"), "");
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
  rmSync(join(project.folder, "node_modules/.cache"));
  app(project);
  for (const name of kept(project).filter((each) => each.endsWith(".bin"))) {
    writeFileSync(join(project.folder, "node_modules/.cache/synth", name), "no compiled code");
  }
  expect(app(project)).toMatchObject({ status: 0, stderr: "" });
});
