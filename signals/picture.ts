import { type Box, type Drawing, drawingOf, type Line } from "./bundles";
import type { LeftOut, Signals } from "./model";

const width = 1200;
const box = { width: 300, height: 44, gap: 12, top: 96 } as const;
const lefts = [24, 450, 876] as const;
const headings = ["What produces", "What reads", "Who is told"] as const;
/** Characters that fit into a box. */
const most = { title: 38, detail: 44 } as const;
/** Lines of what is left out, at most. */
const mostLeftOut = 8;

/** Text and lines are seen on light and on dark. */
const style = `
  .paper { fill: #ffffff } .ink { fill: #1f2430 } .dim { fill: #5b6372 }
  .box { fill: #f2f4f8; stroke: #c3c9d4 }
  .signals { stroke: #9aa5b8 } .critical { stroke: #d63a3a } .warning { stroke: #c98a00 } .none { stroke: #3d8fd1 }
  text { font-family: Inter, system-ui, sans-serif; font-size: 13px } .small { font-size: 11px }
  .heading { font-size: 15px; font-weight: 600 } .title { font-weight: 600 } path { fill: none; stroke-opacity: 0.7 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #15181f } .ink { fill: #e7eaf0 } .dim { fill: #a3abba }
    .box { fill: #232833; stroke: #434b5a }
    .signals { stroke: #66718a } .critical { stroke: #ff6b6b } .warning { stroke: #ffb938 } .none { stroke: #6cb8f5 }
  }`;

/** The model as a picture in SVG, which needs nothing else: three columns, lines from left to right. */
export function picture(signals: Signals): string {
  const drawing = drawingOf(signals);
  const places = placed(drawing);
  const longest = Math.max(...drawing.columns.map((column) => column.length));
  const bottom = box.top + longest * (box.height + box.gap);
  const notes = notesOf(signals.leftOut);
  const height = bottom + 24 + notes.length * 18 + 16;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-label="Signals of ${text(signals.environment)}">`,
    `<style>${style}\n</style>`,
    `<rect class="paper" width="${String(width)}" height="${String(height)}"/>`,
    `<text class="ink heading" x="24" y="34">Signals of ${text(signals.environment)}</text>`,
    legend(),
    ...headings.map(
      (heading, index) => `<text class="ink heading" x="${String(lefts[index])}" y="80">${heading}</text>`,
    ),
    ...drawing.lines.map((line) => lineOf(line, places)),
    ...drawing.columns.flatMap((column) => column.map((each) => boxOf(each, places))),
    ...notes.map(
      (note, index) =>
        `<text class="dim small" x="24" y="${String(bottom + 24 + index * 18)}">${text(note)}</text>`,
    ),
    "</svg>",
    "",
  ].join("\n");
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The columns stand in the middle of the longest one's height. */
function placed({ columns }: Drawing): ReadonlyMap<string, Place> {
  const longest = Math.max(...columns.map((column) => column.length));
  return new Map(
    columns.flatMap((column, at) => {
      const shift = ((longest - column.length) * (box.height + box.gap)) / 2;
      return column.map(({ key }, index) => {
        const y = box.top + shift + index * (box.height + box.gap);
        return [`${String(at)} ${key}`, { x: lefts[at] ?? 0, y }] as const;
      });
    }),
  );
}

function lineOf({ from, to, of, count }: Line, places: ReadonlyMap<string, Place>): string {
  const left = of === "signals" ? 0 : 1;
  const [start, end] = [places.get(`${String(left)} ${from}`), places.get(`${String(left + 1)} ${to}`)];
  if (start === undefined || end === undefined) return "";
  const [x1, y1, x2, y2] = [start.x + box.width, start.y + box.height / 2, end.x, end.y + box.height / 2];
  const middle = (x1 + x2) / 2;
  const thick = of === "signals" ? 1 : Math.min(6, 1 + count / 4);
  const path = `M${String(x1)} ${String(y1)}C${String(middle)} ${String(y1)} ${String(middle)} ${String(y2)} ${String(x2)} ${String(y2)}`;
  return `<path class="${of}" stroke-width="${thick.toFixed(1)}" d="${path}"/>`;
}

function boxOf({ key, title, detail }: Box, places: ReadonlyMap<string, Place>): string {
  const column = [0, 1, 2].find((at) => places.has(`${String(at)} ${key}`)) ?? 0;
  const { x, y } = places.get(`${String(column)} ${key}`) ?? { x: 0, y: 0 };
  const at = (dy: number) => `x="${String(x + 10)}" y="${String(y + dy)}"`;
  return [
    `<g><title>${text(`${title}, ${detail}`)}</title>`,
    `<rect class="box" rx="6" x="${String(x)}" y="${String(y)}" width="${String(box.width)}" height="${String(box.height)}"/>`,
    `<text class="ink title" ${at(18)}>${text(cut(title, most.title))}</text>`,
    `<text class="dim small" ${at(34)}>${text(cut(detail, most.detail))}</text></g>`,
  ].join("");
}

function legend(): string {
  const entries = [
    ["signals", "signals"],
    ["critical", "critical alerts, and others"],
    ["warning", "warnings"],
    ["none", "the heartbeat"],
  ] as const;
  return entries
    .map(([name, words], index) => {
      const x = 450 + index * 180;
      return `<path class="${name}" stroke-width="3" d="M${String(x)} 30h24"/><text class="dim small" x="${String(x + 30)}" y="34">${words}</text>`;
    })
    .join("");
}

function notesOf(leftOut: readonly LeftOut[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const lines = leftOut.slice(0, mostLeftOut).map(({ kind, name, why }) => `${kind} ${name}: ${why}`);
  const more = leftOut.length - lines.length;
  return [
    `Left out here: ${String(leftOut.length)}`,
    ...lines.map((line) => cut(line, 190)),
    ...(more > 0 ? [`and ${String(more)} more, which npm run signals prints`] : []),
  ];
}

function cut(words: string, length: number): string {
  return words.length <= length ? words : `${words.slice(0, length - 1).trimEnd()}…`;
}

function text(words: string): string {
  return words.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
