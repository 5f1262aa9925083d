import type { AlertChange, AlertSide, Audience } from "../../page/data/alerts";
import type { Notification } from "../../alertmanager/notification";
import type { Firing } from "../../replay/firing";
import type { Outcome, Range } from "./outcome";
import { changesOf } from "./rule-changes";
import { type NamedRule, namedRules, RuleFinder, sourceOf } from "./rules";
import { tallyOf } from "./tally";

/** A version's alerts, by their rules. */
export interface OfVersion {
  readonly outcome: Outcome;
  readonly rules: readonly NamedRule[];
  readonly finder: RuleFinder;
  readonly audiences: ReadonlyMap<string, Audience>;
  /** By the key of the rule. */
  readonly firings: ReadonlyMap<string, readonly Firing[]>;
  /** To people, by the key of a rule of which an alert is in them. */
  readonly told: ReadonlyMap<string, readonly Notification[]>;
}

/** Puts what a version fired and told to its rules. */
export function byRule(
  outcome: Outcome,
  audiencesOf: (rules: readonly NamedRule[]) => OfVersion["audiences"],
): OfVersion {
  const rules = namedRules(outcome.replayed.rules);
  const finder = new RuleFinder(rules);
  const audiences = audiencesOf(rules);
  const firings = new Map<string, Firing[]>();
  for (const firing of outcome.replayed.firings) add(firings, finder.of(firing)?.key, firing);
  const told = new Map<string, Notification[]>();
  for (const notification of outcome.told.notifications) {
    if (audiences.get(notification.receiver) === "machine") continue;
    const keys = new Set(notification.alerts.map(({ firing }) => finder.of(firing)?.key));
    for (const key of keys) add(told, key, notification);
  }
  return { outcome, rules, finder, audiences, firings, told };
}

function add<T>(to: Map<string, T[]>, key: string | undefined, value: T): void {
  if (key === undefined) return;
  const all = to.get(key);
  if (all === undefined) to.set(key, [value]);
  else all.push(value);
}

/** A rule in both versions. */
export interface RulePair {
  readonly key: string;
  readonly before: NamedRule | undefined;
  readonly after: NamedRule | undefined;
}

/** The rules of both versions, in the order of the after version; those that are gone come last. */
export function pairsOf(before: OfVersion, after: OfVersion): readonly RulePair[] {
  const old = new Map(before.rules.map((rule) => [rule.key, rule]));
  const now = new Map(after.rules.map((rule) => [rule.key, rule]));
  return [...new Set([...now.keys(), ...old.keys()])].map((key) => ({
    key,
    before: old.get(key),
    after: now.get(key),
  }));
}

/** What became of a rule, and what it did in both versions; timelines are added by who can draw them. */
export function alertChangeOf(
  { key, before, after }: RulePair,
  old: OfVersion,
  now: OfVersion,
  range: Range,
  zone: string,
): Omit<AlertChange, "timelines"> {
  const what = before && after ? changesOf(before.rule, after.rule) : [];
  const named = after ?? before;
  const change =
    before === undefined ? "new" : after === undefined ? "gone" : what.length > 0 ? "changed" : "same";
  const source = after
    ? sourceOf(now.outcome.version, after)
    : before && sourceOf(old.outcome.version, before);
  return {
    alert: named?.name ?? key,
    severity: named?.severity ?? "",
    change,
    what,
    ...(source !== undefined && { source }),
    before: before && sideOf(before, old, range, zone),
    after: after && sideOf(after, now, range, zone),
  };
}

function sideOf(
  { key, rule }: NamedRule,
  { firings, told }: OfVersion,
  range: Range,
  zone: string,
): AlertSide {
  const fired = firings.get(key) ?? [];
  const notifications = told.get(key) ?? [];
  const seconds = fired.map(
    ({ firedAt, resolvedAt = range.to }) => (resolvedAt - Math.max(firedAt, range.from)) / 1_000,
  );
  return {
    expression: rule.expr.text,
    firings: fired.length,
    firingSeconds: Math.round(seconds.reduce((sum, one) => sum + one, 0)),
    told: tallyOf(notifications, zone),
    receivers: [...new Set(notifications.map(({ receiver }) => receiver))].sort(),
  };
}
