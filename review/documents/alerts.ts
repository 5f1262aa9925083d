import { type AlertRule, type RuleGroup, isAlert } from "../../alerts/rule";
import { ruleGroups } from "../../alerts/rule-groups";
import { thresholdDefinitions } from "../../alerts/thresholds";
import { system } from "../../shop";
import { settings as own } from "../../shop/settings";
import { wholeRuleSettings } from "../whole-system";

/** The generated parts of docs/alerts.md, by the name of their marks. */
export function alertTables(): Readonly<Record<string, string>> {
  return {
    alerts: Object.entries(ruleGroups(wholeRuleSettings, system.alerts))
      .map(([file, groups]) => `### ${file.replace(".yml", "")}\n\n${alertTable(groups)}`)
      .join("\n\n"),
    thresholds: thresholdTable(),
  };
}

/**
 * The document with its generated parts written anew.
 * @throws Error when it lacks a mark.
 */
export function withAlertTables(document: string): string {
  return Object.entries(alertTables()).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`docs/alerts.md has no "${begin}" with "${end}" after it.`);
    return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
  }, document);
}

function alertTable(groups: readonly RuleGroup[]): string {
  const rules = groups.flatMap(({ rules: all }) => all.filter(isAlert));
  const first = rules.filter((rule, index) => rules.findIndex((other) => isSame(other, rule)) === index);
  const rows = first.map(({ alert, severity, for: waits = "0s", labels, summary }) => [
    `[${alert}](runbooks/${alert}.md)`,
    labels?.long === undefined ? severity : `${severity} (${labels.long})`,
    waits,
    summary.replace(/\{\{ \$(?:labels\.)?(\w+)(?: \| \w+)? \}\}/g, "<$1>").replace(/<(\w+)>/g, "\\<$1\\>"),
  ]);
  return markdownTable(["Alert", "Severity", "Waits", "Says"], rows);
}

/** Rules of one name and severity that differ in the service or job alone are one row. */
function isSame(one: AlertRule, other: AlertRule): boolean {
  return (
    one.alert === other.alert && one.severity === other.severity && one.labels?.long === other.labels?.long
  );
}

function thresholdTable(): string {
  const rows = Object.entries({ ...thresholdDefinitions, ...own.thresholds }).map(
    ([name, { meaning, unit, default: byDefault, min, max }]) => [
      `\`${name}\``,
      meaning,
      unit,
      String(byDefault),
      `${String(min)} to ${String(max)}`,
    ],
  );
  return markdownTable(["Threshold", "Of", "Unit", "Default", "Allowed"], rows);
}

/** A table as prettier writes it. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join(
    "\n",
  );
}
