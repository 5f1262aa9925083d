import { z } from "zod";
import { decimal, wholeNumber } from "../schema/primitives";
import { containerThresholds } from "./rules/containers";
import { edgeThresholds } from "./rules/edge";
import { filesystemThresholds } from "./rules/filesystems";
import { grafanaThresholds } from "./rules/grafana";
import { hostThresholds } from "./rules/hosts";
import { jaegerThresholds } from "./rules/jaeger";
import { logShipperThresholds } from "./rules/log-shipper";
import { lokiThresholds } from "./rules/loki";
import { monitoringThresholds } from "./rules/monitoring";
import { remoteWriteThresholds } from "./rules/remote-write";
import { probeThresholds } from "./rules/probes";
import { serviceThresholds } from "./rules/services";
import { trafficThresholds } from "./rules/traffic";
import type { OwnThresholds, ThresholdDefinition } from "./threshold";

/** The thresholds that every system has, each beside the rules that compare with it. */
export const thresholdDefinitions = {
  ...serviceThresholds,
  ...trafficThresholds,
  ...probeThresholds,
  ...filesystemThresholds,
  ...hostThresholds,
  ...containerThresholds,
  ...monitoringThresholds,
  ...grafanaThresholds,
  ...remoteWriteThresholds,
  ...jaegerThresholds,
  ...logShipperThresholds,
  ...lokiThresholds,
  ...edgeThresholds,
} as const;

/** Name of a threshold that every system has. */
export type ThresholdName = keyof typeof thresholdDefinitions;

/** What alerts compare with and dashboards draw, as an environment gives it. `N` are names of a system's own. */
export type Thresholds<N extends string = never> = Readonly<Record<ThresholdName | N, number>>;

/** The thresholds of a warning and of the critical alert of the same name, the one first that must lie below the other. */
const pairs = [
  ["errorRatioWarning", "errorRatioCritical"],
  ["latencyP95Warning", "latencyP95Critical"],
  ["filesystemUsedWarning", "filesystemUsedCritical"],
  ["certificateDaysCritical", "certificateDaysWarning"],
] as const satisfies readonly (readonly [ThresholdName, ThresholdName])[];

function fieldOf({ isCount, min, max, default: byDefault }: ThresholdDefinition) {
  return (isCount ? wholeNumber(min, max) : decimal(min, max)).default(byDefault);
}

type ThresholdField = ReturnType<typeof fieldOf>;

/** The thresholds of alerts, those of a system's own among them, each with its default. */
export function thresholdsSchemaOf<N extends string>(own: OwnThresholds<N>) {
  const definitions = Object.entries<ThresholdDefinition>({ ...thresholdDefinitions, ...own });
  const shape = Object.fromEntries(definitions.map(([name, definition]) => [name, fieldOf(definition)]));
  return z
    .strictObject(shape as Record<ThresholdName | N, ThresholdField>)
    .superRefine((given, context) => {
      const thresholds = given as Readonly<Record<ThresholdName, number>>;
      for (const [lower, higher] of pairs) {
        if (thresholds[lower] < thresholds[higher]) continue;
        const message = `a number above ${lower}, which is ${String(thresholds[lower])}`;
        context.addIssue({ code: "custom", path: [higher], message });
      }
    })
    .prefault({} as never);
}
