import { entriesOf, type Catalogue, type CatalogueEntry } from "../../../metrics/catalogue";
import type { LabelSpec } from "../../../metrics/labels";
import { pascalCase } from "../../../metrics/generate/words";

/** Base units of the metrics that are called. */
const units = ["seconds", "dollars"];

/** A call of an instrument. */
export interface Call {
  readonly metric: CatalogueEntry;
  readonly method: "inc" | "dec" | "set" | "observe";
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Calls of the instruments of a service, with more values than its labels' bounds keep apart. */
export function randomCalls(
  catalogue: Catalogue,
  service: string,
  count: number,
  seed: number,
): readonly Call[] {
  const next = randomNumbers(seed);
  const among = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const own = entriesOf(catalogue).filter(({ exportedBy }) => exportedBy.includes(service));
  const valueOf = (spec: LabelSpec): string => {
    if (spec.kind === "oneOf") return among(spec.values);
    return `v ${String(Math.floor(next() * 150))}${among(["", '"', "\\", "é"])}`;
  };
  return Array.from({ length: count }, () => {
    const metric = among(own);
    const isBounded = Object.values(metric.labels).some(({ kind }) => kind !== "oneOf");
    const methods: Readonly<Record<string, readonly Call["method"][]>> = {
      counter: ["inc"],
      gauge: isBounded ? ["inc", "dec"] : ["inc", "dec", "set"],
      histogram: ["observe"],
    };
    return {
      metric,
      method: among(methods[metric.type] ?? []),
      labels: Object.fromEntries(
        Object.entries(metric.labels).map(([label, spec]) => [label, valueOf(spec)]),
      ),
      // Sums of these are exact, in whatever order.
      value: Math.floor(next() * 4_096) / 4,
    };
  });
}

/** A call as a line of Python. */
export function pythonCall({ metric, method, labels, value }: Call): string {
  const unit = units.find((each) => each === metric.unit);
  const amount = unit === undefined ? String(value) : `${pascalCase(unit)}(${String(value)})`;
  const keywords = Object.entries(labels).map(([label, text]) => `, ${label}=${JSON.stringify(text)}`);
  return `metrics.${metric.name}.${method}(${amount}${keywords.join("")})`;
}

/** A call as a line of Go. */
export function goCall({ metric, method, labels, value }: Call): string {
  const unit = units.find((each) => each === metric.unit);
  const name = pascalCase(metric.name);
  const amount = unit === undefined ? String(value) : `monitoring.${pascalCase(unit)}(${String(value)})`;
  const given = Object.entries(labels).map(([label, text]) => {
    const type = `metrics.${pascalCase(`${metric.name}_${label}`)}`;
    const isClosed = metric.labels[label]?.kind === "oneOf";
    return isClosed ? `${type}${pascalCase(text)}` : `${type}(${JSON.stringify(text)})`;
  });
  const call = {
    inc: ["Add", amount],
    dec: ["Add", `-${amount}`],
    set: ["Set", amount],
    observe: ["Observe", `ctx, ${amount}`],
  }[method];
  return `m.${name}.${call[0] ?? ""}(${[call[1], ...given].join(", ")})`;
}

/** The calls as a program in Python, which prints what a scrape would read. */
export function pythonProgram(module: string, service: string, calls: readonly Call[]): string {
  const name = `${pascalCase(service)}Metrics`;
  return [
    "# pyright: basic",
    "import sys",
    "from typing import Any",
    `from microservices_monitoring.exposition import render`,
    `from microservices_monitoring.units import ${units.map(pascalCase).join(", ")}`,
    `from ${module} import ${name}`,
    `metrics: Any = ${name}()`,
    ...calls.map(pythonCall),
    "sys.stdout.buffer.write(render(metrics, None)[0])",
    "",
  ].join("\n");
}

/** The calls as a program in Go, which prints what a scrape would read. */
export function goProgram(module: string, service: string, calls: readonly Call[]): string {
  return [
    "package main",
    "",
    "import (",
    '\t"context"',
    '\t"net/http/httptest"',
    '\t"os"',
    "",
    '\t"microservices-monitoring/go/monitoring"',
    `\t"${module}"`,
    ")",
    "",
    "func main() {",
    "\tctx := context.Background()",
    "\t_, _ = ctx, monitoring.Seconds(0)",
    `\tm := metrics.New${pascalCase(service)}()`,
    ...calls.map((call) => `\t${goCall(call)}`),
    "\trecorder := httptest.NewRecorder()",
    '\tm.Exposition().ServeHTTP(recorder, httptest.NewRequest("GET", "/metrics", nil))',
    "\t_, _ = os.Stdout.Write(recorder.Body.Bytes())",
    "}",
    "",
  ].join("\n");
}
