import { alertLabel } from "../changes/alert-labels";
import { mayHave } from "../series/possible";
import type { MessageSide } from "./configurations";
import type { Fault } from "./fault";
import { placeOfRule } from "./places";
import { labelsShown, type RuleReader } from "./rules";

/**
 * Annotations and labels of alerts that show a label of the series, which the rule's expression gives no more. Where the
 * expression is as it was and a metric has lost the label, the expression's own reader tells.
 */
export function ruleTextFaults(before: MessageSide, after: MessageSide): readonly Fault[] {
  const alerts = ({ world }: MessageSide) => world.rules.filter(({ kind }) => kind === "alert");
  const gives = ({ world }: MessageSide, { parsed }: RuleReader, label: string) =>
    world.evaluation.of(parsed.expr).some((series) => mayHave(series, label));
  return alerts(after).flatMap((rule) => {
    if (after.world.evaluation.of(rule.parsed.expr).length === 0) return [];
    const old = alerts(before).filter(({ name }) => name === rule.name);
    return [...new Set(labelsShown(rule))].flatMap((label): readonly Fault[] => {
      const isTold = gives(after, rule, label) || gives(before, rule, label);
      const wasShown = old.some((each) => labelsShown(each).includes(label) && !gives(before, each, label));
      if (isTold || wasShown) return [];
      return [
        {
          reader: {
            where: "annotation",
            name: rule.name,
            place: placeOfRule(after.version, rule),
            text: textsWith(rule, label),
            consequence: `shows nothing in place of ${label}: the expression gives no such label`,
            verdict: "warn",
          },
          names: [`label ${alertLabel(rule.name, label)}`],
          self: { kind: "rule", name: rule.name, change: "changed" },
        },
      ];
    });
  });
}

/** The names of the texts that show a label, with these. */
function textsWith({ labels, annotations }: RuleReader, label: string): string {
  return Object.entries({ ...labels, ...annotations })
    .filter(([, text]) => text.includes("{{") && text.includes(label))
    .map(([name, text]) => `${name}: ${text}`)
    .join("; ");
}
