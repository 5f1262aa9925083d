import type { LabelSelector, VectorExpr } from "@grafana/promql-builder";
import { hasVariable } from "../../../metrics/promql";
import { type Readable, type Reading, ReadingIndex, readingsOf } from "../../../signals/reads";

/** Series that something reads, whatever the time at which it does. */
export interface ReadSelector extends Pick<VectorExpr, "metric" | "labels"> {
  /** What reads them, such as `the alert ServiceDown`, each once. */
  readonly readers: readonly string[];
}

/** A selector as PromQL. */
export function textOf({ metric, labels }: Pick<VectorExpr, "metric" | "labels">): string {
  const inner = labels.map(({ name, operator, value }) => `${name}${operator}${JSON.stringify(value)}`);
  return inner.length === 0 ? metric : `${metric}{${inner.join(",")}}`;
}

/** What the rules and the panels read in the end: in the place of a recorded name stands what its rule reads. */
export function readSelectors(readable: Readable): readonly ReadSelector[] {
  const readings = readingsOf(readable);
  const index = new ReadingIndex(readings);
  const read = new Map<string, ReadSelector & { readonly readers: string[] }>();
  for (const reading of readings) {
    const reader = inWords(reading);
    for (const { metric, labels: all } of index.selectorsIn(reading.node)) {
      const labels: LabelSelector[] = all.filter(({ value }) => !hasVariable(value));
      const key = textOf({ metric, labels });
      const known = read.get(key) ?? { metric, labels, readers: [] };
      read.set(key, known);
      if (!known.readers.includes(reader)) known.readers.push(reader);
    }
  }
  return [...read.values()];
}

function inWords({ kind, name, place }: Reading): string {
  switch (kind) {
    case "alert":
      return `the alert ${name}`;
    case "runbook":
      return `the runbook of ${name}`;
    case "record":
      return `the recording rule ${name}`;
    case "panel":
      return `the panel "${name}" of ${place}`;
    case "dashboard":
      return `the dashboard ${name}`;
  }
}
