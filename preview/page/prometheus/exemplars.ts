import { DataTopic, FieldType, type DataFrame } from "@grafana/data";
import type { ExemplarSeries } from "./client";
import { field, frameOf, numberOf } from "./frames";

/** Labels in which an exemplar may carry the id of its trace. */
const traceLabels = ["trace_id", "traceID", "traceId"] as const;

/** One exemplar: a request of its own. */
export interface Exemplar {
  /** Milliseconds. */
  readonly time: number;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Where its trace is shown. */
  readonly link?: string;
}

const name = "exemplar";

/** A frame of exemplars, which a panel draws over its graph. */
export function exemplarFrame(
  refId: string,
  answer: readonly ExemplarSeries[],
  jaegerUrl?: string,
): DataFrame {
  const all = answer
    .flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map(({ labels, value, timestamp }): Exemplar => {
        const id = traceLabels.map((label) => labels[label]).find((text) => text !== undefined);
        return {
          time: timestamp * 1_000,
          value: numberOf(value),
          labels: { ...seriesLabels, ...labels },
          ...(id !== undefined && jaegerUrl !== undefined && { link: traceUrl(jaegerUrl, id) }),
        };
      }),
    )
    .sort((one, other) => one.time - other.time);
  const time = field(
    "Time",
    FieldType.time,
    all.map((one) => one.time),
  );
  const frame = frameOf(refId, [time, field("Exemplar", FieldType.other, all)], {
    dataTopic: DataTopic.Annotations,
  });
  return { ...frame, name };
}

function traceUrl(jaegerUrl: string, id: string): string {
  return `${jaegerUrl.replace(/\/$/, "")}/trace/${encodeURIComponent(id)}`;
}

/** The exemplars among the annotations of a panel. */
export function exemplarsOf(annotations: readonly DataFrame[] | undefined): Exemplar[] {
  return (annotations ?? [])
    .filter((frame) => frame.name === name)
    .flatMap(({ fields }) => (fields[1]?.values ?? []) as Exemplar[]);
}
