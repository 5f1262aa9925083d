import { isBuiltIn, uidOf } from "../data-sources";
import type { Rule } from "../rule";
import type { VariableJson } from "../json-schema";
import { variableThatIs } from "../variables";

/** A dashboard that names a data source itself works in one Grafana only. */
export const dataSource: Rule = {
  name: "data-source",
  summary: "There is one data source variable of each type that is asked, and everything asks one of them.",
  check({ variables, dataSources }) {
    const all = variables.filter(({ type }) => type === "datasource");
    if (all.length === 0) return [{ panel: undefined, message: "has no data source variable" }];
    const firsts = new Map<string, VariableJson>();
    const problems = all.flatMap((variable) => {
      const type = typeof variable.query === "string" ? variable.query : "";
      const first = firsts.get(type);
      if (first === undefined) {
        firsts.set(type, variable);
        return [];
      }
      return [
        {
          panel: undefined,
          message: `has a second data source variable "${variable.name}" beside "${first.name}"`,
        },
      ];
    });
    const names = [...firsts.values()].map(({ name }) => name);
    return [
      ...problems,
      ...dataSources.flatMap(({ panel, source, dataSource: used }) => {
        const uid = uidOf(used);
        if (isBuiltIn(used) || names.includes(variableThatIs(uid) ?? "")) return [];
        const wanted = names.map((name) => `$${name}`).join(" or ");
        return [{ panel, message: `${source} asks ${described(uid)}, not ${wanted}` }];
      }),
    ];
  },
};

function described(uid: string): string {
  return uid === "" ? "the default data source" : `"${uid}"`;
}
