import { z } from "zod";

// What the linter reads of Grafana's classic schema. All else is let be, and old exports have old forms.

const dataSource = z
  .union([z.string(), z.looseObject({ type: z.string().nullish(), uid: z.string().nullish() })])
  .nullish();

const target = z.looseObject({
  refId: z.string().nullish(),
  expr: z.string().nullish(),
  legendFormat: z.string().nullish(),
  datasource: dataSource,
});

const position = z.looseObject({
  x: z.number().nullish(),
  y: z.number().nullish(),
  w: z.number().nullish(),
  h: z.number().nullish(),
});

const axis = z.looseObject({ unit: z.string().nullish(), format: z.string().nullish() });

const panel = z.looseObject({
  id: z.number().nullish(),
  type: z.string().default(""),
  title: z.string().nullish(),
  description: z.string().nullish(),
  gridPos: position.nullish(),
  datasource: dataSource,
  targets: z.array(target).nullish(),
  fieldConfig: z.looseObject({ defaults: z.looseObject({ unit: z.string().nullish() }).nullish() }).nullish(),
  /** The heat map has its unit here. */
  options: z.looseObject({ yAxis: axis.nullish() }).nullish().catch(undefined),
  /** The unit of panels from before Grafana 7. */
  format: z.string().nullish().catch(undefined),
  yaxes: z.array(axis).nullish().catch(undefined),
  yAxis: axis.nullish().catch(undefined),
  /** Set where the panel is one of Grafana's library, which holds the rest. */
  libraryPanel: z.unknown().optional(),
});

const row = panel.extend({ panels: z.array(panel).nullish() });

const variable = z.looseObject({
  name: z.string(),
  type: z.string().default(""),
  query: z
    .union([z.string(), z.looseObject({ query: z.string().nullish() })])
    .nullish()
    .catch(undefined),
  /** What of each answer is taken. */
  regex: z.string().nullish().catch(undefined),
  datasource: dataSource,
});

const annotation = z.looseObject({
  name: z.string().nullish(),
  datasource: dataSource,
  builtIn: z.union([z.number(), z.boolean()]).nullish(),
  expr: z.string().nullish(),
  target: z.looseObject({ expr: z.string().nullish() }).nullish().catch(undefined),
});

/** What Grafana asks for at an import, of an export for sharing. */
const input = z.looseObject({ name: z.string().nullish(), pluginId: z.string().nullish() });

/** A dashboard in Grafana's classic schema. */
export const dashboardSchema = z.looseObject({
  uid: z.string().nullish(),
  title: z.string().nullish(),
  editable: z.boolean().nullish(),
  panels: z.array(row).default([]),
  templating: z.looseObject({ list: z.array(variable).default([]) }).nullish(),
  annotations: z.looseObject({ list: z.array(annotation).default([]) }).nullish(),
  __inputs: z.array(input).nullish().catch(undefined),
});

/** A dashboard. */
export type DashboardJson = z.output<typeof dashboardSchema>;

/** A panel, or a row with the panels that are folded into it. */
export type PanelJson = z.output<typeof row>;

/** A data source as a panel, a target or a variable names it. */
export type DataSourceJson = z.output<typeof dataSource>;

/** A variable of a dashboard. */
export type VariableJson = z.output<typeof variable>;

/** An annotation: what is marked in all panels. */
export type AnnotationJson = z.output<typeof annotation>;
