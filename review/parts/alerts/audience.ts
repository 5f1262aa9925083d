import type { Configuration } from "../../alertmanager/configuration";
import { routesOf } from "../../alertmanager/route";
import type { Audience } from "../../page/data/alerts";
import type { NamedRule } from "./rules";

/** Kinds of integrations that ring. */
const ringing = ["pagerduty_configs", "opsgenie_configs", "victorops_configs", "pushover_configs"];

/**
 * What each receiver of a configuration is. What rings, and whom alerts of severity `critical` reach, is woken; what gets nothing
 * but alerts of severity `none` is a machine.
 * @param labelsOf labels of a rule's alerts, as far as they are known
 */
export function audiencesOf(
  { route, receivers }: Configuration,
  rules: readonly NamedRule[],
): ReadonlyMap<string, Audience> {
  const severities = new Map<string, Set<string>>();
  for (const { rule, severity } of rules) {
    for (const { receiver } of routesOf(route, { ...rule.labels, alertname: rule.name })) {
      severities.set(receiver, (severities.get(receiver) ?? new Set()).add(severity));
    }
  }
  return new Map(
    [...receivers.values()].map(({ name, integrations }) => {
      const got = severities.get(name) ?? new Set();
      if (got.has("critical") || integrations.some(({ kind }) => ringing.includes(kind)))
        return [name, "wakes"];
      const isMachine = got.size > 0 && [...got].every((severity) => severity === "none");
      return [name, isMachine ? "machine" : "people"];
    }),
  );
}
