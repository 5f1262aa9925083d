import { type AlarmSurroundings, type AnyAlarmKind, isOfMachines } from "../constructs/cloudwatch/alarm-kind";
import type { Severity } from "../constructs/cloudwatch/alarm-routing";
import type { Environment } from "./environment";

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
export function subjectsOf({ cloudwatch }: Environment, kind: AnyAlarmKind): readonly AlarmSubject[] {
  if (!isOfMachines(kind)) return [{ suffix: "", about: {} }];
  const { target } = cloudwatch;
  if (target.kind !== "instances") return [{ suffix: "", about: { target } }];
  return target.instanceIds.map((id) => ({
    suffix: id,
    about: { target: { kind: "instances", instanceIds: [id] } },
  }));
}
