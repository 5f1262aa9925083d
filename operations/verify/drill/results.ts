import { type Finding, ok, problem, warning } from "../../checks/check";
import type { DrillAlert } from "./alerts";
import type { Row } from "./evidence";

/** What one receiver was told of a drill's alert. */
export interface Told {
  readonly receiver: string;
  /** Seconds from the alert to the message; undefined where none came. */
  readonly firingAfter?: number;
  /** Seconds from the alert's end to the message of it; undefined where none came, or the receiver tells of no end. */
  readonly resolvedAfter?: number;
}

/** What came of one alert of a drill. */
export interface DrillResult {
  readonly severity: string;
  /** Of the route, where it is of one. */
  readonly owner?: string;
  readonly alertname: string;
  readonly told: readonly Told[];
}

/** What came of an alert. */
export function resultOf(
  alert: DrillAlert,
  rows: readonly Row[],
  firing: ReadonlyMap<Row, number>,
  resolved: ReadonlyMap<Row, number>,
): DrillResult {
  const told = rows
    .filter((row) => row.alert === alert)
    .map((row): Told => {
      const [firingAfter, resolvedAfter] = [firing.get(row), resolved.get(row)];
      return {
        receiver: row.receiver,
        ...(firingAfter !== undefined && { firingAfter }),
        ...(resolvedAfter !== undefined && { resolvedAfter }),
      };
    });
  const { severity, owner, labels } = alert;
  return { severity, ...(owner !== undefined && { owner }), alertname: labels.alertname, told };
}

/** What is to be said of that. */
export function findingsOf(
  { alertname, told, severity, owner }: DrillResult,
  rows: readonly Row[],
  waitSeconds: number,
): readonly Finding[] {
  const own = rows.filter(({ alert }) => alert.labels.alertname === alertname);
  const name = owner === undefined ? severity : `${severity} of ${owner}`;
  const isWaiting = own.some(({ alert }) => alert.mayWait);
  return told.flatMap(({ receiver, firingAfter, resolvedAfter }): Finding[] => {
    const within = `within ${minutes(waitSeconds)}`;
    if (firingAfter === undefined) {
      if (isWaiting)
        return [warning(`${name}: ${receiver} was told nothing: its route waits outside its hours`)];
      return [
        problem(
          `${name}: ${receiver} was told nothing ${within}`,
          "See the log of Alertmanager, and whether a silence or an inhibition is on it.",
        ),
      ];
    }
    const sendsResolved = own
      .find((row) => row.receiver === receiver)
      ?.integrations.some((each) => each.sendsResolved);
    if (sendsResolved === true && resolvedAfter === undefined)
      return [
        problem(`${name}: ${receiver} was not told of the end ${within}`, "See the log of Alertmanager."),
      ];
    const end =
      resolvedAfter === undefined ? "it tells of no end" : `of the end after ${seconds(resolvedAfter)}`;
    return [ok(`${name}: ${receiver} was told after ${seconds(firingAfter)}, ${end}`)];
  });
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

/** Seconds in words. */
export function minutes(value: number): string {
  return value < 120 ? `${value.toFixed(0)} s` : `${(value / 60).toFixed(0)} min`;
}
