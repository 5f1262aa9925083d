import type { FastifyInstance } from "fastify";
import "../../services/instrumentation";
import { parseExposition, type ParsedFamily } from "../../metrics/contract/exposition";

/** What an application exposes now. */
export async function exposedBy(app: FastifyInstance): Promise<ReadonlyMap<string, ParsedFamily>> {
  await app.ready();
  return parseExposition(await app.renderMetrics("text"), "text").families;
}

/** The value of one series; undefined where it is not there. Labels in any order. */
export function valueOf(
  families: ReadonlyMap<string, ParsedFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const family = families.get(name) ?? families.get(name.replace(/_(count|sum|bucket)$/, ""));
  const wanted = Object.entries(labels);
  return family?.samples.find(
    (sample) =>
      sample.name === name &&
      Object.keys(sample.labels).length === wanted.length &&
      wanted.every(([label, value]) => sample.labels[label] === value),
  )?.value;
}

/** The series of a metric that are not 0, as `label=value,... value`. */
export function countedIn(families: ReadonlyMap<string, ParsedFamily>, name: string): string[] {
  return (families.get(name)?.samples ?? [])
    .filter(({ value }) => value !== 0)
    .map(({ labels, value }) => `${Object.values(labels).join(" ")} ${String(value)}`)
    .sort();
}
