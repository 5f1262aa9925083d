import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MetricType } from "../../metrics/define";
import type { Names } from "../../review/rename/names";
import { finishPlan, type RenamePlan, type SourceFile, startPlan } from "../../review/rename/plan";
import type { ProjectCopy } from "./project-copy";

/** A metric whose name is changed. */
export interface RenamedMetric extends Names {
  readonly type: MetricType;
}

/** The rooms that a metric's name is in, as far as services, rules and dashboards are made of them. */
const rooms = ["alerts", "dashboards", "metrics", "services", "shop"];

/** Renames metrics in a copy of the project: the first step, after which they have both names. */
export function startRenames(copy: ProjectCopy, metrics: readonly RenamedMetric[]): void {
  for (const { type, ...names } of metrics) apply(copy, startPlan(filesOf(copy), names, type));
}

/** The second step, after which they have the new name alone. */
export function finishRenames(copy: ProjectCopy, metrics: readonly RenamedMetric[]): void {
  for (const names of metrics) apply(copy, finishPlan(filesOf(copy), names));
}

function filesOf({ folder }: ProjectCopy): readonly SourceFile[] {
  return rooms.flatMap((room) =>
    readdirSync(join(folder, room), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => join(room, path))
      .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") })),
  );
}

function apply({ folder }: ProjectCopy, { changes }: RenamePlan): void {
  for (const { path, changed } of changes) writeFileSync(join(folder, path), changed);
}
