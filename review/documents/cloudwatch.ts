import type { PropSchemas } from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { evaluation } from "../../constructs/cloudwatch/settings";

/** The generated parts of docs/cloudwatch.md, by name: a table of the kinds of alarms. */
export function cloudWatchTables(): Readonly<Record<string, string>> {
  const head = ["Alarm", "Severity", "Goes off when", "In an environment", "Settings"];
  const rows = namedAlarmKinds.map(({ name, path, kind: { severity, meaning, presence, settings } }) => [
    `[${name}](runbooks/${name}.md)`,
    severity,
    meaning,
    `\`${path.join(".")}\`${presence === "asked" ? ", where it is asked for" : ""}`,
    Object.entries(settings).map(settingOf).join("; "),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return { alarms: [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n") };
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
