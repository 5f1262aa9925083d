import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
  type VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Need } from "../metrics/needs";
import { type Query, type Sample, type Selector, variable } from "../metrics/promql";
import { checkWord } from "../metrics/properties";
import { dataSource, dataSourceVariable, lineSourceVariable } from "./panel-options";

/** Something that the reader chooses. */
export interface Variable {
  readonly name: string;
  readonly model: VariableModel;
  /** The series whose label's values are to choose from. Default: none, the values are written. */
  readonly series?: Query;
  /** What an environment must have for it to mean something. Default: nothing. */
  readonly needs?: readonly Need[];
}

/** Name of the variable that holds the services to show. */
export const serviceVariable = "service";

/** Name of the variable that holds the instances to show: of services, hosts or monitoring programs. */
export const instanceVariable = "instance";

/** Matchers of the services and instances that the reader chose. A service's job has the service's name. */
export const chosenService = {
  job: variable(serviceVariable),
  instance: variable(instanceVariable),
} as const;

/** What panels on log lines need. */
export const needsOfLines = ["log-lines"] as const satisfies readonly Need[];

/** All values at once, those of series included that are gone by now. */
const all = { text: "All", value: "$__all" };

/** The Prometheus to ask. */
export function dataSourceChoice(): Variable {
  const model = new DatasourceVariableBuilder(dataSourceVariable)
    .label("Data source")
    .type("prometheus")
    .build();
  return { name: dataSourceVariable, model };
}

/** The Loki to ask. */
export function lineSourceChoice(): Variable {
  const model = new DatasourceVariableBuilder(lineSourceVariable).label("Log lines").type("loki").build();
  return { name: lineSourceVariable, model, needs: needsOfLines };
}

/** Services out of a list. */
export function serviceChoice(services: readonly string[], { hidden = false } = {}): Variable {
  const model = new CustomVariableBuilder(serviceVariable)
    .label("Service")
    .hide(hidden ? VariableHide.HideVariable : VariableHide.DontHide)
    .values(services.join(","))
    .multi(true)
    .includeAll(true)
    .current(all)
    .build();
  return { name: serviceVariable, model };
}

/**
 * The values that a label of these series has, such as the instances of a job.
 * @param withAll whether all may be chosen at once, and are at first; else the first one is
 */
export function labelChoice<L extends string, T extends Sample>(
  name: string,
  label: string,
  of: { readonly label: L; readonly series: Selector<L, T> },
  { withAll = true } = {},
): Variable {
  const { shape } = of.series;
  if (shape !== undefined) checkWord(`variable ${name}: label`, of.label, shape.labels);
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .datasource(dataSource)
    .query({ refId: name, query: `label_values(${of.series.anyName()}, ${of.label})` })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true);
  if (withAll) builder.includeAll(true).allValue(".*").current(all);
  return { name, model: builder.build(), series: of.series };
}
