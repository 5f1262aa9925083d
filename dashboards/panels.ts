import {
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatPanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesPanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Query } from "../metrics/promql";

/** Name of the variable that holds the Prometheus of all panels. */
export const dataSourceVariable = "datasource";

const dataSource = { type: "prometheus", uid: `\${${dataSourceVariable}}` };

/** What a panel shows, whatever its kind. */
export interface PanelOptions {
  readonly title: string;
  /** What the reader learns from it, in a sentence or two. */
  readonly description: string;
  /** Unit as Grafana names it: `reqps`, `percentunit`, `s`, `bytes`. */
  readonly unit: string;
  /** What is asked, by legend: a text with `{{label}}` for a label's value. */
  readonly queries: Readonly<Record<string, Query>>;
  /** Width in columns of the 24 that a dashboard has. Default 12. */
  readonly span?: number;
  /** Height in rows of 30 pixels. Default 8. */
  readonly height?: number;
}

/** A graph over time. Its axis starts at 0 and its legend shows the last and the greatest value. */
export function timeseriesPanel(options: PanelOptions): TimeseriesPanelBuilder {
  return common(new TimeseriesPanelBuilder(), options)
    .min(0)
    .lineWidth(2)
    .fillOpacity(10)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(["lastNotNull", "max"]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/** The newest value of each series, as a number. */
export function statPanel(options: PanelOptions): StatPanelBuilder {
  return common(new StatPanelBuilder(), options).reduceOptions(
    new ReduceDataOptionsBuilder().calcs(["lastNotNull"]),
  );
}

type AnyPanelBuilder = TimeseriesPanelBuilder | StatPanelBuilder;

function common<B extends AnyPanelBuilder>(builder: B, options: PanelOptions): B {
  builder
    .title(options.title)
    .description(options.description)
    .unit(options.unit)
    .datasource(dataSource)
    .span(options.span ?? 12)
    .height(options.height ?? 8);
  Object.entries(options.queries).forEach(([legend, query], index) => {
    const refId = String.fromCharCode("A".charCodeAt(0) + index);
    builder.withTarget({ build: () => target(refId, legend, query) });
  });
  return builder;
}

/** As the SDK's own builder makes it, whose module loads all of Grafana's newer schemas and doubles the time of a synth. */
function target(refId: string, legendFormat: string, query: Query): Dataquery {
  return {
    refId,
    datasource: dataSource,
    expr: query.toString(),
    legendFormat,
    range: true,
    _implementsDataqueryVariant: () => undefined,
  };
}
