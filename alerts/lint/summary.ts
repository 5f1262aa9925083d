import type { Answer } from "./ask/answer";
import { neededFeatures } from "./needed-features";
import type { ReadGroup, RuleFile } from "./read-rules";

/** A line for each feature flag that some rules need. */
export function featureLines(groups: readonly ReadGroup[]): string[] {
  return neededFeatures(groups).map(
    ({ feature, count, example }) =>
      `${counted(count, "rule")} can be read only with --enable-feature=${feature}: ${example}.`,
  );
}

/**
 * How much was read, what was found, and who else was asked.
 * @param answers of the other programs; undefined where none was to be asked
 */
export function summaryOf(
  files: readonly Exclude<RuleFile, { error: string }>[],
  count: number,
  answers: readonly Answer[] | undefined,
): string {
  const rules = files.flatMap((file) => file.groups.flatMap((group) => group.rules)).length;
  const found = count === 0 ? "nothing found" : counted(count, "finding");
  const missing = ["promtool", "pint"].filter(
    (name) => !answers?.some(({ asked }) => asked.startsWith(name)),
  );
  const others = [
    ...(answers ?? []).map(({ asked }) => `${asked} was asked as well`),
    ...missing.map((name) => `${name} is not installed`),
  ];
  const rest = answers === undefined ? "" : ` ${others.join(", ")}.`;
  return `${counted(files.length, "file")}, ${counted(rules, "rule")}: ${found}.${rest}`;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? "" : "s"}`;
}
