import type { Labels } from "../../metrics/promql-engine/series";
import type { Firing } from "../replay/firing";
import { compareTexts } from "./matcher";
import { firingSends, resolvedSends, type Send } from "./sends";

/** An alert as Alertmanager knows it: by its labels, however often it fires. */
export interface Alert {
  readonly labels: Labels;
  /** In order of time. */
  readonly firings: readonly Firing[];
  /** Whether two of them fire at the same time: two rules give the same labels. */
  readonly overlapping: boolean;
}

/** The alerts of some firings. A label that is empty is none. */
export function alertsOf(firings: readonly Firing[]): readonly Alert[] {
  const byLabels = new Map<string, { readonly labels: Labels; readonly firings: Firing[] }>();
  for (const firing of firings) {
    const labels = Object.fromEntries(
      Object.entries(firing.labels)
        .filter(([, value]) => value !== "")
        .sort(([one], [other]) => compareTexts(one, other)),
    );
    const key = JSON.stringify(labels);
    const known = byLabels.get(key);
    if (known === undefined) byLabels.set(key, { labels, firings: [firing] });
    else known.firings.push(firing);
  }
  return [...byLabels.values()].map(({ labels, firings: own }) => {
    const inOrder = [...own].sort((one, other) => one.firedAt - other.firedAt);
    const overlapping = inOrder.some((each, index) => {
      const next = inOrder[index + 1];
      return next !== undefined && next.firedAt < (each.resolvedAt ?? Infinity);
    });
    return { labels, firings: inOrder, overlapping };
  });
}

/** When the condition of the alert's next firing of the same rule held first; Infinity where there is none. */
export function nextActiveAt({ firings }: Alert, firing: Firing): number {
  const { file, group, alert } = firing.rule;
  const next = firings.find(
    (each) =>
      each.firedAt > firing.firedAt &&
      each.rule.file === file &&
      each.rule.group === group &&
      each.rule.alert === alert,
  );
  return next?.activeAt ?? Infinity;
}

/** All sends of one firing of an alert. */
export function* allSends(alert: Alert, firing: Firing, resendDelay: number, to: number): Generator<Send> {
  yield* firingSends(firing, resendDelay, to);
  yield* resolvedSends(firing, resendDelay, nextActiveAt(alert, firing), to);
}

/**
 * The sends of one firing of an alert that change what its groups have: a repeated one of an alert that fires changes
 * nothing, unless another firing has said in the meantime that it is over.
 */
export function* changingSends(
  alert: Alert,
  firing: Firing,
  resendDelay: number,
  to: number,
): Generator<Send> {
  if (alert.overlapping) {
    yield* allSends(alert, firing, resendDelay, to);
    return;
  }
  if (firing.firedAt <= to) yield { time: firing.firedAt, firing, resolved: false };
  yield* resolvedSends(firing, resendDelay, nextActiveAt(alert, firing), to);
}

/** Alertmanager's order of the alerts in a notification: by job, by instance, by all labels. */
export function compareAlerts(one: Labels, other: Labels): number {
  for (const name of ["job", "instance"]) {
    const [left, right] = [one[name], other[name]];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return compareTexts(left, right);
  }
  const [names, others] = [Object.keys(one), Object.keys(other)];
  if (names.length !== others.length) return names.length - others.length;
  for (const name of [...new Set([...names, ...others])].sort(compareTexts)) {
    const [left, right] = [one[name], other[name]];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    if (left !== right) return compareTexts(left, right);
  }
  return 0;
}
