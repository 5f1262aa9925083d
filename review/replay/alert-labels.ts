import { expandRuleTemplate } from "../../alerts/go-template/rule-template";
import type { Labels } from "../../metrics/promql-engine";
import type { AlertLabels } from "./alert-states";
import type { ReplayRule } from "./rules";

/** What templates of rules can name besides an alert's own. */
export interface Outside {
  readonly externalLabels: Labels;
  /** URL of Prometheus. */
  readonly externalUrl: string;
}

/**
 * How a rule's alerts get their labels: those of the series, but for the metric's name, those that the rule names over them,
 * and its own name.
 */
export function alertLabels(
  { name, labels }: Pick<ReplayRule, "name" | "labels">,
  outside: Outside,
): AlertLabels {
  const texts = Object.entries(labels);
  const isFixed = texts.every(([, text]) => !text.includes("{{"));
  return {
    varyByValue: texts.some(([, text]) => /\{\{[^}]*(?:\$value|\.Value)/.test(text)),
    of: (series, value) => {
      const own = isFixed
        ? labels
        : Object.fromEntries(
            texts.map(([label, text]) => [
              label,
              expandRuleTemplate(text, { labels: series, value, time: 0, ...outside }),
            ]),
          );
      return withoutEmpty({ ...series, __name__: "", ...own, alertname: name });
    },
  };
}

/** A label that is empty is none. */
export function withoutEmpty(labels: Labels): Labels {
  return Object.values(labels).includes("")
    ? Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""))
    : labels;
}
