import type { MetricType } from "../../metrics/define";
import { defines, withFormerName, withoutFormerName } from "./definition";
import { type Names, RenameError } from "./names";
import { linesWith, Renamer } from "./occurrences";

/** A file of the project. */
export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** A file that is changed. */
export interface FileChange extends SourceFile {
  /** What it holds afterwards. */
  readonly changed: string;
  /** How many names are changed in it. */
  readonly names: number;
  /** Whether the metric is defined in it. */
  readonly isDefinition: boolean;
}

/** A name that stays as it is. */
export interface LeftName {
  /** Such as `CHANGELOG.md:12`. */
  readonly place: string;
  readonly word: string;
  readonly why: "recorded" | "history" | "word" | "still";
}

/** All that a step changes, computed before anything is written. */
export interface RenamePlan {
  readonly changes: readonly FileChange[];
  readonly left: readonly LeftName[];
}

/** Files that tell what was. */
const history: readonly string[] = ["CHANGELOG.md"];
/** Rooms in which no metric of the system is defined. */
const withoutDefinitions = /^(?:__tests__|bench|examples|docs|python|go|providers)\//;

/**
 * The first step: the metric has its new name everywhere, and its definition says the former one.
 * @throws RenameError when its definition is not found in exactly one file
 */
export function startPlan(files: readonly SourceFile[], names: Names, type: MetricType): RenamePlan {
  const defining = definingFile(files, names.from);
  const renamer = new Renamer(names, type);
  const changes: FileChange[] = [];
  const left: LeftName[] = [];
  const why = names.from.includes("_") ? "recorded" : "word";
  for (const { path, text } of files) {
    if (history.includes(path)) {
      left.push(...placed(path, linesWith(names.from, text), "history"));
      continue;
    }
    const renamed = renamer.renamed(text);
    left.push(...placed(path, renamed.left, why));
    const isDefinition = path === defining;
    const changed = isDefinition ? withFormerName(path, renamed.text, names) : renamed.text;
    if (changed !== text) changes.push({ path, text, changed, names: renamed.changed, isDefinition });
  }
  return { changes, left };
}

/**
 * The second step: the definition says the former name no longer.
 * @throws RenameError when its definition is not found in exactly one file
 */
export function finishPlan(files: readonly SourceFile[], names: Names): RenamePlan {
  const defining = definingFile(files, names.to);
  const changes = files
    .filter(({ path }) => path === defining)
    .map(({ path, text }) => {
      const changed = withoutFormerName(path, text, names);
      return { path, text, changed, names: 0, isDefinition: true };
    });
  const left = files.flatMap(({ path, text }) =>
    placed(
      path,
      linesWith(names.from, changes.find((each) => each.path === path)?.changed ?? text),
      history.includes(path) ? "history" : "still",
    ),
  );
  return { changes, left };
}

function definingFile(files: readonly SourceFile[], name: string): string {
  const found = files.filter(
    ({ path, text }) => path.endsWith(".ts") && !withoutDefinitions.test(path) && defines(path, text, name),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.path;
  const where = found.map(({ path }) => path).join(" and ") || "no file";
  throw new RenameError(
    `${name}: found its definition in ${where}, allowed: one call of counter, gauge or histogram with the name and what it is, written out. Rename it by hand: docs/rename.md says how.`,
  );
}

function placed(
  path: string,
  lines: readonly { readonly line: number; readonly word: string }[],
  why: LeftName["why"],
): readonly LeftName[] {
  return lines.map(({ line, word }) => ({ place: `${path}:${String(line)}`, word, why }));
}
