import type { KnownSeries } from "../../../dashboards/known-traffic/series";
import type { Mutation } from "./mutations";

/** What would have been scraped where a mutation was deployed. Names that are new are left out, as nothing reads them. */
export function mutatedSeries(
  all: readonly KnownSeries[],
  mutation: Mutation | undefined,
): readonly KnownSeries[] {
  switch (mutation?.kind) {
    case "metric":
    case "series":
      return all.filter(({ name }) => !mutation.names.includes(name));
    case "value":
      return all.filter(
        ({ name, labels }) => !mutation.names.includes(name) || labels[mutation.label] !== mutation.value,
      );
    case "label":
      return withoutLabel(all, mutation.names, mutation.label);
    default:
      return all;
  }
}

/** Series that only the label told from one another become one, with their sum. */
function withoutLabel(
  all: readonly KnownSeries[],
  names: readonly string[],
  label: string,
): readonly KnownSeries[] {
  const [touched, others] = [true, false].map((isTouched) =>
    all.filter(({ name }) => names.includes(name) === isTouched),
  );
  const groups = new Map<string, KnownSeries[]>();
  for (const series of touched ?? []) {
    const labels = Object.fromEntries(
      Object.entries(series.labels)
        .filter(([name]) => name !== label)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
    const key = JSON.stringify([series.name, labels]);
    groups.set(key, [...(groups.get(key) ?? []), { ...series, labels }]);
  }
  const merged = [...groups.values()].flatMap(([first, ...rest]): KnownSeries[] =>
    first === undefined
      ? []
      : [{ ...first, at: (time) => rest.reduce((sum, { at }) => sum + at(time), first.at(time)) }],
  );
  return [...(others ?? []), ...merged];
}
