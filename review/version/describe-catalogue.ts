import { entriesOf, type CatalogueEntry } from "../../metrics/catalogue";
import type { LabelSpec } from "../../metrics/labels";
import { isGiven } from "../../metrics/needs";
import { everyService, everyTarget } from "../../metrics/targets";
import { seriesNames, storesSeries } from "../../signals/stored-series";
import type { Watched } from "../../signals/watched";
import type { DescribedCatalogue, DescribedLabel, DescribedMetric } from "./catalogue";

type Known = Pick<Watched, "environment" | "catalogue" | "given" | "jobs">;

/** The catalogue of an environment: its services, and the metrics that something in it exposes. */
export function describeCatalogue(watched: Known): DescribedCatalogue {
  const { environment, catalogue } = watched;
  return {
    services: environment.services.map(({ name }) => ({
      name,
      owner: catalogue.services[name]?.owner ?? "",
    })),
    metrics: entriesOf(catalogue)
      .map((entry) => describeMetric(entry, watched))
      .filter(({ exportedBy }) => exportedBy.length > 0),
  };
}

function describeMetric(entry: CatalogueEntry, watched: Known): DescribedMetric {
  const { name, type, help, unit, labels, stability, owner, formerNameOf } = entry;
  const series = seriesNames(entry);
  const exporters = exportersIn(entry, watched);
  const stored = series.filter((each) =>
    watched.jobs.some((job) => exporters.includes(job.jobName) && storesSeries(job, each)),
  );
  return {
    name,
    type,
    help,
    unit,
    labels: Object.entries(labels).map(([label, spec]) => describeLabel(label, spec)),
    series,
    ...(!isWrittenByPrometheus(entry) && stored.length < series.length && { stored }),
    stability,
    owner,
    ...(formerNameOf !== undefined && { formerNameOf }),
    exportedBy: exporters,
  };
}

/** What Prometheus writes itself, of each target and alert, passes no relabelling. */
function isWrittenByPrometheus({ name, exportedBy }: CatalogueEntry): boolean {
  return exportedBy.includes(everyTarget) || ["ALERTS", "ALERTS_FOR_STATE"].includes(name);
}

/** Names of the jobs whose targets expose a metric: those of services are named as these. */
function exportersIn(
  { exportedBy, onlyWith }: CatalogueEntry,
  { environment, given, jobs }: Known,
): readonly string[] {
  if (onlyWith !== undefined && !isGiven({ needs: [onlyWith] }, given)) return [];
  const services = environment.services.map(({ name }) => name);
  return jobs
    .map(({ jobName }) => jobName)
    .filter(
      (job) =>
        exportedBy.includes(job) ||
        exportedBy.includes(everyTarget) ||
        (exportedBy.includes(everyService) && services.includes(job)),
    );
}

function describeLabel(name: string, spec: LabelSpec): DescribedLabel {
  return spec.kind === "oneOf" ? { name, values: spec.values } : { name };
}
