import { describeValue } from "../describe";
import { alarmReaderRules } from "./alarm-readers";
import { alertmanagerRules } from "./alertmanagers";
import { awsCredentialRules } from "./aws-credentials";
import { cloudWatchRules } from "./cloudwatch";
import { containerRules } from "./containers";
import { edgeRules } from "./edge";
import { elsewhereRules } from "./elsewhere";
import { grafanaLoginRules } from "./grafana-logins";
import { heartbeatRules } from "./heartbeats";
import { logLineRules } from "./log-lines";
import { managedEngineRules } from "./managed-engine";
import { machineRules } from "./machines";
import { networkRules } from "./networks";
import { objectiveRules } from "./objectives";
import { probeRules } from "./probes";
import { partitionRules } from "./partitions";
import { retentionRules } from "./retention";
import { receiverRules } from "./receivers";
import { routeTimingRules } from "./route-timing";
import { routeRules } from "./routes";
import { timeIntervalRules } from "./time-intervals";
import type { Path, Problem, Rule } from "./rule";
import { secretRules } from "./secrets";
import { serviceNameRules } from "./service-names";

export type { Path, Problem } from "./rule";

/** Terraform would read `${` and `%{` of a text as the start of a template, and put something else in its place. */
function noTemplates(raw: unknown, path: Path = [], seen = new Set<unknown>()): Problem[] {
  if (typeof raw === "string") {
    return /[$%]\{/.test(raw)
      ? [{ path, found: describeValue(raw), allowed: "a text without ${ and %{" }]
      : [];
  }
  if (typeof raw !== "object" || raw === null || seen.has(raw)) return [];
  seen.add(raw);
  return Object.entries(raw).flatMap(([key, value]) =>
    noTemplates(value, [...path, Array.isArray(raw) ? Number(key) : key], seen),
  );
}

/** All rules that span several fields. */
export const rules: readonly Rule[] = [
  noTemplates,
  ...cloudWatchRules,
  ...alarmReaderRules,
  ...logLineRules,
  ...awsCredentialRules,
  ...partitionRules,
  ...serviceNameRules,
  ...secretRules,
  ...containerRules,
  ...networkRules,
  ...edgeRules,
  ...grafanaLoginRules,
  ...elsewhereRules,
  ...machineRules,
  ...retentionRules,
  ...receiverRules,
  ...managedEngineRules,
  ...heartbeatRules,
  ...routeRules,
  ...routeTimingRules,
  ...timeIntervalRules,
  ...alertmanagerRules,
  ...objectiveRules,
  ...probeRules,
];
