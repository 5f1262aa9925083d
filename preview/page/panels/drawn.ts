// Which kinds of panels are drawn, and which of their options. Pure: the panels' notes and the tests read it.

/** Whether any value is drawn, or which ones. */
type Drawn = true | readonly unknown[];
type Options = Readonly<Record<string, Drawn>>;

const legend: Options = {
  "legend.showLegend": true,
  "legend.displayMode": ["table", "list", "hidden"],
  "legend.placement": ["bottom", "right"],
  "legend.calcs[]": true,
  "legend.sortBy": true,
  "legend.sortDesc": true,
  "legend.width": true,
};

const reduced: Options = {
  "reduceOptions.calcs[]": true,
  "reduceOptions.values": true,
  "reduceOptions.fields": true,
  "reduceOptions.limit": true,
  orientation: ["auto", "horizontal", "vertical"],
  "text.titleSize": true,
  "text.valueSize": true,
};

/** The options of each kind that is drawn, by path. */
export const drawnOptions = {
  timeseries: {
    ...legend,
    "tooltip.mode": ["single", "multi", "none"],
    "tooltip.sort": ["none", "asc", "desc"],
    "tooltip.hideZeros": true,
  },
  stat: {
    ...reduced,
    graphMode: ["none", "area", "line"],
    colorMode: ["none", "value", "background", "background_solid"],
    justifyMode: ["auto", "center"],
    textMode: ["auto", "value", "value_and_name", "name", "none"],
    wideLayout: true,
    showPercentChange: true,
    percentChangeColorMode: ["standard", "inverted", "same_as_value"],
  },
  heatmap: {
    calculate: [false],
    "color.mode": ["scheme", "opacity"],
    "color.scheme": true,
    "color.fill": true,
    "color.scale": ["exponential", "linear"],
    "color.exponent": true,
    "color.steps": true,
    "color.reverse": true,
    "color.min": true,
    "color.max": true,
    "yAxis.unit": true,
    "yAxis.decimals": true,
    "yAxis.axisPlacement": ["left"],
    "yAxis.scaleDistribution.type": ["linear"],
    "yAxis.reverse": [false],
    "rowsFrame.layout": ["auto"],
    cellGap: true,
    "cellValues.unit": true,
    "cellValues.decimals": true,
    showValue: ["auto", "never"],
    "filterValues.le": true,
    "filterValues.ge": true,
    "exemplars.color": true,
    "legend.show": true,
    "tooltip.mode": ["single", "none"],
    "tooltip.yHistogram": true,
    "tooltip.showColorScale": true,
    selectionMode: ["x"],
  },
  gauge: { ...reduced, showThresholdLabels: [false], showThresholdMarkers: [true] },
  bargauge: {
    ...reduced,
    displayMode: ["gradient", "lcd", "basic"],
    valueMode: ["color", "text", "hidden"],
    namePlacement: ["auto", "top", "left", "hidden"],
    showUnfilled: true,
    minVizWidth: true,
    minVizHeight: true,
  },
  table: { frameIndex: true, showHeader: true, "sortBy[].displayName": true, "sortBy[].desc": true },
  text: { mode: ["markdown", "html", "code"], content: true },
} as const satisfies Readonly<Record<string, Options>>;

/** A kind of panel that is drawn. */
export type DrawnKind = keyof typeof drawnOptions;

/** What any field may have. */
const fields: Options = {
  unit: true,
  min: true,
  max: true,
  fieldMinMax: true,
  decimals: true,
  displayName: true,
  noValue: true,
  "color.mode": true,
  "color.fixedColor": true,
  "color.seriesBy": true,
  "thresholds.mode": ["absolute", "percentage"],
  "thresholds.steps[].value": true,
  "thresholds.steps[].color": true,
};

