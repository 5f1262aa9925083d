import { parse } from "../../metrics/promql-analysis";
import {
  evaluateText,
  EvaluationError,
  formatFloat,
  timeOf,
  type Evaluated,
  type Steps,
  type Storage,
} from "../../metrics/promql-engine";
import { selectSeries } from "../../metrics/promql-engine/selection";
import type { RecordedAnswer, RecordedAnswers } from "../../preview/server/recorded-answers";
import { RecordedNames, type WantedSpan } from "./recorded-names";

/** Prometheus's own default, in milliseconds. */
const defaultLookback = 300_000;
/** Time before the one that is shown for which recorded series are made, in milliseconds. */
const lookedBack = 3_600_000;

/** Answers as a Prometheus does that has some samples and has evaluated some recording rules over them. */
export class StoredAnswers implements RecordedAnswers {
  private readonly recorded: RecordedNames;
  private readonly answers = new Map<string, Promise<RecordedAnswer | undefined>>();

  /**
   * @param ruleFiles of the version whose dashboards ask: what its rules record is made where the samples lack it
   * @param span the time for which it is made
   */
  constructor(
    storage: Storage,
    ruleFiles: Readonly<Record<string, string>>,
    private readonly span: WantedSpan,
    private readonly lookback = defaultLookback,
  ) {
    this.recorded = new RecordedNames(storage, ruleFiles, span, lookback);
  }

  /** The same question is asked for each version, and again where a page gave up before it was answered. */
  answer(path: string, parameters: URLSearchParams): Promise<RecordedAnswer | undefined> {
    const key = `${path}?${parameters.toString()}`;
    const known = this.answers.get(key) ?? this.answerTo(path, parameters);
    this.answers.set(key, known);
    return known;
  }

  private async answerTo(path: string, parameters: URLSearchParams): Promise<RecordedAnswer | undefined> {
    try {
      const data = await this.dataOf(path, parameters);
      return data === undefined
        ? undefined
        : { status: 200, body: JSON.stringify({ status: "success", data }) };
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const failed = { status: "error", errorType: "execution", error: error.message };
      return { status: 422, body: JSON.stringify(failed) };
    }
  }

  private async dataOf(path: string, parameters: URLSearchParams): Promise<unknown> {
    const label = /^\/api\/v1\/label\/([A-Za-z_]\w*)\/values$/.exec(path)?.[1];
    if (label !== undefined) return this.valuesOf(label, parameters.get("match[]"));
    const query = parameters.get("query") ?? "";
    switch (path) {
      case "/api/v1/query_range":
        return this.range(query, {
          from: millisecondsOf(parameters.get("start"), this.span.from),
          to: millisecondsOf(parameters.get("end"), this.span.to),
          step: millisecondsOf(parameters.get("step"), this.span.step),
        });
      case "/api/v1/query":
        return this.instant(query, millisecondsOf(parameters.get("time"), this.span.to));
      case "/api/v1/query_exemplars":
        return [];
      default:
        return undefined;
    }
  }

  private async range(query: string, steps: Steps): Promise<object> {
    const result = (await this.evaluated(query, steps)).map(({ labels, values, present }) => ({
      metric: labels,
      values: [...present.keys()].flatMap((index) =>
        present[index] === 1
          ? [[timeOf(steps, index) / 1_000, formatFloat(values[index] ?? NaN)] as const]
          : [],
      ),
    }));
    return { resultType: "matrix", result };
  }

  private async instant(query: string, time: number): Promise<object> {
    const found = await this.evaluated(query, { from: time, to: time, step: 1 });
    const result = found.map(({ labels, values }) => ({
      metric: labels,
      value: [time / 1_000, formatFloat(values[0] ?? NaN)],
    }));
    return { resultType: "vector", result };
  }

  private async evaluated(query: string, steps: Steps): Promise<readonly Evaluated[]> {
    await this.recorded.make(parse(query).expr);
    return evaluateText(query, steps, { storage: this.recorded, lookback: this.lookback });
  }

  private async valuesOf(label: string, selector: string | null): Promise<readonly string[]> {
    const { from, to } = this.span;
    const expr = selector === null ? undefined : parse(selector).expr;
    if (expr) await this.recorded.make(expr);
    const series =
      expr?.kind === "selector"
        ? selectSeries(this.recorded, expr, from, to)
        : this.recorded.select(undefined, () => true, from, to);
    const values = series.flatMap(({ labels }) => labels[label] ?? []);
    return [...new Set(values)].filter((value) => value !== "").sort();
  }
}

/** What versions must say for their dashboards to be drawn of stored samples. */
interface RuledVersion {
  readonly ruleFiles: Readonly<Record<string, string>>;
  readonly volume: { readonly scrapeIntervalSeconds: number };
}

/** The same samples for the dashboards of two versions, with what the rules of each make of them. */
export function storedData(
  storage: Storage,
  versions: Readonly<Record<"before" | "after", RuledVersion>>,
  { from, to }: { readonly from: number; readonly to: number },
): Readonly<Record<"before" | "after", StoredAnswers>> {
  const of = ({ ruleFiles, volume }: RuledVersion) => {
    // What a panel's rate or an average of its own looks back at.
    const span = { from: from - lookedBack, to, step: volume.scrapeIntervalSeconds * 1_000 };
    return new StoredAnswers(storage, ruleFiles, span);
  };
  const before = of(versions.before);
  const isSame = JSON.stringify(saidBy(versions.before)) === JSON.stringify(saidBy(versions.after));
  return { before, after: isSame ? before : of(versions.after) };
}

/** What decides what is recorded. */
function saidBy({ ruleFiles, volume }: RuledVersion) {
  return [ruleFiles, volume.scrapeIntervalSeconds];
}

/** Of seconds, as Prometheus's API takes them. */
function millisecondsOf(seconds: string | null, otherwise: number): number {
  const number = Number(seconds);
  return seconds === null || seconds === "" || !Number.isFinite(number)
    ? otherwise
    : Math.round(number * 1_000);
}
