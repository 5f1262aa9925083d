import { durationOf, secondsOf } from "../durations";
import type { RuleGroup, RuleGroups, RuleTextSettings } from "../rule";
import { renderRuleFile } from "../rule-files";
import { quotas } from "./quotas";

/**
 * The rules of an environment as namespaces of a workspace, YAML by the namespace's name: each file is one, or several
 * where it is larger than a namespace may be. A group that is larger alone is one all the same.
 * @param mostBytes of a namespace. Default: the quota
 */
export function renderRuleNamespaces(
  groups: RuleGroups,
  settings: RuleTextSettings,
  mostBytes: number = quotas.namespaceSize.value,
): Record<string, string> {
  const rendered: Record<string, string> = {};
  for (const [file, all] of Object.entries(groups)) {
    const parts = inParts(
      all.map((group) => withInterval(group, settings)),
      settings,
      mostBytes,
    );
    const name = file.replace(/\.ya?ml$/, "");
    parts.forEach((part, index) => {
      rendered[index === 0 ? name : `${name}-${String(index + 1)}`] = renderRuleFile(part, settings);
    });
  }
  return rendered;
}

/**
 * Seconds between two evaluations of a group: what it says, else the scrape interval, and no less than the quota. It is
 * always said: a workspace's own default is a minute.
 */
export function evaluationSeconds(
  { interval }: Pick<RuleGroup, "interval">,
  { scrapeInterval }: Pick<RuleTextSettings, "scrapeInterval">,
): number {
  return Math.max(secondsOf(interval ?? scrapeInterval), quotas.evaluationInterval.value);
}

function withInterval(group: RuleGroup, settings: RuleTextSettings): RuleGroup {
  return { ...group, interval: durationOf(evaluationSeconds(group, settings)) };
}

/** As many groups together as there is room for, in their order. */
function inParts(
  groups: readonly RuleGroup[],
  settings: RuleTextSettings,
  mostBytes: number,
): readonly (readonly RuleGroup[])[] {
  const size = (part: readonly RuleGroup[]) => Buffer.byteLength(renderRuleFile(part, settings));
  if (size(groups) <= mostBytes) return [groups];
  const parts: RuleGroup[][] = [];
  for (const group of groups) {
    const last = parts.at(-1);
    if (last && size([...last, group]) <= mostBytes) last.push(group);
    else parts.push([group]);
  }
  return parts;
}
