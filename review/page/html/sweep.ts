import { html, type Html } from "../../../services/platform/page/html";
import type { Sweep, SweepPoint } from "../data/alerts";
import { firingOf } from "../tallies";
import { count, short } from "../words";
import { valueTicks } from "./axis";
import { folded, scrolling, table } from "./pieces";

const width = 720;
const height = 240;
const plot = { left: 60, right: width - 16, top: 22, bottom: height - 34 } as const;

/** Messages by the value of a setting: a curve, and its numbers. */
export function sweepChart({ setting, before, after, points }: Sweep): Html {
  const values = [...points.map(({ value }) => value), before ?? NaN, after ?? NaN].filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const most = Math.max(1, ...points.map(({ told }) => firingOf(told)));
  const x = (value: number) =>
    round(plot.left + ((value - low) / (high - low || 1)) * (plot.right - plot.left));
  const y = (value: number) => round(plot.bottom - (value / most) * (plot.bottom - plot.top));
  const line = (name: string, of: (point: SweepPoint) => number) =>
    html`<path
        class="line"
        data-line="${name}"
        d="M${points.map((point) => `${String(x(point.value))} ${String(y(of(point)))}`).join("L")}"
      />
      ${points.map(
        (point) =>
          html`<circle
            class="dot"
            data-line="${name}"
            cx="${x(point.value)}"
            cy="${y(of(point))}"
            r="${name === "told" ? 3 : 2.5}"
            ><title>${short(point.value)}: ${count(of(point))} ${name}</title></circle
          >`,
      )}`;
  const mark = (side: "before" | "after", value: number | undefined) =>
    value === undefined
      ? undefined
      : html`<path class="threshold" data-side="${side}" d="M${x(value)} ${plot.top}V${plot.bottom}" />
          <text
            class="name"
            data-side="${side}"
            x="${x(value)}"
            y="${side === "before" ? 10 : 20}"
            text-anchor="${x(value) > width / 2 ? "end" : "start"}"
            >${side} ${short(value)}</text
          >`;
  const ends = [points[0], points.at(-1)].map((point) =>
    point ? `${count(firingOf(point.told))} at ${short(point.value)}` : "",
  );
  return html`<p><code>${setting}</code>, and how many messages that something fires each value gives.</p>
    <figure class="sweep">
      ${scrolling(
        `Messages by ${setting}`,
        html`<svg
          viewBox="0 0 ${width} ${height}"
          role="img"
          aria-label="Messages by ${setting}: ${ends.join(", ")}"
        >
          ${valueTicks(0, most, 4).map(
            (value) =>
              html`<path class="grid" d="M${plot.left} ${y(value)}H${plot.right}" />
                <text class="tick" x="${plot.left - 6}" y="${y(value) + 4}" text-anchor="end"
                  >${short(value)}</text
                >`,
          )}
          ${valueTicks(low, high, 6).map(
            (value) =>
              html`<text class="tick" x="${x(value)}" y="${plot.bottom + 16}" text-anchor="middle"
                >${short(value)}</text
              >`,
          )}
          ${mark("before", before)} ${mark("after", after)} ${line("told", ({ told }) => firingOf(told))}
          ${line("woken", ({ woken }) => firingOf(woken))}
        </svg>`,
      )}
      <figcaption class="legend">
        <span data-line="told">● told, a solid line</span>
        <span data-line="woken">○ woken, a dashed line</span>
      </figcaption>
    </figure>
    ${folded(
      "The numbers",
      table(
        `Messages by ${setting}`,
        [
          "Value",
          { heading: "Told", kind: "number" },
          { heading: "of these at night", kind: "number" },
          { heading: "Woken", kind: "number" },
          { heading: "of these at night", kind: "number" },
        ],
        points.map(({ value, told, woken }) => [
          short(value),
          count(firingOf(told)),
          count(told.night),
          count(firingOf(woken)),
          count(woken.night),
        ]),
      ),
    )}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
