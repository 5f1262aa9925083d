import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { entriesOf, type CatalogueEntry, underOwnNames } from "../metrics/catalogue";
import { promqlOver, quantile, rate, sum, type Sample, type Selector } from "../metrics/promql";
import type { TargetLabel } from "../metrics/targets";
import type { Row } from "./dashboard";
import { known } from "./guards";
import type { Colors } from "./palette";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { chosenService } from "./variables";

const range = "$__rate_interval";
const perService = { by: ["service"] } as const;

/**
 * A folded row for each service with the metrics that it alone exports: so a team's own show up as soon as the
 * catalogue has them.
 */
export function ownMetricRows({ catalogue, services }: DashboardSettings, colors: Colors): Row[] {
  const promql = promqlOver(catalogue);
  const select: SelectChosen = <T extends Sample>(series: string) =>
    promql.select(series, chosenService) as unknown as Selector<TargetLabel | "le", T>;
  return services.flatMap((service): Row[] => {
    const own = underOwnNames(entriesOf(catalogue)).filter(
      ({ exportedBy }) => exportedBy.length === 1 && exportedBy[0] === service,
    );
    const panels = own.flatMap((metric) => panelOf(metric, select, colors));
    return panels.length === 0 ? [] : [{ title: `Own metrics of ${service}`, folded: true, panels }];
  });
}

/** The series of a metric of the chosen services; what its samples are, the metric's type says. */
type SelectChosen = <T extends Sample>(series: string) => Selector<TargetLabel | "le", T>;

/** Counters as rates, histograms as their 95th percentile, gauges as they are: summed over instances and labels. */
function panelOf(metric: CatalogueEntry, select: SelectChosen, colors: Colors): PanelBuilder[] {
  const { name, type, help } = metric;
  const panel = (
    unit: string,
    how: string,
    query: Parameters<typeof timeseriesPanel>[0]["queries"][string],
  ) => [
    timeseriesPanel({
      title: name,
      description: `${help} ${how}`,
      unit,
      span: 8,
      queries: { "{{service}}": query },
      colors,
    }),
  ];
  switch (type) {
    case "counter":
      return panel("cps", "Per second.", sum(rate(select<"counter">(name), range), perService));
    case "gauge":
      return panel(unitOf(metric), "Sum of all instances.", sum(select<"gauge">(name), perService));
    case "histogram": {
      const buckets = rate(select<"bucket">(`${name}_bucket`), range);
      return panel(unitOf(metric), "The 95th percentile.", known(quantile(0.95, buckets, perService)));
    }
    case "summary":
      return [];
  }
}

/** Grafana's name of a base unit; what is counted has none. */
function unitOf({ unit }: CatalogueEntry): string {
  const units: Readonly<Record<string, string>> = {
    seconds: "s",
    bytes: "bytes",
    dollars: "currencyUSD",
    euros: "currencyEUR",
    ratio: "percentunit",
    meters: "lengthm",
    celsius: "celsius",
    joules: "joule",
  };
  return units[unit] ?? "none";
}
