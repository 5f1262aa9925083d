import {
  type AlarmSurroundings,
  type AnyAlarmKind,
  canWatch,
  isOfMachines,
  isOfTopics,
  isOfWorkspace,
} from "../constructs/cloudwatch/alarm-kind";
import type { Severity } from "../constructs/cloudwatch/alarm-routing";
import { leavesDeadLetters } from "../constructs/cloudwatch/settings";
import { deadLetterQueueNameOf, topicNameOf } from "../constructs/cloudwatch/topic-names";
import { namePrefixOf } from "./aws-names";
import type { Environment } from "./environment";
import { alertTopicsOf } from "./managed-topics";
import { managedEngineOf } from "./metrics-engine";
import { subscribersOf } from "./subscribers";

/** What one alarm of a kind is about: a machine, a group of them, a topic. */
export interface AlarmSubject {
  /** What stands behind the kind's id in the alarm's: empty where there is one alarm of the kind. */
  readonly suffix: string;
  /** What the alarm is given. */
  readonly about: Partial<AlarmSurroundings>;
  /** The severity at which it is told. Default: the alarm's own. */
  readonly toldAt?: Severity;
}

/**
 * What the alarms of a kind are about in an environment. Of chosen instances each has its own alarm: of several in one,
 * the one that is gone is not seen beside those that report.
 */
export function subjectsOf(environment: Environment, kind: AnyAlarmKind): readonly AlarmSubject[] {
  if (isOfTopics(kind)) return [...topicsOf(environment, kind), ...alertTopics(environment, kind)];
  if (isOfWorkspace(kind)) return workspacesOf(environment, kind);
  if (!isOfMachines(kind)) return [{ suffix: "", about: {} }];
  const { target } = environment.machines.aws;
  if (!canWatch(kind, target.kind)) return [];
  if (target.kind !== "instances") return [{ suffix: "", about: { target } }];
  return target.instanceIds.map((id) => ({
    suffix: id,
    about: { target: { kind: "instances", instanceIds: [id] } },
  }));
}

/** What of a workspace has a quota that CloudWatch knows, and grows with what is watched; the last part of its alarm's name. */
const usages = {
  ActiveSeries: "active-series",
  IngestionRate: "ingestion-rate",
  ActiveAlerts: "active-alerts",
  AllRules: "rules",
  SizeOfAlerts: "alerts-size",
} as const;

/** The workspace, where the environment has one: its id is known when it is made. Of quotas each has its own alarm. */
function workspacesOf(environment: Environment, { needs }: AnyAlarmKind): readonly AlarmSubject[] {
  if (managedEngineOf(environment) === undefined) return [];
  if (!needs.includes("workspaceUsage")) return [{ suffix: "", about: {} }];
  return Object.entries(usages).map(([workspaceUsage, suffix]) => ({ suffix, about: { workspaceUsage } }));
}

/** The topics of alerts, which the topics of alarms tell of. */
function alertTopics(environment: Environment, { needs }: AnyAlarmKind): readonly AlarmSubject[] {
  return alertTopicsOf(environment).flatMap(({ receiver, name, deadLetterQueueName }) => {
    const about = { topicName: name, deadLetterQueueName };
    const isWatched = needs.includes("topicName") || deadLetterQueueName !== undefined;
    return isWatched ? [{ suffix: `alerts-${receiver.name}`, about }] : [];
  });
}

/**
 * The topics that have somebody to tell, each told by the other one: a topic that fails cannot say so. Where nobody reads
 * the other one, it is told by itself, to those whom it still reaches.
 */
function topicsOf(environment: Environment, { needs }: AnyAlarmKind): readonly AlarmSubject[] {
  const others = { critical: "warning", warning: "critical" } as const;
  return (["critical", "warning"] as const).flatMap((severity) => {
    const subscribers = subscribersOf(environment, severity);
    const isWatched = needs.includes("topicName")
      ? subscribers.length > 0
      : subscribers.some(leavesDeadLetters);
    if (!isWatched) return [];
    const other = others[severity];
    const topicName = topicNameOf(namePrefixOf(environment), severity);
    return {
      suffix: severity,
      about: { topicName, deadLetterQueueName: deadLetterQueueNameOf(topicName) },
      toldAt: subscribersOf(environment, other).length > 0 ? other : severity,
    };
  });
}
