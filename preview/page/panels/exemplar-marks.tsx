import { dateTimeFormat, type TimeZone } from "@grafana/data";
import { Tooltip, type UPlotConfigBuilder } from "@grafana/ui";
import { useRef, useState, type KeyboardEvent } from "react";
import type { Exemplar } from "../prometheus/exemplars";
import { OverPlot } from "./over-plot";
import { usePlot } from "./use-plot";

/** Draws exemplars as points over a graph, each of which leads to its trace. */
export function ExemplarMarks({
  config,
  exemplars,
  timeZone,
  color,
  text,
  place,
}: {
  readonly config: UPlotConfigBuilder;
  readonly exemplars: readonly Exemplar[];
  readonly timeZone: TimeZone;
  readonly color?: string;
  /** A value with its unit. */
  readonly text: (value: number) => string;
  /** Where a value stands on the axis. Default: at itself. */
  readonly place?: (value: number) => number;
}) {
  const plot = usePlot(config);
  const [current, setCurrent] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  if (plot === undefined) return null;
  const scaleKey = plot.series[1]?.scale ?? "y";
  const { min = 0, max = 0 } = plot.scales[scaleKey] ?? {};
  const [start, end] = [plot.scales.x?.min ?? 0, plot.scales.x?.max ?? 0];
  const shown = exemplars.filter(({ time }) => time >= start && time <= end);
  const height = (value: number) => {
    const at = place?.(value) ?? value;
    return plot.valToPos(Math.min(max ?? at, Math.max(min ?? at, at)), scaleKey);
  };

  /** One of them is in the order of the Tab key; the arrows lead to the others. */
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (current + step + shown.length) % shown.length;
    setCurrent(next);
    (group.current?.children[next] as HTMLElement | undefined)?.focus();
  };

  return (
    <OverPlot plot={plot}>
      <div
        ref={group}
        className="exemplars"
        role="group"
        aria-label="Exemplars: traces of single requests"
        onKeyDown={move}
      >
        {shown.map((exemplar, index) => {
          const at = dateTimeFormat(exemplar.time, { timeZone });
          const style = {
            left: plot.valToPos(exemplar.time, "x"),
            top: height(exemplar.value),
            ...(color !== undefined && { background: color }),
          };
          const told = (
            <div>
              <strong>{text(exemplar.value)}</strong> at {at}
              <dl className="exemplar-labels">
                {Object.entries(exemplar.labels).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt> <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              {exemplar.link === undefined ? "No address of Jaeger is known." : "Click to see its trace."}
            </div>
          );
          return (
            <Tooltip key={index} content={told}>
              <a
                className="exemplar"
                style={style}
                href={exemplar.link}
                target="_blank"
                rel="noreferrer"
                role={exemplar.link === undefined ? "img" : undefined}
                tabIndex={index === Math.min(current, shown.length - 1) ? 0 : -1}
                aria-label={`${text(exemplar.value)} at ${at}, trace`}
              />
            </Tooltip>
          );
        })}
      </div>
    </OverPlot>
  );
}
