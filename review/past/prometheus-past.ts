import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { RequestError } from "../../operations/clients/json-client";
import { withoutCredentials } from "../../operations/terminal/credentials";
import { secondsOf } from "../../metrics/duration";
import { parse, type Parsed } from "../../metrics/promql-analysis";
import { countOf, type Evaluated, type Steps } from "../../metrics/promql-engine/series";
import type { Gap, Past, PastGroup, PastRecord } from "./past";
import { columnsOf, joined, type RangeAnswer } from "./range-answer";

/** Prometheus refuses more points of a series in one answer. */
const mostPoints = 11_000;
/** Longer than Prometheus lets a query take by default, which is two minutes. */
const answerMs = 150_000;
/** Time between two looks for what there is, in milliseconds, and how many there are at most. */
const lookMs = 60_000;
const mostLooks = 45_000;
/** How many looks find the beginning between two of these. */
const finerLooks = 500;

/** Objectives look back so far at most, in milliseconds. */
const longestLook = 31 * 86_400_000;

/** What a running Prometheus remembers. */
export class PrometheusPast implements Past {
  /** How many points of an expression are asked for at once, where more were too much. */
  private readonly most = new Map<string, number>();

  private constructor(
    private readonly client: PrometheusClient,
    readonly from: number,
    readonly to: number,
    readonly lookback: number,
    readonly records: readonly PastRecord[],
    readonly groups: readonly PastGroup[],
    readonly gaps: readonly Gap[],
  ) {}

  /**
   * Finds out what a Prometheus has.
   * @param source its URL, in which a name and a password are sent as basic authentication; or what asks it
   * @param since how far back, in milliseconds
   * @param now Unix time in milliseconds. Default: now
   * @throws Error where it is not reached, or has nothing
   */
  static async of(
    source: string | PrometheusClient,
    since: number,
    now = Date.now(),
  ): Promise<PrometheusPast> {
    const client = typeof source === "string" ? new PrometheusClient(source) : source;
    const flags = await client
      .get<Readonly<Record<string, string>>>("/api/v1/status/flags")
      .catch(() => undefined);
    const lookback = secondsOf(flags?.["query.lookback-delta"] ?? "5m") * 1_000;
    const groups = await client.ruleGroups().catch(() => []);
    const seeing = new PrometheusPast(client, now - since, now, lookback, [], [], []);
    const wanted = await seeing.seen(now - since);
    if (wanted.first === undefined) {
      const from = new Date(now - since).toISOString();
      throw new Error(`${withoutCredentials(client.url)} has no samples of the time since ${from}.`);
    }
    // What came before is looked back at.
    const all = await seeing.seen(now - since - longestLook);
    return new PrometheusPast(
      client,
      all.first ?? wanted.first,
      now,
      lookback,
      groups.flatMap(({ rules }) => rules.flatMap(recordOf)),
      groups.map(({ file, name }) => ({ file, name })),
      wanted.gaps,
    );
  }

  get name(): string {
    return withoutCredentials(this.client.url);
  }

  async evaluate(expression: Pick<Parsed, "text" | "expr">, steps: Steps): Promise<readonly Evaluated[]> {
    const count = countOf(steps);
    const parts: { at: number; columns: readonly Evaluated[] }[] = [];
    const { text } = expression;
    for (let at = 0; at < count;) {
      const size = Math.min(this.most.get(text) ?? mostPoints, count - at);
      const from = steps.from + at * steps.step;
      const part = { from, to: from + (size - 1) * steps.step, step: steps.step };
      try {
        parts.push({ at, columns: await this.ask(text, part) });
        at += size;
      } catch (error) {
        // It may be too much at once: what one answer may hold is the Prometheus's to say.
        if (!isTooMuch(error) || size === 1) throw error;
        this.most.set(text, Math.ceil(size / 2));
      }
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only.columns : joined(parts, count);
  }

  /** What there is from a time on. */
  private async seen(
    from: number,
  ): Promise<{ readonly first: number | undefined; readonly gaps: readonly Gap[] }> {
    const step = Math.max(lookMs, Math.ceil((this.to - from) / mostLooks / 1_000) * 1_000);
    const [seen] = await this.evaluate(parse("count(up)"), { from, to: this.to, step });
    const first = seen?.present.indexOf(1) ?? -1;
    if (seen === undefined || first === -1) return { first: undefined, gaps: [] };
    const steps = { from: from + first * step, to: this.to, step };
    const gaps = gapsOf(seen.present.subarray(first), steps);
    return { first: first === 0 ? from : await this.firstAfter(steps.from - step, steps.from), gaps };
  }

  /** When the first sample came, between a time at which there was none and one at which there is. */
  private async firstAfter(from: number, to: number): Promise<number> {
    const step = Math.max(1, Math.ceil((to - from) / finerLooks));
    const [seen] = await this.evaluate(parse("count(up)"), { from, to, step });
    const place = seen?.present.indexOf(1) ?? -1;
    return place === -1 ? to : from + place * step;
  }

  private async ask(query: string, { from, to, step }: Steps): Promise<Evaluated[]> {
    const seconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(3);
    const body = new URLSearchParams({
      query,
      start: seconds(from),
      end: seconds(to),
      step: seconds(step),
    });
    const answer = await this.client.post<RangeAnswer>("/api/v1/query_range", body, answerMs);
    return columnsOf(answer, { from, to, step });
  }
}

function isTooMuch(error: unknown): boolean {
  if (!(error instanceof RequestError)) return false;
  if (error.status === 503 || error.status === 504) return true;
  return error.status === 422 && /too many samples|timed out/.test(error.body ?? "");
}

function recordOf(rule: {
  readonly type: "alerting" | "recording";
  readonly name: string;
  readonly query: string;
  readonly labels?: Readonly<Record<string, string>>;
}): PastRecord[] {
  const { type, name, query, labels = {} } = rule;
  return type === "recording" ? [{ name, expr: query, labels }] : [];
}

/** Where nothing was there, from the last sample before to the first one after. */
function gapsOf(present: Uint8Array, { from, step }: Steps): Gap[] {
  const gaps: Gap[] = [];
  for (let index = 1; index < present.length; index += 1) {
    if (present[index] === 1) continue;
    let end = index;
    while (end < present.length && present[end] !== 1) end += 1;
    if (end === present.length) break;
    gaps.push({ from: from + (index - 1) * step, to: from + end * step });
    index = end;
  }
  return gaps;
}
