import { colorManipulator, dateTimeFormat, type DataFrame, type TimeZone } from "@grafana/data";
import { Tooltip, type UPlotConfigBuilder } from "@grafana/ui";
import { useCallback, useMemo } from "react";
import type uPlot from "uplot";
import { OverPlot } from "./over-plot";
import { usePlot } from "./use-plot";

/** Something that an annotation says of a time. */
export interface TimeMark {
  /** Milliseconds. */
  readonly time: number;
  readonly timeEnd: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly color: string;
}

/** Marks nearer to each other than so many pixels are one. */
const nearestPx = 12;

/** The marks among a panel's annotations. */
export function timeMarksOf(annotations: readonly DataFrame[] | undefined): TimeMark[] {
  return (annotations ?? []).flatMap(({ fields, length }) => {
    const values = (name: string): readonly unknown[] =>
      fields.find((field) => field.name === name)?.values ?? [];
    const times = values("time") as readonly number[];
    if (times.length === 0) return [];
    return Array.from({ length }, (_, index) => ({
      time: times[index] ?? 0,
      timeEnd: Number(values("timeEnd")[index] ?? times[index]),
      title: String(values("title")[index] ?? ""),
      text: String(values("text")[index] ?? ""),
      tags: (values("tags")[index] ?? []) as string[],
      color: String(values("color")[index] ?? "red"),
    }));
  });
}

/** Draws them: a shade from begin to end, and a button below that tells what was. */
export function TimeMarks({
  config,
  marks,
  timeZone,
}: {
  readonly config: UPlotConfigBuilder;
  readonly marks: readonly TimeMark[];
  readonly timeZone: TimeZone;
}) {
  const paint = useCallback((plot: uPlot) => shade(plot, marks), [marks]);
  const plot = usePlot(config, paint);
  const groups = useMemo(
    () => (plot ? grouped(plot, marks) : []),
    [plot, marks, plot?.scales.x?.min, plot?.over.clientWidth],
  );
  if (plot === undefined) return null;
  const buttons = groups.map(({ left, width, of }) => {
    const color = of[0]?.color ?? "red";
    return (
      <Tooltip key={left} content={<Told marks={of} timeZone={timeZone} />} placement="bottom" interactive>
        <button
          type="button"
          className="time-mark"
          style={{ left, width, background: color }}
          aria-label={of.map((mark) => sentence(mark, timeZone)).join("; ")}
        />
      </Tooltip>
    );
  });
  return <OverPlot plot={plot}>{buttons}</OverPlot>;
}

function Told({ marks, timeZone }: { readonly marks: readonly TimeMark[]; readonly timeZone: TimeZone }) {
  return (
    <ul className="time-mark-told">
      {marks.map((mark, index) => (
        <li key={index}>
          <strong>{mark.title}</strong> {mark.text}
          <br />
          {span(mark, timeZone)}
        </li>
      ))}
    </ul>
  );
}

function span({ time, timeEnd }: TimeMark, timeZone: TimeZone): string {
  const at = (ms: number) => dateTimeFormat(ms, { timeZone });
  return timeEnd > time ? `${at(time)} to ${at(timeEnd)}` : at(time);
}

function sentence(mark: TimeMark, timeZone: TimeZone): string {
  return [mark.title, mark.text, span(mark, timeZone)].filter((text) => text !== "").join(", ");
}

function shade(plot: uPlot, marks: readonly TimeMark[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { time, timeEnd, color } of marks) {
    const [from, to] = [plot.valToPos(time, "x", true), plot.valToPos(timeEnd, "x", true)];
    if (to > from) {
      ctx.fillStyle = colorManipulator.alpha(color, 0.1);
      ctx.fillRect(from, bbox.top, to - from, bbox.height);
    }
    ctx.strokeStyle = color;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([5 * devicePixelRatio, 5 * devicePixelRatio]);
    for (const x of to > from ? [from, to] : [from]) {
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** Marks by the place of their button; those of one place are told together. */
function grouped(plot: uPlot, marks: readonly TimeMark[]) {
  const end = plot.over.clientWidth;
  const groups: { left: number; width: number; of: TimeMark[] }[] = [];
  for (const mark of marks) {
    const from = Math.max(0, plot.valToPos(mark.time, "x"));
    const to = Math.min(end, plot.valToPos(mark.timeEnd, "x"));
    if (to < 0 || from > end) continue;
    const last = groups.at(-1);
    if (last && from < last.left + Math.max(last.width, nearestPx)) {
      last.of.push(mark);
      last.width = Math.max(last.width, to - last.left);
    } else groups.push({ left: from, width: Math.max(6, to - from), of: [mark] });
  }
  return groups;
}
