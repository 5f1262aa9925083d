import type { Firing } from "../../replay/firing";
import type { ReplayRule } from "../../replay/rules";
import type { Version } from "../../version/version";

/** An alerting rule, as people tell it from others. */
export interface NamedRule {
  /** The same in both versions. */
  readonly key: string;
  /** Its alert's name, with the labels that tell it from other rules of that name. */
  readonly name: string;
  readonly severity: string;
  readonly rule: ReplayRule;
}

/** Labels that are not part of a rule's name. */
const common = ["severity", "environment", "service"];

/** The alerting rules of a version. Those of one name and severity are told apart by their own labels, and then by number. */
export function namedRules(rules: readonly ReplayRule[]): readonly NamedRule[] {
  const seen = new Map<string, number>();
  return rules
    .filter(({ kind }) => kind === "alert")
    .map((rule) => {
      const severity = rule.labels.severity ?? "";
      const sameName = rules.filter(
        (other) => other.name === rule.name && other.labels.severity === severity,
      );
      const own = Object.entries(rule.labels).filter(
        ([label, text]) => !common.includes(label) && !text.includes("{{"),
      );
      const words = sameName.length > 1 ? own.map(([label, text]) => `${label}="${text}"`).join(", ") : "";
      const name = words === "" ? rule.name : `${rule.name} (${words})`;
      const count = (seen.get(`${name} ${severity}`) ?? 0) + 1;
      seen.set(`${name} ${severity}`, count);
      const numbered = count === 1 ? name : `${name} #${String(count)}`;
      return { key: JSON.stringify([numbered, severity]), name: numbered, severity, rule };
    });
}

/** Finds the rule that an alert is of. */
export class RuleFinder {
  private readonly found = new WeakMap<Firing, NamedRule>();

  constructor(private readonly rules: readonly NamedRule[]) {}

  of(firing: Firing): NamedRule | undefined {
    const known = this.found.get(firing);
    if (known !== undefined) return known;
    const found = this.rules.find(({ rule }) => {
      const { group, name, labels } = rule;
      const { file, group: groupName, alert } = firing.rule;
      if (group.file !== file || group.name !== groupName || name !== alert) return false;
      return Object.entries(labels).every(
        ([label, text]) => text.includes("{{") || (firing.labels[label] ?? "") === text,
      );
    });
    if (found !== undefined) this.found.set(firing, found);
    return found;
  }
}

/** The file of the project that an alert is written in. */
export function sourceOf({ sources }: Version, { rule }: NamedRule): string | undefined {
  return sources[`alert ${rule.name}`];
}
