import { recordedNamePattern, durationInWords, durationPattern, Query } from "../metrics/promql";
import { report, words } from "../metrics/problems";
import {
  checkProperties,
  checkWord,
  form,
  isObject,
  list,
  object,
  optional,
  text,
  texts,
  word,
  type Properties,
  type Property,
} from "../metrics/properties";
import { listOfNeeds } from "../metrics/needs";
import { type AlertRule, type DashboardLink, type RecordingRule, type RuleGroup, severities } from "./rule";

const duration = optional(form(durationPattern, durationInWords));
const query: Property = {
  allowed: "an expression made by select and the other functions of metrics/promql",
  is: (value) => value instanceof Query,
};

const ofAlert: Properties<AlertRule> = {
  alert: form(/^[A-Z][A-Za-z0-9]*$/, "a name in CamelCase"),
  severity: word(...severities),
  expr: query,
  needs: optional(listOfNeeds),
  runbookReads: optional({
    allowed: "a list of expressions made by select",
    is: (value) => Array.isArray(value) && value.every(query.is),
  }),
  for: duration,
  keepFiringFor: duration,
  labels: optional(texts),
  summary: form(/^(?!.*\b(undefined|NaN)\b).*\S.*$/, "a text of one line, without undefined or NaN in it"),
  description: form(/^(?!.*\b(undefined|NaN)\b).*\S.*$/s, "a text without undefined or NaN in it"),
  dashboard: object,
};
const ofRecord: Properties<RecordingRule> = {
  record: form(recordedNamePattern, "level:metric:operation, such as service:http_requests:rate5m"),
  expr: query,
  labels: optional(texts),
};
const ofGroup: Properties<RuleGroup> = {
  name: text,
  interval: duration,
  rules: list,
  source: optional(text),
};
const ofLink: Properties<DashboardLink> = { uid: text, variables: optional(texts) };

const labelPattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Labels that every alert has beside those of its expression and its rule. */
const always = ["alertname", "severity", "environment"];

/** Where a rule is written, and how its author calls it. */
export interface RulePlace {
  readonly place: string;
  readonly what: string;
}

/** Where a rule of a group is written. */
export function placeOf(
  group: RuleGroup,
  rule: { readonly alert?: string; readonly record?: string },
): RulePlace {
  const place = group.source ?? `group ${group.name}`;
  return { place, what: rule.alert === undefined ? `record ${rule.record ?? ""}` : `alert ${rule.alert}` };
}

/** Reports what is wrong in groups of rules: what their types say, for those who do not ask the compiler. */
export function checkGroups(groups: readonly RuleGroup[]): void {
  const keys = new Set<string>();
  const names = new Set<string>();
  for (const group of groups) {
    const { name, source = `group ${name}` } = group;
    if (!checkProperties(`group ${name}`, group, ofGroup, source)) continue;
    if (names.has(name)) {
      report({ place: source, what: "group", found: name, allowed: "a name that no other group has" });
    }
    names.add(name);
    for (const rule of group.rules) checkRule(group, rule, keys);
  }
}

function checkRule(group: RuleGroup, rule: unknown, keys: Set<string>): void {
  const named = isObject(rule) ? (rule as { alert?: string; record?: string }) : {};
  const { place, what } = placeOf(group, named);
  const isRecord = named.alert === undefined && named.record !== undefined;
  if (!isObject(rule) || !checkProperties(what, rule, isRecord ? ofRecord : ofAlert, place)) return;
  const { labels = {} } = rule as { labels?: Readonly<Record<string, string>> };
  for (const label of Object.keys(labels).filter((name) => !labelPattern.test(name))) {
    report({ place, what: `${what}: labels`, found: label, allowed: "letters, digits and underscores" });
  }
  const own = JSON.stringify([named.alert, named.record, rule.severity, Object.entries(labels).sort()]);
  if (keys.has(own)) {
    const found = words("a second rule of this name and these labels");
    report({ place, what, found, allowed: "one: another label must differ" });
  }
  keys.add(own);
  if (!isRecord) checkAlert(place, what, rule as unknown as AlertRule);
}

function checkAlert(place: string, what: string, alert: AlertRule): void {
  const { labels = {}, dashboard, summary, description, expr } = alert;
  for (const name of Object.keys(labels).filter((each) => always.includes(each))) {
    report({ place, what: `${what}: labels`, found: name, allowed: "a label that not every alert has" });
  }
  const values = Object.entries(labels).filter(([, value]) => /\{\{[^}]*\$value/.test(value));
  for (const [name, found] of values) {
    const allowed = "no value: each new one would be another alert";
    report({ place, what: `${what}: labels: ${name}`, found, allowed });
  }
  const kept = expr.shape?.labels;
  const known = kept && [...new Set([...kept, ...Object.keys(labels), ...always])];
  for (const [key, written] of Object.entries({ summary, description })) {
    checkNamed(place, `${what}: ${key}: label`, labelsIn(written), known);
  }
  for (const [name, written] of Object.entries(labels)) {
    checkNamed(place, `${what}: labels: ${name}: label`, labelsIn(written), kept);
  }
  if (!checkProperties(`${what}: dashboard`, dashboard, ofLink, place)) return;
  checkNamed(place, `${what}: dashboard: variables: label`, Object.values(dashboard.variables ?? {}), known);
}

/** The labels that a template shows. */
function labelsIn(template: string): readonly string[] {
  return [...new Set([...template.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label))];
}

function checkNamed(
  place: string,
  what: string,
  named: readonly string[],
  known: readonly string[] | undefined,
): void {
  if (known === undefined) return;
  for (const label of named) checkWord(what, label, known, place);
}
