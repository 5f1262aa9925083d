import type { Catalogue } from "../../metrics/catalogue";
import { cataloguedLabels, LabelSet } from "../../metrics/promql-analysis";
import { secondsOf } from "../durations";
import { allChecks } from "./checks";
import { readRules, type FormFinding, type ReadGroup } from "./read-rules";
import { ruleOf, type Check, type CheckContext } from "./rule";
import { RuleIndex } from "./rule-index";

/** What is wrong with one rule. */
export interface Finding {
  readonly file: string;
  /** The line where the rule begins, from 1. */
  readonly line: number;
  /** "" where it is about the file. */
  readonly group: string;
  /** "" where it is about the file or the group. */
  readonly rule: string;
  /** Name of the check; `form` where the file's form is wrong. */
  readonly check: string;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** What the checks need to know of the Prometheus that will evaluate the rules. */
export interface CheckSettings {
  /** Time between two scrapes, such as `15s`. */
  readonly scrapeInterval: string;
  /** How long samples are kept, such as `15d`. */
  readonly retention: string;
  /** Names of recorded series that dashboards read. Default: nobody knows, and none counts as unread. */
  readonly readElsewhere?: Iterable<string>;
  /**
   * The catalogue that has all metrics; severities are then those of an environment, too. Default: none, as the rules of
   * others read metrics of others.
   */
  readonly catalogue?: Catalogue;
  /** Prometheus's feature flags. Default: nobody knows, and what needs one is let be. */
  readonly features?: Iterable<string>;
  /** Names of checks that are left out. Default: none. */
  readonly disabled?: Iterable<string>;
}

/**
 * Checks the rules of one Prometheus in the manner of a linter: what it refuses, and what it takes and still is a
 * mistake. Findings come in the order of the rules.
 */
export function checkGroups(groups: readonly ReadGroup[], settings: CheckSettings): Finding[] {
  const rules = groups.flatMap((group) => group.rules.map(ruleOf));
  const index = new RuleIndex(rules);
  const { catalogue, readElsewhere, features, disabled } = settings;
  const context: CheckContext = {
    index,
    labels: index.labelAnalysis((name) => (catalogue && cataloguedLabels(catalogue, name)) ?? LabelSet.any),
    catalogue,
    scrapeSeconds: secondsOf(settings.scrapeInterval),
    retentionSeconds: secondsOf(settings.retention),
    readElsewhere:
      readElsewhere === undefined && catalogue === undefined ? undefined : new Set(readElsewhere),
    features: features === undefined ? undefined : new Set(features),
  };
  const off = new Set(disabled);
  const checks: readonly Check[] = allChecks.filter(({ name }) => !off.has(name));
  return rules.flatMap((rule) =>
    checks.flatMap(({ name, check }) =>
      check(rule, context).map((message) => ({
        file: rule.file,
        line: rule.place.line,
        group: rule.group,
        rule: rule.name,
        check: name,
        message,
      })),
    ),
  );
}

/**
 * Reads files of rules and checks them together.
 * @param files text of each file, by name.
 * @throws Error when one is no file of rules.
 */
export function checkRules(files: Readonly<Record<string, string>>, settings: CheckSettings): Finding[] {
  const read = Object.entries(files).map(([file, text]) => {
    const result = readRules(file, text);
    if ("error" in result) throw new Error(`${file}: ${result.error}`);
    return result;
  });
  return [
    ...read.flatMap(({ findings }) => findings.map(formFinding)),
    ...checkGroups(
      read.flatMap(({ groups }) => groups),
      settings,
    ),
  ];
}

/** What is wrong with a file's form, as the checks' findings are told. */
export function formFinding({ place, ...finding }: FormFinding): Finding {
  return { ...finding, line: place.line, check: "form" };
}
