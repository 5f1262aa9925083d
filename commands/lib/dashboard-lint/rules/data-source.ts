import type { DataSourceJson } from "../schema";
import { variablesIn } from "../promql";
import type { Rule } from "../rule";

/** Grafana's own, which every installation has. */
const builtIn: ReadonlySet<string> = new Set(["-- Grafana --", "grafana", "-- Dashboard --"]);

/** A dashboard that names a data source itself works in one Grafana only. */
export const dataSource: Rule = {
  name: "data-source",
  summary: "There is one data source variable, and everything asks it.",
  check({ variables, dataSources }) {
    const [variable, ...others] = variables.filter(({ type }) => type === "datasource");
    if (variable === undefined) {
      return [{ panel: undefined, message: "has no data source variable" }];
    }
    return [
      ...others.map(({ name }) => ({
        panel: undefined,
        message: `has a second data source variable "${name}" beside "${variable.name}"`,
      })),
      ...dataSources.flatMap(({ panel, source, dataSource: used }) => {
        const uid = uidOf(used);
        const [name, more] = variablesIn(uid);
        if (builtIn.has(uid) || (name === variable.name && more === undefined)) return [];
        return [{ panel, message: `${source} asks ${described(uid)}, not $${variable.name}` }];
      }),
    ];
  },
};

function uidOf(dataSource: DataSourceJson): string {
  return (typeof dataSource === "string" ? dataSource : dataSource?.uid) ?? "";
}

function described(uid: string): string {
  return uid === "" ? "the default data source" : `"${uid}"`;
}
