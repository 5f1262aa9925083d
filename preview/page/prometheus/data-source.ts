import {
  LoadingState,
  type AnnotationSupport,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type LegacyMetricFindQueryOptions,
  type MetricFindValue,
  type ScopedVars,
} from "@grafana/data";
import { RuntimeDataSource } from "@grafana/scenes";
import { Observable } from "rxjs";
import type { PreviewSettings } from "../site/api";
import { annotationSupport } from "./annotation-support";
import { ask, type ExemplarSeries, type QueryResult } from "./client";
import { exemplarFrame } from "./exemplars";
import { seriesFrames, tableFrame } from "./frames";
import { heatmapFrame } from "./heatmap-frame";
import { aligned, duration, milliseconds, rateInterval, stepOf } from "./intervals";
import type { PrometheusQuery } from "./query";
import { interpolated } from "./scene-interpolation";
import { metricFind } from "./metric-find";

/** The uid of the Prometheus that all panels ask, whatever their dashboard calls it. */
export const prometheusUid = "prometheus";

/** The answer to one query. */
interface Answer {
  readonly query: PrometheusQuery;
  readonly frames: DataFrame[];
  /** Where it is a table's, which joins those of all its queries. */
  readonly table?: QueryResult;
}

/** The Prometheus behind the preview's proxy. */
export class PrometheusDataSource extends RuntimeDataSource<PrometheusQuery> {
  override readonly annotations: AnnotationSupport<PrometheusQuery> = annotationSupport;
  readonly scrapeMs: number;

  constructor(private readonly settings: PreviewSettings) {
    super("prometheus", prometheusUid);
    this.scrapeMs = settings.scrapeIntervalSeconds * 1_000;
    this.interval = duration(this.scrapeMs);
  }

  override query(request: DataQueryRequest<PrometheusQuery>): Observable<DataQueryResponse> {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      const targets = request.targets.filter(
        ({ hide, expr }) => !hide && expr !== undefined && expr.trim() !== "",
      );
      void Promise.allSettled(targets.map((query) => this.answer(query, request, abort.signal))).then(
        (settled) => {
          if (abort.signal.aborted) return;
          const answers = settled.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
          const errors = settled.flatMap((one, index) =>
            one.status === "rejected"
              ? [{ refId: targets[index]?.refId, message: messageOf(one.reason) }]
              : [],
          );
          const tables = answers.flatMap(({ query, table }) =>
            table ? [{ refId: query.refId, answer: table }] : [],
          );
          const data = answers.flatMap(({ frames }) => frames);
          if (tables.length > 0) data.push(tableFrame(tables));
          subscriber.next({
            data,
            state: LoadingState.Done,
            ...(errors.length > 0 && { errors, error: errors[0] }),
          });
          subscriber.complete();
        },
      );
      return () => abort.abort();
    });
  }

  override metricFindQuery(
    query: string,
    options?: LegacyMetricFindQueryOptions,
  ): Promise<MetricFindValue[]> {
    return metricFind(this.textOf(query, options?.scopedVars ?? {}), options?.range);
  }

  /** A text with the values of its variables, as PromQL wants them. */
  private textOf(text: string, scopedVars: ScopedVars): string {
    return interpolated(text, scopedVars);
  }

  private async answer(
    query: PrometheusQuery,
    request: DataQueryRequest<PrometheusQuery>,
    signal: AbortSignal,
  ): Promise<Answer[]> {
    const [fromMs, toMs] = [request.range.from.valueOf(), request.range.to.valueOf()];
    const least = milliseconds(this.textOf(query.interval ?? query.step ?? "", request.scopedVars));
    const stepMs = stepOf({
      intervalMs: request.intervalMs,
      rangeMs: toMs - fromMs,
      minimumMs: least ?? this.scrapeMs,
      factor: query.intervalFactor,
    });
    const range = aligned(fromMs, toMs, stepMs);
    const expr = this.textOf(query.expr ?? "", {
      ...request.scopedVars,
      ...intervalVariables(stepMs, Math.max(this.scrapeMs, least ?? 0), toMs - fromMs),
    });
    const times = new URLSearchParams({
      query: expr,
      start: String(range.from / 1_000),
      end: String(range.to / 1_000),
      step: String(stepMs / 1_000),
    });
    const { refId, legendFormat } = query;
    const legend =
      legendFormat === undefined ? {} : { legendFormat: this.textOf(legendFormat, request.scopedVars) };
    const options = { refId, expr, ...legend };
    const framed = (answer: QueryResult, step?: number): Answer => {
      if (query.format === "table") return { query, frames: [], table: answer };
      const shape = { ...options, ...(step !== undefined && { stepMs: step }) };
      if (query.format === "heatmap") return { query, frames: [heatmapFrame(answer, shape)] };
      return { query, frames: seriesFrames(answer, shape) };
    };
    const asked: Promise<Answer>[] = [];
    if (query.instant) {
      const now = new URLSearchParams({ query: expr, time: String(toMs / 1_000) });
      asked.push(ask<QueryResult>("/query", now, signal).then((answer) => framed(answer)));
    }
    if (query.range ?? !query.instant)
      asked.push(ask<QueryResult>("/query_range", times, signal).then((answer) => framed(answer, stepMs)));
    if (query.exemplar) {
      times.delete("step");
      // A graph without exemplars is still a graph: recording rules and old servers have none.
      const exemplars = ask<ExemplarSeries[]>("/query_exemplars", times, signal).catch(() => []);
      asked.push(
        exemplars.then((answer) => ({
          query,
          frames: [exemplarFrame(refId, answer, this.settings.jaegerUrl)],
        })),
      );
    }
    return Promise.all(asked);
  }
}

function intervalVariables(stepMs: number, scrapeMs: number, rangeMs: number): ScopedVars {
  const variable = (value: string | number) => ({ text: String(value), value });
  return {
    __interval: variable(duration(stepMs)),
    __interval_ms: variable(stepMs),
    __rate_interval: variable(duration(rateInterval(stepMs, scrapeMs))),
    __rate_interval_ms: variable(rateInterval(stepMs, scrapeMs)),
    __range: variable(`${String(Math.round(rangeMs / 1_000))}s`),
    __range_s: variable(Math.round(rangeMs / 1_000)),
    __range_ms: variable(rangeMs),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
