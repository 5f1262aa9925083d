import type { Expr as Node } from "@grafana/promql-builder";
import { secondsOf } from "../../../metrics/duration";
import { operandsOf } from "../../../metrics/promql/inspect";
import type { Reading } from "../../../signals/reads";

/** How far back something reads series. */
export interface Reach {
  /** Seconds before the evaluation, or before the time that a panel shows. */
  readonly seconds: number;
  /** What reads so far back, such as `the panel "Orders"`. */
  readonly reader: string;
}

/**
 * The farthest that anything reads back to series of these names. What is recorded of them keeps its name, and is not
 * followed. A range that only the reader of a dashboard chooses counts as none.
 * @returns undefined where nothing reads them
 */
export function farthestReach(readings: readonly Reading[], series: readonly string[]): Reach | undefined {
  let farthest: Reach | undefined;
  for (const { kind, name, node } of readings) {
    const seconds = reachOf(node, series);
    if (seconds === undefined || (farthest !== undefined && farthest.seconds >= seconds)) continue;
    farthest = {
      seconds,
      reader: `the ${kind === "record" ? "recording rule" : kind} ${JSON.stringify(name)}`,
    };
  }
  return farthest;
}

function reachOf(node: Node, series: readonly string[]): number | undefined {
  if (node.type === "vectorExpr") {
    return series.includes(node.metric) ? secondsIn(node.range) + secondsIn(node.offset) : undefined;
  }
  const found = operandsOf(node).flatMap((operand) => reachOf(operand, series) ?? []);
  if (found.length === 0) return undefined;
  const own = node.type === "subqueryExpr" ? secondsIn(node.range) + secondsIn(node.offset) : 0;
  return Math.max(...found) + own;
}

function secondsIn(duration: string): number {
  return duration === "" || duration.startsWith("$") ? 0 : secondsOf(duration);
}
