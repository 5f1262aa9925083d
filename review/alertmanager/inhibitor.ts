import type { Labels } from "../../metrics/promql-engine/series";
import type { Firing } from "../replay/firing";
import { type Alert, allSends } from "./alert";
import type { InhibitRule } from "./configuration";
import { matchesAll } from "./matcher";
import { endOfSend, type Send } from "./sends";
import { TimeQueue } from "./time-queue";

interface Latest {
  readonly firing: Firing;
  /** Until then it inhibits. */
  readonly endsAt: number;
}

/**
 * The sources of a rule that have the same values of its equal labels. Of these Alertmanager keeps one alone in its
 * index: a new one takes the place of one that ends no later. So an alert whose source ends is told until another
 * source is sent again, and one that is target as well as source hides another source from those that are both, too.
 * (`inhibit/inhibit.go`, 0.29 to 0.35. What its cleaning every 15 minutes does to the index is not known here.)
 */
class Sources {
  private readonly queue = new TimeQueue<{
    readonly alert: Alert;
    readonly send: Send;
    readonly sends: Generator<Send>;
  }>();
  private readonly latest = new Map<Alert, Latest>();
  private indexed: Alert | undefined;

  constructor(
    alerts: readonly Alert[],
    private readonly resendDelay: number,
    to: number,
  ) {
    for (const alert of alerts) {
      for (const firing of alert.firings) this.enqueue(alert, allSends(alert, firing, resendDelay, to));
    }
  }

  private enqueue(alert: Alert, sends: Generator<Send>): void {
    const next = sends.next();
    if (next.done !== true) this.queue.push(next.value.time, { alert, send: next.value, sends });
  }

  /** The source that is in the index at a time, if it fires. Times must not go back. */
  at(time: number): { readonly alert: Alert; readonly firing: Firing } | undefined {
    while (this.queue.nextTime <= time) {
      const next = this.queue.pop();
      if (next === undefined) break;
      const { alert, send, sends } = next.item;
      this.take(alert, send);
      this.enqueue(alert, sends);
    }
    const latest = this.indexed && this.latest.get(this.indexed);
    if (this.indexed === undefined || latest === undefined || latest.endsAt <= time) return undefined;
    return { alert: this.indexed, firing: latest.firing };
  }

  private take(alert: Alert, { firing, resolved, time }: Send): void {
    const endsAt = resolved ? (firing.resolvedAt ?? time) : endOfSend(firing, this.resendDelay, time);
    this.latest.set(alert, { firing, endsAt });
    if (this.indexed === undefined) this.indexed = alert;
    const existing = this.latest.get(this.indexed);
    if (existing === undefined || existing.endsAt <= endsAt) this.indexed = alert;
  }
}

/** What may inhibit an alert, by one rule. */
export interface PossibleSource {
  readonly sources: Sources;
  /** Where the alert could be a source itself, one that is target as well does not inhibit it. */
  readonly isTarget: ((labels: Labels) => boolean) | undefined;
}

/** Says by which alert another one is inhibited. */
export class Inhibitor {
  private readonly byRule: readonly {
    readonly rule: InhibitRule;
    readonly sources: ReadonlyMap<string, Sources>;
  }[];

  constructor(rules: readonly InhibitRule[], alerts: readonly Alert[], resendDelay: number, to: number) {
    this.byRule = rules.map((rule) => {
      const byKey = new Map<string, Alert[]>();
      for (const alert of alerts) {
        if (!matchesAll(rule.source, alert.labels)) continue;
        const key = equalKey(rule, alert.labels);
        const others = byKey.get(key);
        if (others === undefined) byKey.set(key, [alert]);
        else others.push(alert);
      }
      const sources = [...byKey].map(([key, own]) => [key, new Sources(own, resendDelay, to)] as const);
      return { rule, sources: new Map(sources) };
    });
  }

  /** What may inhibit an alert at whichever time. */
  possibleSources(labels: Labels): readonly PossibleSource[] {
    return this.byRule.flatMap(({ rule, sources: byKey }) => {
      if (!matchesAll(rule.target, labels)) return [];
      const sources = byKey.get(equalKey(rule, labels));
      if (sources === undefined) return [];
      const isTarget = (source: Labels) => matchesAll(rule.target, source);
      return [{ sources, isTarget: matchesAll(rule.source, labels) ? isTarget : undefined }];
    });
  }
}

/** By what an alert with such sources is inhibited at a time. Times must not go back. */
export function inhibitedBy(possible: readonly PossibleSource[], time: number): Firing | undefined {
  for (const { sources, isTarget } of possible) {
    const source = sources.at(time);
    if (source !== undefined && isTarget?.(source.alert.labels) !== true) return source.firing;
  }
  return undefined;
}

function equalKey({ equal }: InhibitRule, labels: Labels): string {
  return JSON.stringify(equal.map((name) => labels[name] ?? ""));
}
