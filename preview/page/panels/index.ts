import type { PanelPlugin } from "@grafana/data";

type Module = () => Promise<{ readonly plugin: PanelPlugin }>;

/** The kinds of panels that are drawn, each loaded when the first of its kind is shown. */
const kinds: Readonly<Record<string, Module>> = {
  timeseries: () => import("./timeseries"),
  stat: () => import("./stat"),
  heatmap: () => import("./heatmap"),
  gauge: () => import("./gauge"),
  bargauge: () => import("./bargauge"),
  table: () => import("./table"),
  text: () => import("./text"),
};

/** Kinds that are drawn as another, as Grafana does with what it has replaced. */
const replaced: Readonly<Record<string, string>> = {
  graph: "timeseries",
  singlestat: "stat",
  "table-old": "table",
};

/** The kind as which a panel is drawn; undefined where it is not. */
export function kindOf(type: string): string | undefined {
  const kind = replaced[type] ?? type;
  return kind in kinds ? kind : undefined;
}

/** The panel of a kind; for one that is not drawn, one that says so. */
export async function importPanel(kind: string): Promise<PanelPlugin> {
  const drawn = kinds[kind];
  const plugin = drawn ? (await drawn()).plugin : (await import("./unknown")).unknown(kind);
  plugin.meta = { ...plugin.meta, id: kind, name: kind, info: { version: "" } } as PanelPlugin["meta"];
  return plugin;
}
