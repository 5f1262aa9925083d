import type { Evaluated, Labels } from "../../../metrics/promql-engine";
import type { Timeline, TimelineSide } from "../../page/data/alerts";
import { curveOf } from "../../page/curve";
import type { Past } from "../../past/past";
import type { Firing } from "../../replay/firing";
import type { OfVersion, RulePair } from "./alert-changes";
import { measuredAt } from "./measured";
import type { Range } from "./outcome";
import { comparisonOf } from "./rule-changes";
import type { NamedRule } from "./rules";

/** So many series of an alert are shown. */
const mostTimelines = 4;
/** So many messages of one are marked. */
const mostMessages = 200;
/** A curve is asked for at so many times. */
const points = 720;
/** Labels that every alert has, or that its rule gives all of its alerts. */
const notOwn = ["alertname", "severity", "environment"];

/** What the alerts of a rule did in both versions, those that fired longest first. */
export async function timelinesOf(
  pair: RulePair,
  old: OfVersion,
  now: OfVersion,
  past: Past,
  range: Range,
): Promise<readonly Timeline[]> {
  const fired = [...(old.firings.get(pair.key) ?? []), ...(now.firings.get(pair.key) ?? [])];
  const bySeries = new Map<string, { readonly labels: Labels; seconds: number }>();
  for (const firing of fired) {
    const words = labelsInWords(firing, pair.after ?? pair.before);
    const known = bySeries.get(words) ?? { labels: firing.seriesLabels, seconds: 0 };
    known.seconds += ((firing.resolvedAt ?? range.to) - firing.firedAt) / 1_000;
    bySeries.set(words, known);
  }
  const worst = [...bySeries]
    .sort(([, one], [, other]) => other.seconds - one.seconds)
    .slice(0, mostTimelines);
  if (worst.length === 0) return [];
  const curves = {
    before: pair.before && (await measuredOf(pair.before, old, past, range)),
    after: pair.after && (await measuredOf(pair.after, now, past, range)),
  };
  return worst.map(([words, { labels }]) => ({
    labels: words,
    ...range,
    unit: unitOf((pair.after ?? pair.before)?.rule.expr.text ?? ""),
    ...(curves.before && { before: sideOf(words, labels, pair, old, curves.before, range) }),
    ...(curves.after && { after: sideOf(words, labels, pair, now, curves.after, range) }),
  }));
}

/** What an expression measures, and what it compares that with. */
interface Measured {
  readonly columns: readonly Evaluated[];
  readonly threshold: number | undefined;
  readonly times: Float64Array;
}

async function measuredOf(
  { rule }: NamedRule,
  { outcome }: OfVersion,
  past: Past,
  range: Range,
): Promise<Measured> {
  const comparison = comparisonOf(rule.expr.expr);
  const step = Math.max(rule.group.interval, Math.ceil((range.to - range.from) / points / 1_000) * 1_000);
  const steps = { ...range, step };
  const none = { columns: [], threshold: comparison?.threshold, times: new Float64Array() };
  if (comparison === undefined) return none;
  const { measured, threshold } = comparison;
  const { rules, computedRecords } = outcome.replayed;
  const computed = rules.filter(({ kind, name }) => kind === "alert" || computedRecords.includes(name));
  const part = { text: rule.expr.text, expr: measured };
  const columns = await measuredAt(part, steps, past, computed).catch(() => undefined);
  if (columns === undefined) return none;
  const count = Math.floor((range.to - range.from) / step) + 1;
  const times = Float64Array.from({ length: count }, (_, index) => range.from + index * step);
  return { columns, threshold, times };
}

function sideOf(
  words: string,
  labels: Labels,
  { key, after, before }: RulePair,
  { firings, told }: OfVersion,
  { columns, threshold, times }: Measured,
  range: Range,
): TimelineSide {
  const isOf = (firing: Firing) => labelsInWords(firing, after ?? before) === words;
  const column = columns.find((one) => agrees(one.labels, labels));
  const values = column?.values.map((value, index) => (column.present[index] === 1 ? value : NaN));
  const messages = (told.get(key) ?? []).filter(({ alerts }) => alerts.some(({ firing }) => isOf(firing)));
  return {
    ...(values !== undefined && { curve: curveOf(times, values, range) }),
    ...(threshold !== undefined && Number.isFinite(threshold) && { threshold }),
    firings: (firings.get(key) ?? [])
      .filter(isOf)
      .map(({ activeAt, firedAt, resolvedAt = null }) => ({ activeAt, firedAt, resolvedAt })),
    messages: messages
      .slice(0, mostMessages)
      .map(({ time, receiver, status }) => ({ time, receiver, status })),
  };
}

/** Whether a series may be that of an alert: no label of both differs, and one at least is the same where there is one. */
function agrees(series: Labels, alert: Labels): boolean {
  const names = Object.keys(series).filter((label) => label !== "__name__" && alert[label] !== undefined);
  return (
    names.every((label) => series[label] === alert[label]) &&
    (names.length > 0 || Object.keys(alert).length === 0)
  );
}

/** What tells an alert from the others of its rule: `service="a", route="/b"`. */
function labelsInWords({ labels }: Firing, named: NamedRule | undefined): string {
  const given = named?.rule.labels ?? {};
  return Object.entries(labels)
    .filter(
      ([label]) => !notOwn.includes(label) && (given[label] === undefined || given[label].includes("{{")),
    )
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(", ");
}

/** The unit that names end in, by the conventions of Prometheus: of a quantile or an average that of its metric. */
function unitOf(expression: string): string {
  if (
    /^\s*(?:histogram_quantile|avg|max|min)\b[^>]*_seconds|^[^>]*_seconds:(?:p\d|avg|max|min)/.test(
      expression,
    )
  )
    return "s";
  return "";
}
