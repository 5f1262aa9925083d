import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { entries, type CatalogueEntry, type NameOf } from "../metrics/catalogue";
import { quantile, rate, select, sum } from "../metrics/promql";
import type { Row } from "./dashboard";
import { known } from "./guards";
import type { Colors } from "./palette";
import { timeseriesPanel } from "./panels";
import { chosenService } from "./variables";

const range = "$__rate_interval";
const perService = { by: ["service"] } as const;

/**
 * A folded row for each service with the metrics that it alone exports: so a team's own show up as soon as the
 * catalogue has them.
 */
export function ownMetricRows(services: readonly string[], colors: Colors): Row[] {
  return services.flatMap((service): Row[] => {
    const own = entries.filter(({ exportedBy }) => exportedBy.length === 1 && exportedBy[0] === service);
    const panels = own.flatMap((metric) => panelOf(metric, colors));
    return panels.length === 0 ? [] : [{ title: `Own metrics of ${service}`, folded: true, panels }];
  });
}

/** Counters as rates, histograms as their 95th percentile, gauges as they are: summed over instances and labels. */
function panelOf(metric: CatalogueEntry, colors: Colors): PanelBuilder[] {
  const panel = (
    unit: string,
    how: string,
    query: Parameters<typeof timeseriesPanel>[0]["queries"][string],
  ) => [
    timeseriesPanel({
      title: metric.name,
      description: `${metric.help} ${how}`,
      unit,
      span: 8,
      queries: { "{{service}}": query },
      colors,
    }),
  ];
  if (is(metric, "counter")) {
    return panel("cps", "Per second.", sum(rate(select(metric.name, chosenService), range), perService));
  }
  if (is(metric, "gauge")) {
    return panel(
      unitOf(metric),
      "Sum of all instances.",
      sum(select(metric.name, chosenService), perService),
    );
  }
  if (is(metric, "histogram")) {
    const buckets = rate(select(`${metric.name}_bucket`, chosenService), range);
    return panel(unitOf(metric), "The 95th percentile.", known(quantile(0.95, buckets, perService)));
  }
  return [];
}

function is<T extends "counter" | "gauge" | "histogram">(
  metric: CatalogueEntry,
  type: T,
): metric is CatalogueEntry & { readonly name: NameOf<T> } {
  return metric.type === type;
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
