import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { readRules } from "../../../alerts/lint/read-rules";
import { readDashboard } from "../../../dashboards/lint/dashboard";
import { UnreadableDashboard } from "../../../dashboards/lint/classic";
import { readAlertmanager } from "../readers/alertmanager-file";
import type { ForeignAlertmanager } from "../readers/configurations";
import { readersIn } from "../readers/dashboards";
import type { ExpressionReader } from "../readers/expression";
import { ruleReader, withExpression } from "../readers/rules";

/** What others read: their dashboards, rules and Alertmanager configurations. */
export interface ForeignFiles {
  readonly readers: readonly ExpressionReader[];
  readonly alertmanagers: readonly ForeignAlertmanager[];
  /** How many were read, and what could not be, a sentence each. */
  readonly notes: readonly string[];
}

const kinds = /\.(json|ya?ml|rules)$/i;
/** Bytes; nobody writes dashboards or rules that are larger. */
const largest = 50 * 2 ** 20;

/**
 * Reads the dashboards, rules and Alertmanager configurations in folders of others, which are known by what is in them.
 * A file that cannot be read is told in a note.
 * @throws Error when there is no such folder
 */
export function readForeign(folders: readonly string[]): ForeignFiles {
  const read = folders.flatMap((folder) =>
    filesIn(folder).map((path) => readFile(path, relative(folder, path))),
  );
  const count = (some: (file: Partial<ForeignFiles>) => boolean) => String(read.filter(some).length);
  const told =
    `Of others were read: ${count(({ readers }) => readers !== undefined)} files of dashboards and rules, ` +
    `${count(({ alertmanagers }) => alertmanagers !== undefined)} Alertmanager configurations.`;
  return {
    readers: read.flatMap(({ readers = [] }) => readers),
    alertmanagers: read.flatMap(({ alertmanagers = [] }) => alertmanagers),
    notes: folders.length === 0 ? [] : [told, ...read.flatMap(({ notes = [] }) => notes)],
  };
}

function readFile(path: string, file: string): Partial<ForeignFiles> {
  try {
    if (statSync(path).size > largest) return { notes: [`${file} was not read: it is larger than 50 MB.`] };
    const text = readFileSync(path, "utf8");
    return /\.json$/i.test(path) && !/"(groups|PrometheusRule)"/.test(text.slice(0, 2_000))
      ? dashboardIn(text, file)
      : rulesOrRoutes(text, file);
  } catch (error) {
    return {
      notes: [`${file} was not read: ${error instanceof Error ? firstLine(error.message) : String(error)}`],
    };
  }
}

/** JSON of something else is of no concern; of a dashboard that cannot be read it is told. */
function dashboardIn(text: string, file: string): Partial<ForeignFiles> {
  try {
    return { readers: readersIn(readDashboard(text), file, true) };
  } catch (error) {
    if (!(error instanceof UnreadableDashboard)) throw error;
    const isOther = /has no "panels"|expected a JSON object/.test(error.message);
    return isOther ? {} : { notes: [`${file} was not read: it ${error.message}`] };
  }
}

function rulesOrRoutes(text: string, file: string): Partial<ForeignFiles> {
  if (/^\s*("?route"?|"?inhibit_rules"?)\s*:/m.test(text) && /^\s*"?receivers"?\s*:/m.test(text))
    return { alertmanagers: [{ file, configuration: readAlertmanager(text) }] };
  const isRules = /^\s*"?groups"?\s*:/m.test(text) || /PrometheusRule/.test(text);
  const rules = readRules(file, text);
  if ("error" in rules)
    return isRules || rules.error.startsWith("is no YAML")
      ? { notes: [`${file} was not read: it ${rules.error}`] }
      : {};
  return {
    readers: rules.groups.flatMap((group) =>
      group.rules.map((rule) => ruleReader(withExpression(rule), `${file}:${String(rule.place.line)}`, true)),
    ),
    notes: rules.findings.map(({ place, message }) => `${file}:${String(place.line)}: ${message}.`),
  };
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(
      `There is no folder "${folder}": name one with dashboards, rules or configurations of others.`,
    );
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => kinds.test(path) && !/(^|\/)(node_modules|\.git)\//.test(path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .sort();
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
