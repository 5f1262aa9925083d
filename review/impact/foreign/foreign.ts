import { readFileSync } from "node:fs";
import { readRules } from "../../../alerts/lint/read-rules";
import { UnreadableDashboard } from "../../../dashboards/lint/classic";
import { dashboardOf } from "../../../dashboards/lint/dashboard";
import { readAlertmanager } from "../readers/alertmanager-file";
import type { ForeignAlertmanager } from "../readers/configurations";
import { readersIn } from "../readers/dashboards";
import type { ExpressionReader } from "../readers/expression";
import { ruleReader, withExpression } from "../readers/rules";
import { causeOf, filesIn } from "./files";

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
/** So many files that were not read are named. */
const mostNotes = 40;

/**
 * Reads the dashboards, rules and Alertmanager configurations in folders of others, which are known by what is in them.
 * A file that cannot be read is told in a note.
 * @throws Error when there is no such folder
 */
export function readForeign(folders: readonly string[]): ForeignFiles {
  const found = folders.map((folder) => filesIn(folder, (name) => kinds.test(name)));
  const read = found.flatMap(({ files }) =>
    files.map(({ path, file, bytes }): Partial<ForeignFiles> =>
      bytes > largest ? { notes: [`${file} was not read: it is larger than 50 MB.`] } : readFile(path, file),
    ),
  );
  const count = (some: (file: Partial<ForeignFiles>) => boolean) => read.filter(some).length;
  const others =
    count((file) => Object.keys(file).length === 0) + found.reduce((sum, each) => sum + each.others, 0);
  const told =
    `Of others were read: ${String(count(({ readers }) => readers !== undefined))} files of dashboards and rules, ` +
    `${String(count(({ alertmanagers }) => alertmanagers !== undefined))} Alertmanager configurations.` +
    (others > 0 ? ` Files that are none of these and were left out: ${String(others)}.` : "");
  const notes = [...found.flatMap((each) => each.notes), ...read.flatMap((each) => each.notes ?? [])];
  const more = notes.length - mostNotes;
  return {
    readers: read.flatMap(({ readers = [] }) => readers),
    alertmanagers: read.flatMap(({ alertmanagers = [] }) => alertmanagers),
    notes:
      folders.length === 0
        ? []
        : [
            told,
            ...notes.slice(0, mostNotes),
            ...(more > 0 ? [`So it is with ${String(more)} more files or rules in them.`] : []),
          ],
  };
}

function readFile(path: string, file: string): Partial<ForeignFiles> {
  try {
    const text = textIn(path);
    return /\.json$/i.test(path) ? jsonIn(text, file) : rulesOrRoutes(text, file);
  } catch (error) {
    return { notes: [`${file} was not read: ${causeOf(error)}.`] };
  }
}

/** @throws Error when the file is no text */
function textIn(path: string): string {
  const bytes = readFileSync(path);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // What is wrong with the bytes is of no use to anyone.
  }
  throw new Error("it is no text in UTF-8");
}

/** JSON of something else is of no concern; of a dashboard that cannot be read it is told. */
function jsonIn(text: string, file: string): Partial<ForeignFiles> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("it is no JSON");
  }
  const has = (key: string) => typeof json === "object" && json !== null && key in json;
  const isList = Array.isArray(json);
  if ((has("groups") && !has("panels")) || (has("spec") && /"PrometheusRule/.test(text)))
    return rulesIn(text, file);
  if (!isList && has("route") && has("receivers"))
    return { alertmanagers: [{ file, configuration: readAlertmanager(text) }] };
  try {
    return { readers: readersIn(dashboardOf(json), file, true) };
  } catch (error) {
    if (!(error instanceof UnreadableDashboard)) throw error;
    const isOther = /has no "panels"|expected a JSON object/.test(error.message);
    return isOther ? {} : { notes: [`${file} was not read: it ${error.message}`] };
  }
}

function rulesOrRoutes(text: string, file: string): Partial<ForeignFiles> {
  const hasKey = (key: string) => new RegExp(`^[ \\t]*"?${key}"?[ \\t]*:`, "m").test(text);
  if ((hasKey("route") || hasKey("inhibit_rules")) && hasKey("receivers"))
    return { alertmanagers: [{ file, configuration: readAlertmanager(text) }] };
  return rulesIn(text, file, hasKey("groups") || text.includes("PrometheusRule"));
}

function rulesIn(text: string, file: string, isRules = true): Partial<ForeignFiles> {
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
