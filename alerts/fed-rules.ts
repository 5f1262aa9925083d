import { Feed } from "../metrics/feed";
import { isGiven } from "../metrics/needs";
import { type AlertRule, isAlert, type Rule, type RuleGroups, type RuleSettings } from "./rule";

/**
 * The rules that can give something where they run, and what is written there then. An alert is left out where the
 * environment has not what it needs, any rule where nobody writes what it reads: no other reads what it would have
 * recorded.
 */
export function withWhatCanFire(groups: RuleGroups, settings: RuleSettings) {
  const feed = new Feed(settings.catalogue, settings);
  const kept = new Set<Rule>();
  let open = Object.values(groups)
    .flat()
    .flatMap(({ rules }) => rules)
    .filter((rule) => !isAlert(rule) || isGiven(rule, settings.given));
  // A rule may read what one after it records.
  for (let before = -1; before !== open.length;) {
    before = open.length;
    open = open.filter((rule) => {
      if (!feed.canGive(rule.expr.node)) return true;
      kept.add(rule);
      if (isAlert(rule)) recordAlert(feed, rule);
      else feed.record(rule.record, rule.labels);
      return false;
    });
  }
  return { groups: only(groups, kept), feed };
}

/** The groups with these rules, without groups and files that would be empty. */
function only(groups: RuleGroups, kept: ReadonlySet<Rule>): RuleGroups {
  const left = Object.entries(groups).map(([file, inFile]) => {
    const fed = inFile.map((group) => ({ ...group, rules: group.rules.filter((rule) => kept.has(rule)) }));
    return [file, fed.filter(({ rules }) => rules.length > 0)] as const;
  });
  return Object.fromEntries(left.filter(([, fed]) => fed.length > 0));
}

/** Adds what Prometheus writes of an alert, as far as it is known before: without the labels that templates give. */
export function recordAlert(feed: Feed, { alert, severity, labels = {} }: AlertRule): void {
  const fixed = Object.entries(labels).filter(([, value]) => !value.includes("{{"));
  const written = { ...Object.fromEntries(fixed), alertname: alert, severity };
  for (const name of ["ALERTS", "ALERTS_FOR_STATE"]) feed.record(name, written);
}
