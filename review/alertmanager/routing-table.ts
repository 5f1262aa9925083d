import type { Labels } from "../../metrics/promql-engine/series";
import type { Configuration } from "./configuration";
import { routesOf } from "./route";

/** An alert as it may fire. */
export interface RoutableAlert {
  readonly alert: string;
  /** Who owns what it is about. "" where nobody does. */
  readonly team: string;
  /** As Alertmanager gets them, `alertname` among them. */
  readonly labels: Labels;
}

/** Somebody who is told of an alert. */
export interface Destination {
  readonly receiver: string;
  /** In words; "always" where no time interval holds it back. */
  readonly when: string;
}

/** Who is told of an alert before a change and after it. */
export interface RoutingRow extends RoutableAlert {
  /** In the order of the routes. Empty: nobody. */
  readonly before: readonly Destination[];
  readonly after: readonly Destination[];
  readonly changed: boolean;
  /** Undefined where the alert is on both sides. */
  readonly only: "before" | "after" | undefined;
}

/** A version's alerts with where they go. */
export interface RoutedVersion {
  readonly configuration: Configuration;
  readonly alerts: readonly RoutableAlert[];
}

/**
 * Who is told of each alert of each team, before and after a change: what changes first, then by team and alert. An
 * alert of which one version knows nothing has no one there.
 */
export function routingTable(before: RoutedVersion, after: RoutedVersion): readonly RoutingRow[] {
  const [old, current] = [byIdentity(before.alerts), byIdentity(after.alerts)];
  const rows = [...new Set([...old.keys(), ...current.keys()])].flatMap((key): RoutingRow[] => {
    const [was, is] = [old.get(key), current.get(key)];
    const alert = is ?? was;
    if (alert === undefined) return [];
    const row = {
      before: was === undefined ? [] : destinationsOf(before.configuration, was.labels),
      after: is === undefined ? [] : destinationsOf(after.configuration, is.labels),
    };
    const only = was === undefined ? "after" : is === undefined ? "before" : undefined;
    const changed = only !== undefined || JSON.stringify(row.before) !== JSON.stringify(row.after);
    return [{ ...alert, ...row, only, changed }];
  });
  return rows.sort(
    (one, other) =>
      Number(other.changed) - Number(one.changed) ||
      one.team.localeCompare(other.team) ||
      one.alert.localeCompare(other.alert) ||
      identityOf(one).localeCompare(identityOf(other)),
  );
}

/** Who is told of an alert, once each: receivers that tell nobody are left out. */
export function destinationsOf(configuration: Configuration, labels: Labels): readonly Destination[] {
  const found = routesOf(configuration.route, labels).flatMap((route): Destination[] => {
    const { receiver, activeTimeIntervals, muteTimeIntervals } = route;
    if ((configuration.receivers.get(receiver)?.integrations.length ?? 0) === 0) return [];
    const within = activeTimeIntervals.length > 0 ? `within ${activeTimeIntervals.join(" or ")}` : "";
    const but = muteTimeIntervals.length > 0 ? `not within ${muteTimeIntervals.join(" or ")}` : "";
    return [{ receiver, when: [within, but].filter((part) => part !== "").join(", but ") || "always" }];
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

function identityOf({ team, labels }: RoutableAlert): string {
  return JSON.stringify([team, Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1))]);
}

function byIdentity(alerts: readonly RoutableAlert[]): ReadonlyMap<string, RoutableAlert> {
  return new Map(alerts.map((each) => [identityOf(each), each]));
}
