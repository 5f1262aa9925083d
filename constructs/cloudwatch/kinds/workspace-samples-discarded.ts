import { workspaceFault } from "../workspace-metrics";

/** Goes off when a workspace discards samples that agents wrote: a quota is reached, or they came too late. */
export const workspaceSamplesDiscarded = workspaceFault({
  meaning: "the workspace discarded samples",
  severity: "warning",
  metricName: "DiscardedSamples",
  by: "Reason",
  unit: "samples",
  happened: "The workspace of Amazon Managed Prometheus discarded samples that agents wrote",
  action: "See the reason on the dashboard, as rules and panels miss what is discarded.",
});
