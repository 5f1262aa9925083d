import { formatTable } from "../../operations/terminal/table";
import { evaluationSeconds, scrapeSeconds } from "./engines";
import { lineThrough } from "./line";
import type { Measured } from "./measured";
import { nameOf, type Size } from "./size";

/** What was measured of one size. */
export interface Result {
  readonly size: Size;
  readonly host: Measured;
  readonly workspace: Measured;
}

const million = 1e6;
const mebibytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);
const cores = (value: number) => value.toFixed(2);
const seconds = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : "none");
const ratio = (here: number, there: number) =>
  Number.isFinite(here) && Number.isFinite(there) ? (there / here).toFixed(1) : "";
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

/** All tables, for a terminal of 80 columns. */
export function report(results: readonly Result[]): string {
  return [programs(results), perMillion(results), rules(results), dashboards(results)].join("\n");
}

function usages({ host, workspace }: Result) {
  return { ...host.usage, ...workspace.usage };
}

function programs(results: readonly Result[]): string {
  const rows = results.flatMap((result) =>
    Object.entries(usages(result)).map(([name, usage]) => {
      const { series } = name in result.host.usage ? result.host : result.workspace;
      return [
        nameOf(result.size),
        ...[String(series), (series / scrapeSeconds).toFixed(0), name],
        ...[cores(usage.cores), mebibytes(usage.bytes)],
      ];
    }),
  );
  return formatTable(["SERVICES", "SERIES", "SAMPLES/S", "PROGRAM", "CORES", "MIB"], rows);
}

/** By the line through all sizes. One size has none. */
function perMillion(results: readonly Result[]): string {
  if (results.length < 2) return "";
  const names = Object.keys(usages(results[0] as Result));
  const rows = names.map((name) => {
    const of = (value: (usage: { cores: number; bytes: number }) => number) =>
      lineThrough(
        results.map((result) => {
          const { series } = name in result.host.usage ? result.host : result.workspace;
          return [series / million, value(usages(result)[name] ?? { cores: NaN, bytes: NaN })] as const;
        }),
      );
    const [cpu, memory] = [of((usage) => usage.cores), of((usage) => usage.bytes)];
    const off = `${(memory.worst * 100).toFixed(0)} %`;
    return [name, cores(cpu.slope), mebibytes(memory.slope), mebibytes(memory.base), off];
  });
  return formatTable(["PER MILLION SERIES", "CORES", "MIB", "MIB AT 0", "OFF THE LINE BY"], rows);
}

function rules(results: readonly Result[]): string {
  const rows = results.map(({ size, host, workspace }) => {
    // Groups that are evaluated seldom may not have been yet.
    const both = [...host.groups].filter(
      ([name, taken]) => taken > 0 && (workspace.groups.get(name) ?? 0) > 0,
    );
    const [here, there] = [
      sum(both.map(([, taken]) => taken)),
      sum(both.map(([name]) => workspace.groups.get(name) ?? 0)),
    ];
    return [
      nameOf(size),
      ...[String(both.length), seconds(here), seconds(there), ratio(here, there)],
      `${((here / evaluationSeconds) * 100).toFixed(0)} %`,
      `${((there / evaluationSeconds) * 100).toFixed(0)} %`,
    ];
  });
  return formatTable(["RULES", "GROUPS", "HOST S", "CORTEX S", "RATIO", "OF 30 S", "CORTEX"], rows);
}

function dashboards(results: readonly Result[]): string {
  const uids = [...(results[0]?.host.dashboards.keys() ?? [])];
  const rows = uids.flatMap((uid) =>
    results.map(({ size, host, workspace }) => {
      const [here, there] = [host.dashboards.get(uid) ?? NaN, workspace.dashboards.get(uid) ?? NaN];
      const name = nameOf(size);
      return [uid, name, seconds(here), seconds(there), ratio(here, there)];
    }),
  );
  return formatTable(["DASHBOARD", "SERVICES", "HOST S", "CORTEX S", "RATIO"], rows);
}
