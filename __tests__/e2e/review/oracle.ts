import type { KnownSeries } from "../../../dashboards/known-traffic/series";
import { now } from "../../../dashboards/known-traffic/timeline";
import { parse, type Expression } from "../../../metrics/promql-analysis";
import { EvaluationError, type Evaluated, type Steps } from "../../../metrics/promql-engine";
import type { ExpressionReader } from "../../../review/impact/readers/expression";
import { rulesOf } from "../../../review/impact/readers/rules";
import type { ReadVersion } from "../../../review/version/version";
import { armed } from "./armed";
import { DeployedData } from "./deployed-data";
import { mutatedSeries } from "./mutated-series";
import type { Mutation } from "./mutations";

/** When readers look at the data: every five minutes of four hours. Milliseconds. */
const looked: Steps = { from: (now - 4 * 3_600) * 1_000, to: now * 1_000, step: 300_000 };

/** What a reader gets. */
export interface Seen {
  /** All values of all series. */
  readonly values: ReadonlySet<number>;
  /** Whether there is one at each time. */
  readonly isAlways: boolean;
  /** Whether it would be something without the thresholds of an alert. */
  readonly isArmed: boolean;
  /** What Prometheus refuses it for. */
  readonly error?: string;
}

/** Says what readers get after a mutation, by evaluating them over the known traffic as it would be then. */
export class Oracle {
  private readonly base: DeployedData;
  private readonly parsed = new Map<string, { readonly expr: Expression; readonly armed: Expression }>();

  constructor(
    private readonly series: readonly KnownSeries[],
    version: ReadVersion,
  ) {
    this.base = new DeployedData(series, rulesOf(version));
  }

  /** What each reader gets of the version as it is. */
  unchanged(readers: readonly ExpressionReader[]): Promise<ReadonlyMap<ExpressionReader, Seen>> {
    return this.all(readers, this.base);
  }

  /** What each reader gets that reads something that changed. */
  after(
    readers: readonly ExpressionReader[],
    mutation: Mutation,
    version: ReadVersion,
  ): Promise<ReadonlyMap<ExpressionReader, Seen>> {
    const data = new DeployedData(
      mutatedSeries(this.series, mutation),
      rulesOf(version),
      this.base,
      new Set("names" in mutation ? mutation.names : []),
    );
    const changed = readers.filter((reader) => !data.isAsBefore(this.expressionsOf(reader).expr));
    return this.all(changed, data);
  }

  private async all(readers: readonly ExpressionReader[], data: DeployedData) {
    const result = new Map<ExpressionReader, Seen>();
    for (const reader of readers) result.set(reader, await this.seen(reader, data));
    return result;
  }

  private async seen(reader: ExpressionReader, data: DeployedData): Promise<Seen> {
    const { expr, armed: bare } = this.expressionsOf(reader);
    try {
      const given = await data.evaluate(expr, looked);
      const isArmed = !reader.isAlert ? given.length > 0 : (await data.evaluate(bare, looked)).length > 0;
      return { values: valuesOf(given), isAlways: isAlways(given), isArmed };
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return { values: new Set(), isAlways: false, isArmed: false, error: error.message };
    }
  }

  private expressionsOf({ text }: ExpressionReader) {
    const known = this.parsed.get(text);
    if (known !== undefined) return known;
    const { expr } = parse(plain(text));
    const both = { expr, armed: armed(expr) };
    this.parsed.set(text, both);
    return both;
  }
}

/** Lengths of time are an hour, other variables match all; what is read of days before is read of an hour before. */
export function plain(text: string): string {
  return text
    .replaceAll(/offset \d+[dw]/g, "offset 1h")
    .replaceAll(/\$__(?:rate_)?interval|\$__range|\$\{__\w+\}/g, "1h")
    .replaceAll(/\$\{(\w+)(?::\w+)?\}|\$[a-zA-Z_]\w*/g, ".*");
}

function valuesOf(all: readonly Evaluated[]): ReadonlySet<number> {
  return new Set(
    all.flatMap(({ values, present }) => [...values].filter((_, index) => present[index] === 1)),
  );
}

function isAlways(all: readonly Evaluated[]): boolean {
  const count = (looked.to - looked.from) / looked.step + 1;
  return Array.from({ length: count }, (_, index) => index).every((index) =>
    all.some(({ present }) => present[index] === 1),
  );
}
