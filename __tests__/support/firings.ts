import type { Labels } from "../../metrics/promql-engine/series";
import type { Firing } from "../../review/replay/firing";

/** A firing of neutral alerts, from one evaluation to another; the condition held first when it began to fire. */
export function firingOf(
  labels: Labels,
  firedAt: number,
  resolvedAt: number | undefined,
  interval = 15_000,
): Firing {
  return {
    rule: { file: "rules.yml", group: "parcels", alert: labels.alertname ?? "" },
    labels,
    annotations: {},
    seriesLabels: {},
    activeAt: firedAt,
    firedAt,
    resolvedAt,
    interval,
    valueAt: () => 1,
  };
}
