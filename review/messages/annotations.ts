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
  const surrounding = {
    ...surroundings,
    labels: seriesLabels,
    value: valueAt(evaluatedAt),
    time: evaluatedAt,
  };
  return Object.fromEntries(
    Object.entries(annotations).map(([name, text]) => [name, expandRuleTemplate(text, surrounding)]),
  );
}
