import { existsSync } from "node:fs";
import { join } from "node:path";
import { readFiles } from "./files";
import type { Ended, ProjectCopy } from "./project-copy";

/** Runs the program of cdktf.json in a copy of the project, which is what `npm run synth` starts, too. */
export const synthProgram = (project: ProjectCopy, environment?: Readonly<Record<string, string>>): Ended =>
  project.run("node", ["commands/app.cjs"], environment);

/** The folder that a synth of a copy writes. */
export const outputOf = (project: ProjectCopy) => join(project.folder, "cdktf.out");

/** What a synth of a copy wrote; undefined where it made no folder. */
export const writtenBy = (project: ProjectCopy) =>
  existsSync(outputOf(project)) ? readFiles(outputOf(project)) : undefined;
