import { showsData, type Panel } from "../dashboard";
import type { Rule } from "../rule";
import { isUnit } from "../../units";

/** Panels that show text or a graph of things, not values. */
const withoutValues: ReadonlySet<string> = new Set(["logs", "traces", "nodeGraph", "flamegraph"]);

/** A number without a unit is a riddle; `none` says that it is a plain number. */
export const panelUnit: Rule = {
  name: "panel-unit",
  summary: "Every panel with values has a unit that Grafana knows.",
  check({ panels }) {
    return panels
      .filter((panel) => showsData(panel) && !withoutValues.has(panel.json.type))
      .flatMap((panel) => {
        const unit = unitOf(panel);
        if (unit === undefined)
          return [{ panel, message: 'has no unit; a plain number has the unit "none"' }];
        return isUnit(unit)
          ? []
          : [{ panel, message: `has the unit "${unit}", which Grafana does not know` }];
      });
  },
};

/** Where the unit is, from today's panels to those of before Grafana 7. */
function unitOf({ json }: Panel): string | undefined {
  const places = [
    json.fieldConfig?.defaults?.unit,
    json.options?.yAxis?.unit,
    json.yaxes?.[0]?.format,
    json.yAxis?.format,
    json.format,
  ];
  return places.find((unit) => unit !== undefined && unit !== null && unit !== "") ?? undefined;
}
