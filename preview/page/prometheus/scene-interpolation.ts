import type { ScopedVars } from "@grafana/data";
import { sceneGraph, type SceneObject } from "@grafana/scenes";
import { prometheusValue, type VariableForm } from "./interpolation";

/** A text with the values of the variables of the scene that asks, as PromQL wants them. */
export function interpolated(text: string, scopedVars: ScopedVars): string {
  const wrapped = scopedVars.__sceneObject?.value as { valueOf(): SceneObject } | undefined;
  if (text === "" || wrapped === undefined) return text;
  const write = (value: unknown, variable: VariableForm & { readonly name?: string }) =>
    // What the preview itself puts in, such as a step, is no variable of the dashboard.
    variable.name !== undefined && variable.name in scopedVars
      ? String(value)
      : prometheusValue(value, variable);
  return sceneGraph.interpolate(wrapped.valueOf(), text, scopedVars, write as never);
}
