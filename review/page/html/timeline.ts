import { html, type Html } from "../../../services/platform/page/html";
import type { Curve, Timeline, TimelineSide } from "../data/alerts";
import { count, duration, many, short } from "../words";
import { shortTime } from "../zoned";
import { timeTicks, valueTicks } from "./axis";
import { scrolling } from "./pieces";

const width = 720;
const left = 60;
const right = width - 8;
const plot = { top: 10, bottom: 116 } as const;
const lanes = { before: 124, after: 148 } as const;
const laneHeight = 20;
/** Marks of messages in a lane: more of them would lie on one another. */
const mostMarks = 150;

type SideName = keyof typeof lanes;

/** A chart of what an alert's expression gave, with its threshold, and below it when it fired and who was told. */
export function timelineChart(timeline: Timeline, alert: string, zone: string): Html {
  const { from, to, unit, labels } = timeline;
  const x = (time: number) =>
    round(left + ((Math.min(Math.max(time, from), to) - from) / Math.max(1, to - from)) * (right - left));
  const hasCurve = Boolean(timeline.before?.curve ?? timeline.after?.curve);
  const shift = hasCurve ? 0 : plot.bottom - plot.top;
  const height = lanes.after + laneHeight + 20 - shift;
  const name = `${alert}${labels === "" ? "" : ` of ${labels}`}: ${summary(timeline)}`;
  const sides = (["before", "after"] as const).map((side) => lane(side, timeline[side], x, shift, to, zone));
  return html`<figure class="timeline">
    <figcaption>${labels === "" ? undefined : html`<code>${labels}</code> `}${summary(timeline)}</figcaption>
    ${scrolling(
      `Timeline of ${alert} ${labels}`,
      html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}">
        ${hasCurve ? plotOf(timeline, x, unit) : undefined} ${sides}
        ${timeTicks(from, to, zone).map(
          ({ at, text }) =>
            html`<path
                class="grid"
                d="M${x(at)} ${hasCurve ? plot.top : lanes.before - shift}V${height - 16}"
              />
              <text class="tick" x="${x(at)}" y="${height - 4}" text-anchor="middle">${text}</text>`,
        )}
      </svg>`,
    )}
  </figure>`;
}

function summary({ before, after }: Timeline): string {
  const say = (name: string, side: TimelineSide | undefined) => {
    if (!side) return `${name} there is no such alert`;
    const told = side.messages.filter(({ status }) => status === "firing").length;
    return `${name} it fired ${many(side.firings.length, "time")} and was told ${many(told, "time")}`;
  };
  return `${say("before", before)}; ${say("after", after)}`;
}

function plotOf({ before, after }: Timeline, x: (time: number) => number, unit: string): Html {
  const values = [before, after].flatMap((side) => [
    ...(side?.curve ? [...side.curve.min, ...side.curve.max] : []),
    ...(side?.threshold === undefined ? [] : [side.threshold]),
  ]);
  const finite = values.filter((value) => value !== null);
  const low = Math.min(0, ...finite);
  const high = Math.max(...finite, low + Number.EPSILON);
  const span = (high - low) * 1.08 || 1;
  const y = (value: number) => round(plot.bottom - ((value - low) / span) * (plot.bottom - plot.top));
  const isOneCurve = JSON.stringify(before?.curve) === JSON.stringify(after?.curve);
  const curves = isOneCurve
    ? [curveShape(after?.curve, "both", x, y)]
    : [curveShape(before?.curve, "before", x, y), curveShape(after?.curve, "after", x, y)];
  const isOneThreshold = before?.threshold === after?.threshold;
  return html`${valueTicks(low, low + span).map(
    (value) =>
      html`<path class="grid" d="M${left} ${y(value)}H${right}" />
        <text class="tick" x="${left - 6}" y="${y(value) + 4}" text-anchor="end"
          >${short(value)}${unit}</text
        >`,
  )}
  ${curves}
  ${
    isOneThreshold
      ? threshold("after", "threshold", after?.threshold, y)
      : [
          threshold("before", "before", before?.threshold, y),
          threshold("after", "after", after?.threshold, y),
        ]
  }`;
}

function threshold(
  side: SideName,
  word: string,
  value: number | undefined,
  y: (value: number) => number,
): Html | undefined {
  if (value === undefined) return undefined;
  const anchor = side === "before" ? left + 4 : right - 4;
  const text = y(value) < plot.top + 12 ? y(value) + 12 : y(value) - 4;
  return html`<path class="threshold" data-side="${side}" d="M${left} ${y(value)}H${right}" />
    <text
      class="name"
      data-side="${side}"
      x="${anchor}"
      y="${text}"
      text-anchor="${side === "before" ? "start" : "end"}"
      >${word} ${short(value)}</text
    >`;
}

/** What lies between the least and greatest values, a shape for each run of spans that have some. */
function curveShape(
  curve: Curve | undefined,
  side: SideName | "both",
  x: (time: number) => number,
  y: (value: number) => number,
): Html | undefined {
  if (!curve) return undefined;
  const runs: { at: number; low: number; high: number }[][] = [];
  let run: { at: number; low: number; high: number }[] = [];
  curve.max.forEach((high, index) => {
    const low = curve.min[index];
    if (high === null || low === null || low === undefined) {
      run = [];
      return;
    }
    if (run.length === 0) runs.push(run);
    run.push({ at: curve.from + (index + 0.5) * curve.step, low, high });
  });
  return html`${runs.map((points) => {
    const there = points.map(({ at, high }) => `${String(x(at))} ${String(y(high))}`);
    const back = points.map(({ at, low }) => `${String(x(at))} ${String(y(low))}`).reverse();
    return html`<path class="curve" data-side="${side}" d="M${[...there, ...back].join("L")}Z" />`;
  })}`;
}

function lane(
  name: SideName,
  side: TimelineSide | undefined,
  x: (time: number) => number,
  shift: number,
  to: number,
  zone: string,
): Html {
  const top = lanes[name] - shift;
  const middle = top + laneHeight / 2;
  const bars = (side?.firings ?? []).map(({ activeAt, firedAt, resolvedAt }) => {
    const end = resolvedAt ?? to;
    const length = duration((end - firedAt) / 1_000);
    const title = `fires ${shortTime(firedAt, zone)} for ${length}${resolvedAt === null ? " and on" : ""}`;
    return html`<path class="pending" d="M${x(activeAt)} ${middle}H${x(firedAt)}" />
      <rect
        class="firing"
        data-side="${name}"
        x="${x(firedAt)}"
        y="${middle - 3}"
        width="${Math.max(1.5, round(x(end) - x(firedAt)))}"
        height="6"
        ><title>${title}</title></rect
      >`;
  });
  const messages = side?.messages ?? [];
  const marks = messages.slice(0, mostMarks).map(({ time, receiver, status }) => {
    const tip = status === "firing" ? middle - 9 : middle + 9;
    const base = status === "firing" ? middle - 2 : middle + 2;
    const at = x(time);
    return html`<path
      class="message"
      data-status="${status}"
      d="M${round(at - 4)} ${base}L${at} ${tip}L${round(at + 4)} ${base}Z"
      ><title>
        ${status === "firing" ? "told" : "told of its end"}: ${receiver}, ${shortTime(time, zone)}
      </title></path
    >`;
  });
  const rest = messages.length - marks.length;
  return html`<text class="name" data-side="${name}" x="${left - 6}" y="${middle + 4}" text-anchor="end"
      >${name}</text
    >
    <path class="lane" d="M${left} ${middle}H${right}" />
    ${bars}${marks}
    ${side ? undefined : html`<text class="tick" x="${left + 4}" y="${middle - 3}">no such alert</text>`}
    ${rest > 0 ? html`<text class="tick" x="${right}" y="${top + 4}" text-anchor="end">and ${count(rest)} messages more</text>` : undefined}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
