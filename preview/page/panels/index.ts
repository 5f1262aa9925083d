import type { PanelPlugin } from "@grafana/data";

import type { DrawnKind } from "./drawn";

type Module = () => Promise<{ readonly plugin: PanelPlugin }>;

/** The kinds of panels that are drawn, each loaded when the first of its kind is shown. */
const kinds: Readonly<Record<DrawnKind, Module>> = {
  timeseries: () => import("./timeseries"),
  stat: () => import("./stat"),
  heatmap: () => import("./heatmap"),
  gauge: () => import("./gauge"),
  bargauge: () => import("./bargauge"),
  table: () => import("./table"),
  text: () => import("./text"),
};

/** The kind of a panel where it is drawn. */
export function kindOf(type: string): DrawnKind | undefined {
  return Object.hasOwn(kinds, type) ? (type as DrawnKind) : undefined;
}

/** The panel of a kind; for one that is not drawn, one that says so. */
export async function importPanel(type: string): Promise<PanelPlugin> {
  const kind = kindOf(type);
  const plugin = kind ? (await kinds[kind]()).plugin : (await import("./unknown")).unknown(type);
  plugin.meta = { ...plugin.meta, id: type, name: type, info: { version: "" } } as PanelPlugin["meta"];
  return plugin;
}
