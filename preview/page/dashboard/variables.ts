import { VariableHide, VariableRefresh, type VariableSort } from "@grafana/schema";
import {
  ConstantVariable,
  CustomVariable,
  IntervalVariable,
  QueryVariable,
  SceneVariableSet,
  TextBoxVariable,
  type SceneVariable,
} from "@grafana/scenes";
import { prometheusUid } from "../prometheus/data-source";
import type { ClassicVariable } from "./classic";

/** All variables of a dashboard, and what is to be said of those that the preview does not have. */
export function variablesOf(list: readonly ClassicVariable[]): {
  readonly set: SceneVariableSet;
  readonly notes: string[];
} {
  const notes: string[] = [];
  const variables = list.flatMap((variable): SceneVariable[] => {
    const made = make(variable);
    if (made !== undefined) return [made];
    notes.push(
      `The variable ${variable.name} is of the kind "${variable.type}", which the preview does not have.`,
    );
    return [];
  });
  return { set: new SceneVariableSet({ variables }), notes };
}

function make(variable: ClassicVariable): SceneVariable | undefined {
  const { name, label, hide, multi, includeAll, allValue, current } = variable;
  const common = { name, label: label ?? name, hide: (hide ?? 0) as VariableHide };
  const choice = {
    ...common,
    isMulti: multi ?? false,
    includeAll: includeAll ?? false,
    ...(allValue ? { allValue } : {}),
    value: current?.value ?? "",
    text: current?.text ?? "",
    allowCustomValue: true,
  };
  const text = queryText(variable);
  switch (variable.type) {
    case "datasource":
      // There is one Prometheus, whichever the dashboard or a link wants.
      return new CustomVariable({
        ...common,
        // Log lines are not shown, wherever they would come from.
        ...(text === "loki" && { hide: VariableHide.hideVariable }),
        query: `Prometheus : ${prometheusUid}`,
        value: prometheusUid,
        text: "Prometheus",
        skipUrlSync: true,
      });
    case "query":
      return new QueryVariable({
        ...choice,
        datasource: { type: "prometheus", uid: prometheusUid },
        query: text,
        regex: variable.regex ?? "",
        refresh: (variable.refresh ?? 1) as VariableRefresh,
        sort: (variable.sort ?? 0) as VariableSort,
      });
    case "custom":
      return new CustomVariable({ ...choice, query: text });
    case "constant":
      return new ConstantVariable({ ...common, hide: VariableHide.hideVariable, value: text });
    case "textbox":
      return new TextBoxVariable({
        ...common,
        value: typeof current?.value === "string" ? current.value : text,
      });
    case "interval":
      return new IntervalVariable({
        ...common,
        intervals: text.split(",").map((each) => each.trim()),
        autoEnabled: variable.auto ?? false,
        autoMinInterval: variable.auto_min ?? "10s",
        autoStepCount: variable.auto_count ?? 30,
        ...(typeof current?.value === "string" &&
          current.value !== "" && { value: intervalValue(current.value) }),
        refresh: VariableRefresh.onTimeRangeChanged,
      });
    default:
      return undefined;
  }
}

function queryText({ query, definition, options }: ClassicVariable): string {
  if (typeof query === "string" && query !== "") return query;
  if (typeof query === "object" && query?.query) return query.query;
  return definition ?? (options ?? []).map(({ value }) => value).join(",");
}

/** Old exports call the interval that fits the width after its variable. */
function intervalValue(value: string): string {
  return value.startsWith("$__auto") ? "$__auto" : value;
}
