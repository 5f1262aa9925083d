import { FieldType, type DataFrame, type Field } from "@grafana/data";
import type { InstantSeries, QueryResult, RangeSeries } from "./client";
import { displayName, type Labels } from "./legend";

/** How the answer to one query becomes frames. */
export interface FrameOptions {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  /** Distance of two points, in milliseconds; between points further apart is a gap. Undefined of an instant query. */
  readonly stepMs?: number;
}

/** A frame of these fields. */
export function frameOf(refId: string, fields: Field[], meta: DataFrame["meta"] = {}): DataFrame {
  return { refId, fields, length: fields[0]?.values.length ?? 0, meta };
}

/** A field without configuration. */
export function field(name: string, type: FieldType, values: unknown[], labels?: Labels): Field {
  return { name, type, values, config: {}, ...(labels && { labels: { ...labels } }) };
}

/** A frame for each series: a field of time, a field of values. */
export function seriesFrames(answer: QueryResult, options: FrameOptions): DataFrame[] {
  return seriesOf(answer).map(({ metric, values }) => {
    const { __name__: _metric, ...labels } = metric;
    const time = field(
      "Time",
      FieldType.time,
      values.map(([seconds]) => seconds * 1_000),
    );
    if (options.stepMs !== undefined) time.config.interval = options.stepMs;
    const name = displayName(options.legendFormat, metric);
    const value = field(
      "Value",
      FieldType.number,
      values.map(([, text]) => numberOf(text)),
      labels,
    );
    if (name !== undefined) value.config.displayNameFromDS = name;
    return frameOf(options.refId, [time, value], { executedQueryString: `Expr: ${options.expr}` });
  });
}

/** One frame with a row for each series and a column for each label, as tables have it. */
export function tableFrame(
  answers: readonly { readonly refId: string; readonly answer: QueryResult }[],
): DataFrame {
  const rows = answers.flatMap(({ refId, answer }) =>
    seriesOf(answer).flatMap(({ metric, values }) =>
      values.map(([time, value]) => ({ refId, metric, time, value })),
    ),
  );
  const names = [...new Set(rows.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const several = answers.length > 1;
  return frameOf(answers[0]?.refId ?? "A", [
    field(
      "Time",
      FieldType.time,
      rows.map(({ time }) => time * 1_000),
    ),
    ...names.map((name) =>
      field(
        name,
        FieldType.string,
        rows.map(({ metric }) => metric[name] ?? ""),
      ),
    ),
    ...answers.map(({ refId }) =>
      field(
        several ? `Value #${refId}` : "Value",
        FieldType.number,
        rows.map((row) => (row.refId === refId ? numberOf(row.value) : null)),
      ),
    ),
  ]);
}

/** Series of any answer: those of an instant query have one point. */
export function seriesOf(answer: QueryResult): readonly RangeSeries[] {
  switch (answer.resultType) {
    case "matrix":
      return answer.result;
    case "vector":
      return answer.result.map(({ metric, value }: InstantSeries) => ({ metric, values: [value] }));
    case "scalar":
      return [{ metric: {}, values: [answer.result] }];
    case "string":
      return [];
  }
}

/** A number as Prometheus writes it, with its words for the infinite. */
export function numberOf(text: string): number {
  if (text === "+Inf" || text === "Inf") return Infinity;
  return text === "-Inf" ? -Infinity : Number(text);
}
