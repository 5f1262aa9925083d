import type { AnnotationEvent, AnnotationQuery, AnnotationSupport, DataFrame } from "@grafana/data";
import { of } from "rxjs";
import { marksOf, type MarkTexts } from "./annotations";
import { milliseconds } from "./intervals";
import type { PrometheusQuery } from "./query";

const defaultStepMs = 60_000;

/** An annotation as the classic schema has it: its query beside its name, or in `target` in newer exports. */
type ClassicAnnotation = AnnotationQuery<PrometheusQuery> &
  MarkTexts & { readonly expr?: string; readonly step?: string };

function stepOf({ step, target }: ClassicAnnotation): number {
  return milliseconds(step ?? target?.step ?? target?.interval) ?? defaultStepMs;
}

/** Annotations out of PromQL: where its series are. */
export const annotationSupport: AnnotationSupport<PrometheusQuery> = {
  prepareAnnotation: (json: AnnotationQuery) => json as AnnotationQuery<PrometheusQuery>,
  prepareQuery: (annotation) => {
    const classic = annotation as ClassicAnnotation;
    const expr = classic.expr ?? classic.target?.expr;
    if (expr === undefined) return undefined;
    return { refId: "Anno", expr, range: true, interval: `${String(stepOf(classic) / 1_000)}s` };
  },
  processEvents: (annotation, frames) => {
    const classic = annotation as ClassicAnnotation;
    const step = (frame: DataFrame) => frame.fields[0]?.config.interval ?? stepOf(classic);
    const events = frames.flatMap((frame) => {
      const [time, value] = frame.fields;
      const values = (value?.values ?? []) as number[];
      const points = values.map((each, index) => [(time?.values[index] ?? 0) as number, each] as const);
      return marksOf([{ labels: value?.labels ?? {}, points }], step(frame), classic);
    });
    return of(events.map((mark): AnnotationEvent => ({ ...mark, tags: [...mark.tags] })));
  },
};
