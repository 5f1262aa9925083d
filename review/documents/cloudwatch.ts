import {
  type AnyAlarmKind,
  isOfLines,
  isOfTopics,
  isOfWorkspace,
  ownSettings,
  type PropSchemas,
  severitiesOf,
} from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { evaluation } from "../../constructs/cloudwatch/settings";

/** The generated parts of docs/cloudwatch.md, by name: a table of the kinds of alarms. */
export function cloudWatchTables(): Readonly<Record<string, string>> {
  const head = ["Alarm", "Severity", "Goes off when", "In an environment", "Settings"];
  const rows = namedAlarmKinds.map(({ name, path, kind }) => [
    `[${name}](runbooks/${name}.md)`,
    severitiesOf(kind).join(", "),
    kind.meaning,
    `\`${path.join(".")}\`${condition(kind)}`,
    [...sharesOf(kind), ...Object.entries(ownSettings(kind)).map(settingOf)].join("; "),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return { alarms: [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n") };
}

/** When an environment has it. */
function condition(kind: AnyAlarmKind): string {
  if (kind.presence === "asked") return ", where it is asked for";
  if (isOfTopics(kind)) return ", for each topic that has a reader";
  if (isOfWorkspace(kind)) {
    const what = kind.needs.includes("workspaceUsage") ? ", for each quota that CloudWatch knows" : "";
    return `, where the engine is Amazon Managed Prometheus${what}`;
  }
  if (kind.targets) return `, where the target is ${kind.targets.map((each) => `\`${each}\``).join(" or ")}`;
  return isOfLines(kind) ? ", with `cloudwatch.logs`" : "";
}

/** The thresholds that alerts of Prometheus have, too, by the severity where there are several. */
function sharesOf({ shared }: AnyAlarmKind): readonly string[] {
  const shares = Object.entries(shared?.shares ?? {});
  return shares.map(
    ([severity, name]) => `\`alerting.thresholds.${name}\`${shares.length > 1 ? ` (${severity})` : ""}`,
  );
}

/** A setting with what is allowed and what holds without it. */
function settingOf([name, schema]: [string, PropSchemas[string]]): string {
  const byDefault = schema.safeParse(undefined);
  const [issue] = schema.safeParse(null).error?.issues ?? [];
  const isUsual = Object.hasOwn(evaluation, name) && issue?.code === "invalid_value";
  return [
    isUsual ? `\`${name}\`` : `\`${name}\`: ${issue?.message ?? ""}`,
    ...(byDefault.success ? [`default ${String(byDefault.data)}`] : []),
  ].join(", ");
}
