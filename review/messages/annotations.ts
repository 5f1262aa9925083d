import { expandRuleTemplate } from "../../alerts/go-template/rule-template";
import type { Labels } from "../../metrics/promql-engine/series";
import type { Firing } from "../replay/firing";

/** What a Prometheus says to templates of all its rules. */
export interface RuleSurroundings {
  /** `external_labels` of its configuration. */
  readonly externalLabels: Labels;
  /** Its URL from outside: `--web.external-url`. */
  readonly externalUrl: string;
}

/**
 * The annotations of an alert as Prometheus sends them.
 * @param evaluatedAt the evaluation whose value they have, in milliseconds of Unix time
 */
export function annotationsOf(
  { annotations, seriesLabels, valueAt }: Pick<Firing, "annotations" | "seriesLabels" | "valueAt">,
  evaluatedAt: number,
  surroundings: RuleSurroundings,
): Record<string, string> {
  return expandAll(annotations, seriesLabels, valueAt(evaluatedAt), evaluatedAt, surroundings);
}

/**
 * The labels of an alert as Prometheus sends them: those of the series, then the rule's, then the alert's name, then the
 * external ones that it has not itself. A label without a value is none.
 * @param labels those that the rule writes: templates
 * @param evaluatedAt the evaluation, in milliseconds of Unix time
 */
export function labelsOfAlert(
  { alert, labels }: { readonly alert: string; readonly labels: Labels },
  series: { readonly labels: Labels; readonly value: number },
  evaluatedAt: number,
  surroundings: RuleSurroundings,
): Record<string, string> {
  const own = Object.fromEntries(Object.entries(series.labels).filter(([name]) => name !== "__name__"));
  const written = expandAll(labels, series.labels, series.value, evaluatedAt, surroundings);
  const all = { ...own, ...written, alertname: alert };
  const sent = { ...surroundings.externalLabels, ...withoutEmpty(all) };
  return withoutEmpty(sent);
}

function withoutEmpty(labels: Labels): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

function expandAll(
  texts: Readonly<Record<string, string>>,
  labels: Labels,
  value: number,
  time: number,
  surroundings: RuleSurroundings,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      expandRuleTemplate(text, { ...surroundings, labels, value, time }),
    ]),
  );
}
