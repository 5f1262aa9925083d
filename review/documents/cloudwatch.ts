import { type AnyAlarmKind, isOfLines, type PropSchemas } from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { evaluation } from "../../constructs/cloudwatch/settings";

/** The generated parts of docs/cloudwatch.md, by name: a table of the kinds of alarms. */
export function cloudWatchTables(): Readonly<Record<string, string>> {
  const head = ["Alarm", "Severity", "Goes off when", "In an environment", "Settings"];
  const rows = namedAlarmKinds.map(({ name, path, kind }) => [
    `[${name}](runbooks/${name}.md)`,
    kind.severity,
    kind.meaning,
    `\`${path.join(".")}\`${condition(kind)}`,
    Object.entries(kind.settings).map(settingOf).join("; "),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return { alarms: [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n") };
}

/** When an environment has it. */
function condition(kind: AnyAlarmKind): string {
  if (kind.presence === "asked") return ", where it is asked for";
  return isOfLines(kind) ? ", with `cloudwatch.logs`" : "";
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
