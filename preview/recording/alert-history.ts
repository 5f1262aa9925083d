import { type AlertRule, isAlert } from "../../alerts/rule";

import { gauge, type Labels } from "../../dashboards/known-traffic/series";
import type { Span } from "../../dashboards/known-traffic/timeline";
import type { Environment } from "../../environments";
import { secondsOf } from "../../metrics/duration";
import { rulesOf } from "../../stacks/system";
import type { KnownPart } from "./traffic";

/**
 * What the alerting rules would have fired: the series `ALERTS` as Prometheus writes it, from what their expressions give
 * at each evaluation, how long they must hold, and how long an alert is kept.
 * @param step time between two evaluations, in seconds
 */
export async function alertHistory(
  url: URL,
  environment: Environment,
  span: Span,
  step: number,
): Promise<KnownPart[]> {
  const rules = Object.values(rulesOf(environment))
    .flatMap((groups) => groups.flatMap((group) => group.rules))
    .filter(isAlert);
  const parts: KnownPart[] = [];
  for (const rule of rules) {
    for (const { metric, values } of await evaluated(url, String(rule.expr), span, step)) {
      const held = new Set(values.map(([time]) => time));
      parts.push(
        ...statesOf(rule, held, span, step).map(({ state, spans }) => {
          const labels = { ...labelsOf(rule, metric, environment), alertstate: state };
          return { series: [gauge("ALERTS", labels, () => 1)], spans };
        }),
      );
    }
  }
  return parts;
}

/** When an alert was pending and when it fired, from the evaluations at which its expression held. */
export function statesOf(
  rule: Pick<AlertRule, "for" | "keepFiringFor">,
  held: ReadonlySet<number>,
  { from, to }: Span,
  step: number,
): readonly { readonly state: "pending" | "firing"; readonly spans: readonly Span[] }[] {
  const [needed, kept] = [secondsOf(rule.for ?? "0"), secondsOf(rule.keepFiringFor ?? "0")];
  const times: Record<"pending" | "firing", number[]> = { pending: [], firing: [] };
  let since: number | undefined;
  let last = -Infinity;
  let isFiring = false;
  for (let time = from; time <= to; time += step) {
    if (held.has(time)) {
      since ??= time;
      last = time;
      isFiring ||= time - since >= needed;
    } else if (!isFiring || time - last > kept || kept === 0) {
      since = undefined;
      isFiring = false;
    }
    if (since !== undefined) times[isFiring ? "firing" : "pending"].push(time);
  }
  return (["pending", "firing"] as const).map((state) => ({ state, spans: spansOf(times[state], step) }));
}

/** Times that follow one another as spans. */
function spansOf(times: readonly number[], step: number): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = spans.at(-1);
    if (last !== undefined && time - last.to === step) last.to = time;
    else spans.push({ from: time, to: time });
  }
  return spans;
}

/** Labels of a rule may name those of the series, and never a value. */
function labelsOf(rule: AlertRule, metric: Labels, { name }: Environment): Labels {
  const labels = Object.fromEntries(Object.entries(metric).filter(([label]) => label !== "__name__"));
  const own = Object.entries(rule.labels ?? {}).map(([label, text]) => [
    label,
    text.replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, (_whole, name: string) => labels[name] ?? ""),
  ]);
  return {
    ...labels,
    environment: name,
    ...(Object.fromEntries(own) as Labels),
    alertname: rule.alert,
    severity: rule.severity,
  };
}

async function evaluated(url: URL, query: string, { from, to }: Span, step: number) {
  const asked = new URL("/api/v1/query_range", url);
  const body = new URLSearchParams({ query, start: String(from), end: String(to), step: String(step) });
  const response = await fetch(asked, { method: "POST", body });
  const answer = (await response.json()) as {
    readonly error?: string;
    readonly data?: {
      readonly result: readonly {
        readonly metric: Labels;
        readonly values: readonly (readonly [number, string])[];
      }[];
    };
  };
  if (answer.data === undefined) throw new Error(`${query}: ${answer.error ?? String(response.status)}`);
  return answer.data.result;
}
