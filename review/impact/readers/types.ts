import { counterRates, nodesOf } from "../../../metrics/promql-analysis";
import type { World } from "../series/world";
import type { ExpressionReader } from "./expression";
import type { Fault } from "./fault";

/** Readers of series whose metric has another type or unit: they give something, and it may be wrong. */
export function typeReaders(
  readers: readonly ExpressionReader[],
  before: World,
  after: World,
): readonly Fault[] {
  return readers.flatMap((reader) => {
    const names = new Set(nodesOf(reader.expr, "selector").map(({ name }) => name));
    return [...names].flatMap((name): Fault[] => {
      const [old, now] = [before.metrics.get(name), after.metrics.get(name)];
      if (old === undefined || now === undefined) return [];
      const consequences = [
        ...(old.type === now.type ? [] : [ofType(reader, name, now.type)]),
        ...(old.unit === now.unit ? [] : [`shows ${now.unit} as ${old.unit}, and compares them`]),
      ];
      return consequences.map((consequence) => ({
        reader: { ...told(reader), consequence, verdict: "warn" },
        names: [`metric ${old.name}`],
        self: { kind: "metric", name: old.name, change: "changed" },
      }));
    });
  });
}

function ofType({ expr }: ExpressionReader, series: string, type: string): string {
  const rates = nodesOf(expr, "call").filter(
    ({ name, args }) =>
      counterRates.has(name) && args.some((arg) => arg.kind === "selector" && arg.name === series),
  );
  if (type === "gauge" && rates.length > 0)
    return `takes ${[...new Set(rates.map(({ name }) => `${name}()`))].join(" and ")} of a gauge, which is wrong where it falls`;
  if (type === "counter" && rates.length === 0) return "shows a count that only grows";
  return `reads a ${type}`;
}

function told({ where, name, place, text }: ExpressionReader) {
  return { where, name, place, text };
}
