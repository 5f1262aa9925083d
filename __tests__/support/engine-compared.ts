import {
  evaluateText,
  EvaluationError,
  keyOf,
  type Labels,
  type Steps,
  type Storage,
} from "../../metrics/promql-engine";

/** What an expression gives: values by labels and time (ms), or that it is an error. */
type Outcome = { readonly points: ReadonlyMap<string, number> } | { readonly error: string };

/** How many answers were the same, of which kinds. */
export interface Comparison {
  /** Answers with values. */
  withValues: number;
  empty: number;
  errors: number;
  /** Values in all. */
  values: number;
  /** Of these, how many differ in their last bits. */
  notBitEqual: number;
  /** What differs, in a line each. */
  readonly different: string[];
}

/** Nothing compared yet. */
export function noComparison(): Comparison {
  return { withValues: 0, empty: 0, errors: 0, values: 0, notBitEqual: 0, different: [] };
}

/** Compares what this engine makes of an expression with what a Prometheus makes of it, over a range and at instants. */
export class Compared {
  constructor(
    readonly url: string,
    readonly storage: Storage,
    readonly result = noComparison(),
  ) {}

  async range(text: string, steps: Steps): Promise<void> {
    const query = {
      query: text,
      start: seconds(steps.from),
      end: seconds(steps.to),
      step: seconds(steps.step),
    };
    const theirs = await this.ask("query_range", query);
    this.compare(`${text} over ${JSON.stringify(steps)}`, theirs, await this.own(text, steps, false));
  }

  /** Each step as a query by itself. */
  async instants(text: string, steps: Steps): Promise<void> {
    const points = new Map<string, number>();
    let error: string | undefined;
    for (let time = steps.from; time <= steps.to; time += steps.step) {
      const at = await this.ask("query", { query: text, time: seconds(time) });
      const own = await this.own(text, { from: time, to: time, step: steps.step }, false);
      this.compare(`${text} at ${String(time)}`, at, own);
      if ("error" in at) error = at.error;
      else for (const [key, value] of at.points) points.set(key, value);
    }
    const theirs = error === undefined ? { points } : { error };
    this.compare(`${text} at each of ${JSON.stringify(steps)}`, theirs, await this.own(text, steps, true));
  }

  private async own(text: string, steps: Steps, instants: boolean): Promise<Outcome> {
    try {
      const points = new Map<string, number>();
      for (const { labels, values, present } of await evaluateText(text, steps, {
        storage: this.storage,
        instants,
      })) {
        values.forEach((value, step) => {
          if (present[step] === 1) points.set(pointOf(labels, steps.from + step * steps.step), value);
        });
      }
      return { points };
    } catch (error) {
      if (error instanceof EvaluationError) return { error: error.message };
      throw error;
    }
  }

  private async ask(path: string, query: Readonly<Record<string, string>>): Promise<Outcome> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method: "POST",
      body: new URLSearchParams(query),
    });
    const answer = (await response.json()) as Answer;
    if (answer.status === "error") return { error: answer.error };
    const points = new Map<string, number>();
    const { resultType, result } = answer.data;
    if (resultType === "scalar") points.set(pointOf({}, Math.round(result[0] * 1000)), numberOf(result[1]));
    else {
      for (const { metric, values, value } of result) {
        for (const [time, text] of values ?? (value === undefined ? [] : [value])) {
          points.set(pointOf(metric, Math.round(time * 1000)), numberOf(text));
        }
      }
    }
    return { points };
  }

  private compare(what: string, theirs: Outcome, own: Outcome): void {
    const { result } = this;
    if ("error" in theirs || "error" in own) {
      if ("error" in theirs && "error" in own) result.errors += 1;
      else result.different.push(`${what}: ${textOfOutcome(theirs)}, here ${textOfOutcome(own)}`);
      return;
    }
    const keys = new Set([...theirs.points.keys(), ...own.points.keys()]);
    for (const key of keys) {
      const [one, other] = [theirs.points.get(key), own.points.get(key)];
      result.values += 1;
      if (one !== undefined && other !== undefined && isSame(one, other)) continue;
      if (one !== undefined && other !== undefined && isNear(one, other)) {
        result.notBitEqual += 1;
        continue;
      }
      result.different.push(`${what}: ${JSON.stringify(key)} is ${String(one)}, here ${String(other)}`);
      return;
    }
    if (keys.size === 0) result.empty += 1;
    else result.withValues += 1;
  }
}

type Answer =
  | { readonly status: "error"; readonly error: string }
  | {
      readonly status: "success";
      readonly data:
        | { readonly resultType: "scalar"; readonly result: readonly [number, string] }
        | {
            readonly resultType: "vector" | "matrix";
            readonly result: readonly {
              readonly metric: Labels;
              readonly value?: readonly [number, string];
              readonly values?: readonly (readonly [number, string])[];
            }[];
          };
    };

function textOfOutcome(outcome: Outcome): string {
  return "error" in outcome ? `the error ${outcome.error}` : `${String(outcome.points.size)} values`;
}

function pointOf(labels: Labels, time: number): string {
  return `${keyOf(labels)} ${String(time)}`;
}

function isSame(one: number, other: number): boolean {
  return one === other || (Number.isNaN(one) && Number.isNaN(other));
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}

function numberOf(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

function seconds(milliseconds: number): string {
  return String(milliseconds / 1000);
}
