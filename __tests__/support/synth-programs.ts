import { existsSync } from "node:fs";
import { join } from "node:path";
import { readFiles } from "./files";
import { type Ended, type ProjectCopy, restoredCopy } from "./project-copy";

type Run = (environment?: Readonly<Record<string, string>>) => Ended;

/** What people and cdktf start for a synth, by what people call it. */
const programs = {
  "npm run synth": ["--import", "tsx", "commands/synth.ts"],
  "the program of cdktf.json": ["commands/app.cjs"],
} as const;

export type SynthProgram = keyof typeof programs;
export const synthPrograms = Object.keys(programs) as SynthProgram[];

/** The folder that a synth of a copy writes. */
export const outputOf = (project: ProjectCopy) => join(project.folder, "cdktf.out");

/** What a synth of a copy wrote; undefined where it made no folder. */
export const writtenBy = (project: ProjectCopy) =>
  existsSync(outputOf(project)) ? readFiles(outputOf(project)) : undefined;

/**
 * Makes what does the same with each of the programs, in a copy of the project that is as it was made. They run one after
 * the other when the first is asked for, as the second finds compiled what the first has compiled.
 */
export function withBothPrograms() {
  const restored = restoredCopy();
  return <Done>(act: (run: Run, project: ProjectCopy) => Done): ((program: SynthProgram) => Done) => {
    const done = new Map<SynthProgram, Done>();
    return (wanted) => {
      if (!done.has(wanted)) {
        for (const program of synthPrograms) {
          const project = restored();
          const run: Run = (environment) => project.run("node", programs[program], environment);
          done.set(program, act(run, project));
        }
      }
      return done.get(wanted) as Done;
    };
  };
}
