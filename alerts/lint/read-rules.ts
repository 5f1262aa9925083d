import { secondsOf } from "../durations";
import { Form, type Report } from "./rule-form";
import { groupsIn } from "./rule-sources";
import type { Place, YamlValue } from "./yaml";

/** A rule as it stands in a file. */
export interface ReadRule {
  readonly file: string;
  readonly group: string;
  /** Place in its group, from 0. */
  readonly index: number;
  readonly kind: "alert" | "record";
  readonly name: string;
  /** The expression as Prometheus gets it; "" where there is none. */
  readonly expr: string;
  /** As they are written; undefined where there is none, or none that Prometheus takes. */
  readonly for: string | undefined;
  readonly keepFiringFor: string | undefined;
  /** The group's, and the rule's own over them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly place: Place;
}

/** A group of rules as it stands in a file. */
export interface ReadGroup {
  readonly file: string;
  readonly name: string;
  /** As they are written; undefined where Prometheus's own hold. */
  readonly interval: string | undefined;
  readonly queryOffset: string | undefined;
  readonly limit: number | undefined;
  readonly rules: readonly ReadRule[];
  readonly place: Place;
}

/** What is wrong with the form of a file: Prometheus refuses it, or leaves it unread. */
export interface FormFinding {
  readonly file: string;
  /** "" where it is about the file. */
  readonly group: string;
  /** "" where it is about the file or the group. */
  readonly rule: string;
  readonly place: Place;
  readonly message: string;
}

/** What a file has, or in a sentence why it cannot be read as rules. */
export type RuleFile =
  | {
      readonly file: string;
      readonly groups: readonly ReadGroup[];
      readonly findings: readonly FormFinding[];
    }
  | { readonly file: string; readonly error: string };

const groupFields = ["name", "interval", "query_offset", "limit", "labels", "rules"];
const ruleFields = ["alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"];
/** What recording rules have not. */
const alertFields = ["for", "keep_firing_for", "annotations"];

/**
 * The rules in a text: a file of Prometheus, or resources of the kind PrometheusRule, in YAML or JSON. They are read as
 * Prometheus reads them: null is nothing, scalars are their text, `<<` merges. Never throws.
 */
export function readRules(file: string, text: string): RuleFile {
  const source = groupsIn(file, text);
  if ("error" in source) return { file, error: source.error };
  const findings: FormFinding[] = source.problems.map((problem) => ({
    file,
    group: "",
    rule: "",
    ...problem,
  }));
  const groups = source.sets.flatMap(({ values, groupFields: more }) => {
    const names = new Set<string>();
    return values.flatMap((value) => readGroup(file, value, [...groupFields, ...more], names, findings));
  });
  return { file, groups, findings };
}

function readGroup(
  file: string,
  value: YamlValue,
  allowed: readonly string[],
  names: Set<string>,
  findings: FormFinding[],
): ReadGroup[] {
  const named = value.kind === "map" ? value.fields.get("name")?.value : undefined;
  const name = named?.kind === "text" ? named.text : "";
  const report: Report = (place, message) => findings.push({ file, group: name, rule: "", place, message });
  const form = Form.of(value, allowed, report);
  if (form === undefined) return [];
  form.text("name");
  if (name === "") report(form.placeOf("name"), "the group has no name");
  else if (names.has(name)) report(form.placeOf("name"), `the file has another group "${name}"`);
  names.add(name);
  const labels = form.texts("labels");
  checkLabels(labels, form, report);
  const rules = form
    .list("rules")
    .map((rule, index) => readRule({ file, group: name, index, labels }, rule, findings));
  return [
    {
      file,
      name,
      interval: form.duration("interval"),
      queryOffset: form.duration("query_offset"),
      limit: form.integer("limit"),
      rules: rules.filter((rule) => rule !== undefined),
      place: form.place,
    },
  ];
}

function readRule(
  { labels: groupLabels, ...of }: Pick<ReadRule, "file" | "group" | "index" | "labels">,
  value: YamlValue,
  findings: FormFinding[],
): ReadRule | undefined {
  const nameIn = (field: string) => {
    const named = value.kind === "map" ? value.fields.get(field)?.value : undefined;
    return named?.kind === "text" && named.text !== "" ? named.text : undefined;
  };
  const [alert, record] = [nameIn("alert"), nameIn("record")];
  const kind = alert === undefined && record !== undefined ? "record" : "alert";
  const name = alert ?? record ?? "";
  const report: Report = (place, message) =>
    findings.push({
      file: of.file,
      group: of.group,
      rule: name || `rule ${String(of.index + 1)}`,
      place,
      message,
    });
  const form = Form.of(value, ruleFields, report);
  if (form === undefined) return undefined;
  const [, , expr, labels] = [
    form.text("alert"),
    form.text("record"),
    form.text("expr"),
    form.texts("labels"),
  ];
  if (name === "") report(form.place, "the rule has neither alert nor record");
  if (alert !== undefined && record !== undefined)
    report(form.place, "the rule has both alert and record; allowed: one of them");
  if (!form.has("expr")) report(form.place, "the rule has no expr");
  checkLabels(labels, form, report);
  const lasts = { for: form.duration("for"), keepFiringFor: form.duration("keep_firing_for") };
  if (kind === "record") checkRecord(name, form, lasts, report);
  return {
    ...of,
    kind,
    name,
    expr: expr ?? "",
    ...lasts,
    labels: { ...groupLabels, ...labels },
    annotations: form.texts("annotations"),
    place: form.place,
  };
}

function checkLabels(labels: Readonly<Record<string, string>>, form: Form, report: Report): void {
  for (const label of Object.keys(labels)) {
    if (label === "" || label === "__name__")
      report(form.placeOf("labels"), `found the label "${label}", allowed: any other name`);
  }
}

function checkRecord(
  name: string,
  form: Form,
  lasts: Pick<ReadRule, "for" | "keepFiringFor">,
  report: Report,
): void {
  if (/[{}]/.test(name))
    report(form.placeOf("record"), `found "${name}", allowed: a name; matchers of labels belong into expr`);
  const isZero = (duration: string | undefined) => duration !== undefined && secondsOf(duration) === 0;
  const durations: Readonly<Record<string, string | undefined>> = {
    for: lasts.for,
    keep_firing_for: lasts.keepFiringFor,
  };
  for (const field of alertFields) {
    if (form.has(field) && !isZero(durations[field]))
      report(form.placeOf(field), `a recording rule has no ${field}, only alerts do`);
  }
}
