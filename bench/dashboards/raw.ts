import { PromQl } from "../../dashboards/lint/promql";
import { objectiveSeries, windowOf, type ObjectiveName } from "../../metrics/objectives";
import { partsOf, type Selector } from "../../metrics/promql-analysis";
import { records } from "../../metrics/recorded";

/** What objectives are made of, as somebody would write it who has no recording rules. */
export interface ObjectiveSettings {
  /** Bound of the response time's bucket, in seconds. */
  readonly latencyWithin: number;
  readonly windowDays: number;
}

/** Queries with what recording rules record put back in place of the recorded series. */
export class RawQueries {
  private readonly expressions: ReadonlyMap<string, string>;

  constructor(private readonly settings: ObjectiveSettings) {
    this.expressions = new Map(Object.values(records).map(({ name, expr }) => [name, String(expr)]));
  }

  /** A query that reads no recorded series. The objectives' targets stay: they are constants. */
  of(query: string): string {
    const promql = new PromQl(query);
    let raw = query;
    // From the right, so that the places of the others stay as they are.
    for (const selector of [...promql.selectors].reverse()) {
      const expression = this.expressionOf(selector);
      if (expression === undefined) continue;
      const source = promql.textAt(selector);
      const at = raw.lastIndexOf(source);
      // Who writes the query out has to put the offset at each selector.
      const shifted =
        selector.offset === undefined
          ? expression
          : expression.replace(/\[\w+\]/g, `$& offset ${promql.textAt(selector.offset)}`);
      raw = `${raw.slice(0, at)}(${shifted})${raw.slice(at + source.length)}`;
    }
    return raw;
  }

  private expressionOf({ name, matchers }: Selector): string | undefined {
    const window =
      name === objectiveSeries.overWindow.name ? `${String(this.settings.windowDays)}d` : windowOf(name);
    if (window === undefined) return this.expressions.get(name);
    const asked = matchers.find(({ label }) => label === "objective")?.value;
    const objectives: readonly ObjectiveName[] = ["availability", "latency"];
    return objectives
      .filter((objective) => asked === undefined || asked === objective)
      .map(
        (objective) =>
          `label_replace(${this.errorRatio(objective, window)}, "objective", "${objective}", "", "")`,
      )
      .join(" or ");
  }

  private errorRatio(objective: ObjectiveName, window: string): string {
    const perService = (selector: string) => `sum by (service) (rate(${selector}[${window}]))`;
    const [good, total] =
      objective === "availability"
        ? ['http_requests_total{status_code!~"5.."}', "http_requests_total"]
        : [
            `http_request_duration_seconds_bucket{status_code!~"5..", le="${String(this.settings.latencyWithin)}"}`,
            "http_request_duration_seconds_count",
          ];
    return `1 - ${perService(good)} / (${perService(total)} > 0)`;
  }
}

/** Seconds for which Prometheus looks back for a sample. */
const lookback = 300;

/** How far back a query reads each metric, in seconds, and how far it is shifted. */
export function reads(
  query: string,
): readonly { readonly metric: string; readonly range: number; readonly offset: number }[] {
  return partsOf(new PromQl(query).expr).flatMap(({ node, ancestors: [parent] }) => {
    if (node.kind !== "selector") return [];
    const range = node.range ?? (parent?.kind === "subquery" ? parent.range : undefined);
    return [{ metric: node.name, range: range?.seconds ?? lookback, offset: node.offset?.seconds ?? 0 }];
  });
}
