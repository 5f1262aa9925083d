import { isOfAgent } from "../constructs/cloudwatch/alarm-kind";
import { type NamedAlarmKind, namedAlarmKinds } from "../constructs/cloudwatch/alarm-kinds";
import type { AlarmProps } from "../constructs/cloudwatch/metric-alarm";
import type { Environment } from "./environment";

/** An alarm that an environment asks for. */
export interface AskedAlarm extends NamedAlarmKind {
  /** What the environment says of it: the settings of its kind, beside them others that stand in the same place. */
  readonly asked: Pick<AlarmProps, "periodSeconds" | "evaluationPeriods" | "missingData">;
}

/** The alarms that an environment asks for, in the order of the list of kinds. */
export function askedAlarms({ cloudwatch: { alarms, agent } }: Environment): AskedAlarm[] {
  const places: Readonly<Record<string, AskedAlarm["asked"] | undefined>> = alarms;
  return namedAlarmKinds.flatMap((named) => {
    const { key, kind } = named;
    const asked = isOfAgent(kind) ? agent : places[key];
    // An agent's alarm that is not there by itself is asked for by its setting.
    const isAsked =
      asked && Object.keys(kind.settings).every((prop) => Reflect.get(asked, prop) !== undefined);
    return isAsked ? [{ ...named, asked }] : [];
  });
}
