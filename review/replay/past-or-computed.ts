import { meaningOf } from "../past/same-expression";
import type { PastRecord } from "../past/past";
import { mayRead, type ReplayRule, selectorsIn } from "./rules";

/**
 * The rules that must be evaluated: all alerts, and of the recording rules those that are read by one of these and whose series
 * are not in the past as they make them. These are series that the past lacks, that other rules have recorded, or that are made
 * of such series or of alerts.
 */
export function toEvaluate(rules: readonly ReplayRule[], past: readonly PastRecord[]): readonly ReplayRule[] {
  const differing = differingRecords(rules, past);
  const wanted = new Set(rules.filter(({ kind }) => kind === "alert"));
  for (const rule of wanted) {
    const selectors = selectorsIn(rule.expr);
    for (const other of differing) {
      if (selectors.some((selector) => mayRead(selector, other))) wanted.add(other);
    }
  }
  return rules.filter((rule) => wanted.has(rule));
}

function differingRecords(
  rules: readonly ReplayRule[],
  past: readonly PastRecord[],
): ReadonlySet<ReplayRule> {
  const records = rules.filter(({ kind }) => kind === "record");
  const said = (all: readonly { readonly meaning: string }[]) =>
    JSON.stringify(all.map(({ meaning }) => meaning).sort());
  const recorded = new Map<string, { readonly meaning: string }[]>();
  for (const { name, expr, labels } of past) {
    const known = recorded.get(name) ?? [];
    recorded.set(name, [...known, { meaning: meaningWith(expr, labels) }]);
  }
  const byName = new Map<string, ReplayRule[]>();
  for (const rule of records) byName.set(rule.name, [...(byName.get(rule.name) ?? []), rule]);
  const differing = new Set<ReplayRule>();
  for (const [name, all] of byName) {
    const now = all.map(({ expr, labels }) => ({ meaning: meaningWith(expr.text, labels) }));
    // The past does not say which limit its groups had.
    const isLimited = all.some(({ group }) => group.limit > 0);
    if (isLimited || said(now) !== said(recorded.get(name) ?? []))
      for (const rule of all) differing.add(rule);
  }
  const alerts = rules.filter(({ kind }) => kind === "alert");
  for (let before = -1; before !== differing.size;) {
    before = differing.size;
    for (const record of records) {
      if (differing.has(record)) continue;
      const selectors = selectorsIn(record.expr);
      const reads = [...differing, ...alerts].some((other) =>
        selectors.some((selector) => mayRead(selector, other)),
      );
      if (reads) for (const rule of byName.get(record.name) ?? []) differing.add(rule);
    }
  }
  return differing;
}

function meaningWith(expr: string, labels: Readonly<Record<string, string>>): string {
  return JSON.stringify([
    meaningOf(expr),
    Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)),
  ]);
}
