// The series of an annotation's query as marks on the graphs. Pure: the unit tests of the root read it.

import { legendOf, type Labels } from "./legend";

/** A series of the annotation's query: milliseconds and values. */
export interface MarkedSeries {
  readonly labels: Labels;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** How a series is told. */
export interface MarkTexts {
  readonly titleFormat?: string;
  readonly textFormat?: string;
  /** Labels, by comma, whose values are its tags. */
  readonly tagKeys?: string;
}

/** From when until when something was so. */
export interface Mark {
  readonly time: number;
  readonly timeEnd: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
}

/** A mark for each stretch in which a series has points that are not 0, no two further apart than the step. */
export function marksOf(series: readonly MarkedSeries[], stepMs: number, texts: MarkTexts): Mark[] {
  return series
    .flatMap(({ labels, points }) => {
      const marked = points.filter(([, value]) => value !== 0 && !Number.isNaN(value)).map(([time]) => time);
      const starts = marked.filter((time, index) => index === 0 || time - (marked[index - 1] ?? 0) > stepMs);
      return starts.map((time, index) => {
        const next = starts[index + 1] ?? Infinity;
        const timeEnd = marked.filter((moment) => moment < next).at(-1) ?? time;
        return { time, timeEnd, ...told(labels, texts) };
      });
    })
    .sort((one, other) => one.time - other.time);
}

function told(
  labels: Labels,
  { titleFormat, textFormat, tagKeys }: MarkTexts,
): Pick<Mark, "title" | "text" | "tags"> {
  const words = (format = "") => legendOf(format, labels).replace(/\s+/g, " ").trim();
  const keys = (tagKeys ?? "").split(",").map((key) => key.trim());
  const tags = keys.flatMap((key) => labels[key] ?? []);
  return { title: words(titleFormat) || (labels.__name__ ?? ""), text: words(textFormat), tags };
}
