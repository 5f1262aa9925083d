import { allNodesOf, matchesValue, type Selector } from "../../../metrics/promql-analysis";
import type { ForeignFiles } from "./foreign";

/**
 * Which series the dashboards and rules of others read.
 * @param names of all series that there are
 */
export function foreignReadsOf(
  { readers }: Pick<ForeignFiles, "readers">,
  names: readonly string[],
): readonly string[] {
  const selectors = readers.flatMap(({ expr }) =>
    allNodesOf(expr).filter((node): node is Selector => node.kind === "selector"),
  );
  const written = new Set(selectors.flatMap(({ name }) => (name === "" ? [] : [name])));
  const patterns = new Map(
    selectors
      .filter(({ name }) => name === "")
      .map(({ matchers }) => matchers.filter(({ label }) => label === "__name__"))
      // What names none reads all that has its labels: who means that reads no one metric.
      .filter((matchers) => matchers.length > 0)
      .map((matchers) => [JSON.stringify(matchers), matchers]),
  );
  return [...new Set(names)].filter(
    (name) =>
      written.has(name) ||
      [...patterns.values()].some((matchers) => matchers.every((matcher) => matchesValue(matcher, name))),
  );
}
