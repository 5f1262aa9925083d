import { mul, type Vector } from "../metrics/promql";
import { colors } from "./palette";
import type { PanelOptions } from "./panel-options";
import { timeseriesPanel } from "./panels";

/** What comes, or what goes, per second. */
interface Way<L extends string> {
  /** What it is called in the legend, such as `received`. */
  readonly name: string;
  readonly query: Vector<L>;
}

interface BothWaysOptions<A extends string, B extends string> extends Omit<
  PanelOptions,
  "queries" | "colors"
> {
  /** Whose it is: the rest of the legend, such as `{{instance}}`. Default: nothing, there is one line each. */
  readonly of?: string;
  readonly above: Way<A>;
  readonly below: Way<B>;
}

/** A graph of what comes and goes: the one above the axis, the other below it. */
export function bothWaysPanel<A extends string, B extends string>(options: BothWaysOptions<A, B>) {
  const { of = "", above, below, ...rest } = options;
  return timeseriesPanel({
    ...rest,
    min: "data",
    queries: {
      [`${above.name} ${of}`.trim()]: above.query,
      [`${below.name} ${of}`.trim()]: mul(-1, below.query),
    },
    colors: { [above.name]: colors.received, [below.name]: colors.sent },
  });
}