const graphFields: Options = {
  drawStyle: ["line", "bars", "points"],
  lineInterpolation: ["linear", "smooth", "stepBefore", "stepAfter"],
  barAlignment: true,
  barWidthFactor: true,
  lineWidth: true,
  fillOpacity: true,
  gradientMode: ["none", "opacity", "hue", "scheme"],
  fillBelowTo: true,
  "lineStyle.fill": ["solid", "dash", "dot"],
  "lineStyle.dash[]": true,
  spanNulls: true,
  insertNulls: [false],
  showPoints: ["auto", "always", "never"],
  pointSize: true,
  "stacking.mode": ["none", "normal", "percent"],
  "stacking.group": true,
  transform: ["constant", "negative-Y"],
  axisPlacement: true,
  axisLabel: true,
  axisWidth: true,
  axisSoftMin: true,
  axisSoftMax: true,
  axisGridShow: true,
  axisColorMode: true,
  axisBorderShow: true,
  axisCenteredZero: true,
  "scaleDistribution.type": true,
  "scaleDistribution.log": true,
  "hideFrom.tooltip": true,
  "hideFrom.viz": true,
  "hideFrom.legend": true,
  "thresholdsStyle.mode": true,
};

const customFields: Readonly<Record<DrawnKind, Options>> = {
  timeseries: graphFields,
  table: {
    align: ["auto"],
    hidden: true,
    "hideFrom.viz": true,
    "cellOptions.type": ["auto", "color-text", "color-background"],
    displayMode: ["auto", "color-text", "color-background"],
    inspect: true,
    filterable: true,
  },
  heatmap: {
    "hideFrom.tooltip": true,
    "hideFrom.viz": true,
    "hideFrom.legend": true,
    "scaleDistribution.type": true,
  },
  stat: {},
  gauge: {},
  bargauge: {},
  text: {},
};

/** How an override names its fields. */
const matchers = ["byName", "byRegexp", "byFrameRefID", "byType", "byNames", "byValue"];

/** A panel as far as this reads it. */
interface PanelOptions {
  readonly options?: unknown;
  readonly fieldConfig?: { readonly defaults?: unknown; readonly overrides?: readonly unknown[] };
}

/** Paths and values of all that a panel of a kind has and that is not drawn: `options.color.mode = "new"`. */
export function undrawn(kind: DrawnKind, { options, fieldConfig = {} }: PanelOptions): string[] {
  const {
    custom,
    mappings: _mappings,
    links: _links,
    ...defaults
  } = (fieldConfig.defaults ?? {}) as Record<string, unknown>;
  const overrides = (fieldConfig.overrides ?? []) as readonly Override[];
  const properties = overrides.flatMap((override) => override.properties ?? []);
  return [
    ...missing("options", options, drawnOptions[kind]),
    ...missing("field", defaults, fields),
    ...missing("field.custom", custom, customFields[kind]),
    ...overrides
      .filter(({ matcher }) => !matchers.includes(matcher?.id ?? ""))
      .map(({ matcher }) => `overrides.${matcher?.id ?? ""}`),
    ...properties.flatMap(({ id, value }) => {
      if (id === "mappings" || id === "links") return [];
      const [, own] = /^custom\.(.*)$/.exec(id) ?? [];
      const nested = (own ?? id).split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
      return own === undefined
        ? missing("field", nested, fields)
        : missing("field.custom", nested, customFields[kind]);
    }),
  ];
}

interface Override {
  readonly matcher?: { readonly id?: string };
  readonly properties?: readonly { readonly id: string; readonly value?: unknown }[];
}

function missing(prefix: string, value: unknown, drawn: Options): string[] {
  return leavesOf(value, "").flatMap(([path, leaf]) => {
    const known = drawn[path];
    const isDrawn = known === true || known?.includes(leaf);
    return isDrawn ? [] : [`${prefix}.${path} = ${JSON.stringify(leaf)}`];
  });
}

function leavesOf(value: unknown, path: string): (readonly [path: string, leaf: unknown])[] {
  if (value === undefined || (value === null && !path.endsWith("value"))) return [];
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, `${path}[]`));
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([name, each]) =>
    leavesOf(each, path === "" ? name : `${path}.${name}`),
  );
}
