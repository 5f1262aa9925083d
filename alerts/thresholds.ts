import { z } from "zod";
import { decimal, wholeNumber } from "../schema/primitives";
import { containerThresholds } from "./rules/containers";
import { filesystemThresholds } from "./rules/filesystems";
import { grafanaThresholds } from "./rules/grafana";
import { hostThresholds } from "./rules/hosts";
import { jaegerThresholds } from "./rules/jaeger";
import { monitoringThresholds } from "./rules/monitoring";
import { remoteWriteThresholds } from "./rules/remote-write";
import { serviceThresholds } from "./rules/services";
import type { OwnThresholds, ThresholdDefinition } from "./threshold";

/** The thresholds that every system has, each beside the rules that compare with it. */
export const thresholdDefinitions = {
  ...serviceThresholds,
  ...filesystemThresholds,
  ...hostThresholds,
  ...containerThresholds,
  ...monitoringThresholds,
  ...grafanaThresholds,
  ...remoteWriteThresholds,
  ...jaegerThresholds,
} as const;

/** Name of a threshold that every system has. */
export type ThresholdName = keyof typeof thresholdDefinitions;

/** What alerts compare with and dashboards draw, as an environment gives it. `N` are names of a system's own. */
export type Thresholds<N extends string = never> = Readonly<Record<ThresholdName | N, number>>;

/** A warning's threshold must lie below that of the critical alert of the same name. */
const pairs = [
  ["errorRatioWarning", "errorRatioCritical"],
  ["latencyP95Warning", "latencyP95Critical"],
  ["filesystemUsedWarning", "filesystemUsedCritical"],
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
      for (const [warning, critical] of pairs) {
        if (thresholds[warning] < thresholds[critical]) continue;
        const message = `a number above ${warning}, which is ${String(thresholds[warning])}`;
        context.addIssue({ code: "custom", path: [critical], message });
      }
    })
    .prefault({} as never);
}
