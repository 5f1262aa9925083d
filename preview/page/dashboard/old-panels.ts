// Panels of kinds that Grafana has replaced, as their successors. Pure.

import type { ClassicPanel } from "./classic";

/** A panel of an old kind in the form of the one that has replaced it, as far as unit and text go; others as they are. */
export function modern(panel: ClassicPanel): ClassicPanel {
  switch (panel.type) {
    case "graph":
      return {
        ...panel,
        type: "timeseries",
        fieldConfig: withUnit(panel, panel.yaxes?.[0]?.format),
        options: {},
      };
    case "singlestat":
      return { ...panel, type: "stat", fieldConfig: withUnit(panel, panel.format), options: {} };
    case "table-old":
      return { ...panel, type: "table", options: {} };
    case "text":
      return panel.content === undefined
        ? panel
        : { ...panel, options: { content: panel.content, mode: panel.mode ?? "markdown", ...panel.options } };
    default:
      return panel;
  }
}

function withUnit({ fieldConfig }: ClassicPanel, unit: string | undefined): ClassicPanel["fieldConfig"] {
  return {
    defaults: { ...fieldConfig?.defaults, ...(unit !== undefined && { unit }) },
    overrides: fieldConfig?.overrides ?? [],
  };
}
