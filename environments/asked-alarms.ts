import { rounded } from "../alerts/text";
import type { Severity } from "../constructs/cloudwatch/alarm-routing";
import { isOfAgent, ownSettings, severitiesOf } from "../constructs/cloudwatch/alarm-kind";
import { type NamedAlarmKind, namedAlarmKinds } from "../constructs/cloudwatch/alarm-kinds";
import type { AlarmProps } from "../constructs/cloudwatch/metric-alarm";
import { type AlarmSubject, subjectsOf } from "./alarm-subjects";
import type { Environment } from "./environment";

/** An alarm that an environment asks for. */
export interface AskedAlarm extends NamedAlarmKind {
  /** Last part of its name, such as `low-disk-warning`. */
  readonly id: string;
  /** How bad it is, which decides who is told. */
  readonly severity: Severity;
  /** What it is about, besides what all alarms of the environment are given. */
  readonly about: AlarmSubject["about"];
  /**
   * What the environment says of it: the settings of its kind, with the threshold that it shares, beside them others that
   * stand in the same place.
   */
  readonly asked: Pick<AlarmProps, "periodSeconds" | "evaluationPeriods" | "missingData">;
}

/** The alarms that an environment asks for, in the order of the list of kinds: one a severity and a machine. */
export function askedAlarms(environment: Environment): AskedAlarm[] {
  return namedAlarmKinds.flatMap((named) => {
    const said = saidOf(environment, named);
    if (!said) return [];
    return severitiesOf(named.kind).flatMap((severity) =>
      subjectsOf(environment, named.kind).map(({ suffix, about, toldAt = severity }) => ({
        ...named,
        id: [named.id, severity === named.kind.severity ? "" : severity, suffix]
          .filter((part) => part !== "")
          .join("-"),
        severity: toldAt,
        about,
        asked: { ...said, ...sharedThreshold(environment, named, severity) },
      })),
    );
  });
}

function saidOf({ cloudwatch }: Environment, { key, kind }: NamedAlarmKind): AskedAlarm["asked"] | undefined {
  const places: Readonly<Record<string, AskedAlarm["asked"] | undefined>> = cloudwatch.alarms;
  const said = isOfAgent(kind) ? cloudwatch.agent : places[key];
  // An agent's alarm that is not there by itself is asked for by its setting.
  const isAsked =
    said && Object.keys(ownSettings(kind)).every((prop) => Reflect.get(said, prop) !== undefined);
  return isAsked ? said : undefined;
}

/** The threshold that alarms and alerts have in common, in percent, as the setting that takes it. */
function sharedThreshold(
  { alerting }: Environment,
  { key, kind: { shared } }: NamedAlarmKind,
  severity: Severity,
): Readonly<Record<string, number>> {
  const name = shared?.shares[severity];
  if (shared === undefined || name === undefined) return {};
  const share = new Map(Object.entries<number>(alerting.thresholds)).get(name);
  if (share === undefined) throw new Error(`${key} shares ${name}, which is no threshold.`);
  return { [shared.setting]: rounded(share * 100) };
}
