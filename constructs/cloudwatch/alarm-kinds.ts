import { type AnyAlarmKind, isOfAgent } from "./alarm-kind";
import { errorLines } from "./kinds/error-lines";
import { highCpu } from "./kinds/high-cpu";
import { lowCpuCredits } from "./kinds/low-cpu-credits";
import { lowDisk } from "./kinds/low-disk";
import { lowMemory } from "./kinds/low-memory";
import { machineSilent } from "./kinds/machine-silent";
import { machinesMissing } from "./kinds/machines-missing";
import { messagesUndelivered } from "./kinds/messages-undelivered";
import { notificationsFailed } from "./kinds/notifications-failed";
import { statusCheckFailed } from "./kinds/status-check-failed";
import { workspaceNotificationsFailed } from "./kinds/workspace-notifications-failed";
import { workspaceQuotaUsed } from "./kinds/workspace-quota-used";
import { workspaceRulesFailing } from "./kinds/workspace-rules-failing";
import { workspaceRulesMissed } from "./kinds/workspace-rules-missed";
import { workspaceSamplesDiscarded } from "./kinds/workspace-samples-discarded";

/**
 * Every kind of alarm, by its name, in the order in which dashboards show their graphs. A new one is added here, and
 * nowhere else: environments, the stack, its dashboard, the constructs and the documents are made from this list.
 */
export const alarmKinds = {
  highCpu,
  lowCpuCredits,
  statusCheckFailed,
  machineSilent,
  machinesMissing,
  errorLines,
  lowDisk,
  lowMemory,
  notificationsFailed,
  messagesUndelivered,
  workspaceSamplesDiscarded,
  workspaceRulesFailing,
  workspaceRulesMissed,
  workspaceNotificationsFailed,
  workspaceQuotaUsed,
} satisfies Readonly<Record<string, AnyAlarmKind>>;

/** The kinds of alarms, by their names. */
export type AlarmKinds = typeof alarmKinds;

/** A kind with its names. */
export interface NamedAlarmKind {
  /** Name in the list, such as `highCpu`. */
  readonly key: keyof AlarmKinds;
  /** Name of its runbook, such as `HighCpu`. */
  readonly name: string;
  /** Last part of the names of its alarms, such as `high-cpu`. */
  readonly id: string;
  /** The kind itself. */
  readonly kind: AnyAlarmKind;
  /** Where an environment speaks of it. */
  readonly path: readonly string[];
}

/** The list, each kind with its names. */
export const namedAlarmKinds: readonly NamedAlarmKind[] = Object.entries(alarmKinds).map(([key, kind]) => ({
  key: key as keyof AlarmKinds,
  name: `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
  id: key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`),
  kind,
  path: isOfAgent(kind) ? ["cloudwatch", "agent"] : ["cloudwatch", "alarms", key],
}));
