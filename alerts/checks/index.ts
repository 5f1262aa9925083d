import { parse as parseYaml } from "yaml";
import { secondsOf } from "../durations";
import { absentFor } from "./absent-for";
import { comparison } from "./comparison";
import { dependencyOrder } from "./dependency-order";
import { duplicates } from "./duplicates";
import { forTwoScrapes } from "./for-two-scrapes";
import { labelsOf, type Labels } from "./labels";
import { offsetWithinRetention } from "./offset-within-retention";
import { parse } from "./parse";
import { rangeTwoScrapes } from "./range-two-scrapes";
import { rateOfCounter } from "./rate-of-counter";
import type { Check, CheckContext, FileRule } from "./rule";
import { syntax } from "./syntax";
import { templateLabels } from "./template-labels";
import { unreadRecords } from "./unread-records";
import { valueInLabels } from "./value-in-labels";
import { vectorMatching } from "./vector-matching";

/** All checks of a rule that need no server, by name. */
export const checks = {
  syntax,
  comparison,
  "for-two-scrapes": forTwoScrapes,
  "range-two-scrapes": rangeTwoScrapes,
  "rate-of-counter": rateOfCounter,
  "absent-for": absentFor,
  "value-in-labels": valueInLabels,
  "template-labels": templateLabels,
  "vector-matching": vectorMatching,
  "offset-within-retention": offsetWithinRetention,
  duplicates,
  "unread-records": unreadRecords,
  "dependency-order": dependencyOrder,
} as const satisfies Readonly<Record<string, Check>>;

/** Name of a check. */
export type CheckName = keyof typeof checks;

/** What is wrong with one rule. */
export interface Finding {
  readonly file: string;
  readonly group: string;
  readonly rule: string;
  readonly check: CheckName;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** What the checks need to know of the Prometheus that will evaluate the rules. */
export interface CheckSettings {
  /** Time between two scrapes, such as `15s`. */
  readonly scrapeInterval: string;
  /** How long samples are kept, such as `15d`. */
  readonly retention: string;
  /** Names of recorded series that dashboards read. Default: none. */
  readonly readElsewhere?: Iterable<string>;
}

/**
 * Checks files of rules in the manner of a linter: what Prometheus takes and what still is a mistake.
 * @param files text of each file, by name.
 * @throws Error when a file is no file of rules.
 */
export function checkRules(files: Readonly<Record<string, string>>, settings: CheckSettings): Finding[] {
  const rules = Object.entries(files).flatMap(([file, text]) => rulesOf(file, text));
  const context: CheckContext = {
    rules,
    recorded: recordedLabels(rules),
    scrapeSeconds: secondsOf(settings.scrapeInterval),
    retentionSeconds: secondsOf(settings.retention),
    readElsewhere: new Set(settings.readElsewhere),
  };
  return rules.flatMap((rule) =>
    (Object.entries(checks) as [CheckName, Check][]).flatMap(([name, check]) =>
      check(rule, context).map((message) => ({
        file: rule.file,
        group: rule.group,
        rule: rule.name,
        check: name,
        message,
      })),
    ),
  );
}

interface RawRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string | number;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

function rulesOf(file: string, text: string): FileRule[] {
  const content = parseYaml(text) as { groups?: { name: string; rules?: RawRule[] }[] } | null;
  if (!Array.isArray(content?.groups)) throw new Error(`${file}: no list of groups, thus no file of rules.`);
  return content.groups.flatMap(({ name: group, rules = [] }) =>
    rules.map((raw, index): FileRule => {
      const expression = String(raw.expr);
      const parsed = parse(expression);
      return {
        file,
        group,
        index,
        kind: raw.alert === undefined ? "record" : "alert",
        name: raw.alert ?? raw.record ?? "",
        text: expression,
        expr: "expr" in parsed ? parsed.expr : undefined,
        for: raw.for === undefined ? undefined : secondsOf(raw.for),
        labels: raw.labels ?? {},
        annotations: raw.annotations ?? {},
      };
    }),
  );
}

/** Labels of what the rules record; of several rules of one name all that any of them has. */
function recordedLabels(rules: readonly FileRule[]): ReadonlyMap<string, Labels> {
  const recorded = new Map<string, Labels>();
  for (const { kind, name, expr, labels } of rules) {
    if (kind === "alert" || expr === undefined) continue;
    const own = labelsOf(expr, recorded);
    const before = recorded.has(name) ? recorded.get(name) : new Set<string>();
    recorded.set(name, own && before && new Set([...before, ...own, ...Object.keys(labels)]));
  }
  return recorded;
}
