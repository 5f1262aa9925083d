import type { ReadVersion } from "../../version/version";
import type { Verdict } from "../impact";
import { matched, withLabel, type PossibleSeries } from "../series/possible";
import type { World } from "../series/world";
import { readAlertmanager, type AlertMatcher, type AlertmanagerFile } from "./alertmanager-file";
import type { Fault } from "./fault";

/** A configuration of others, with the file that it is in. */
export interface ForeignAlertmanager {
  readonly file: string;
  readonly configuration: AlertmanagerFile;
}

interface Worlds {
  readonly old: World;
  readonly now: World;
}

/** A part of a configuration that chooses alerts. */
interface Choosing {
  readonly where: "route" | "inhibition";
  readonly place: string;
  readonly name: string;
  readonly matchers: readonly AlertMatcher[];
}

/**
 * Routes and inhibitions that choose no alert any more, and routes that name a receiver or a time interval that is not
 * there. Those of the version before tell which were so already.
 */
export function alertmanagerFaults(
  before: ReadVersion,
  after: ReadVersion,
  { old, now }: Worlds,
  foreign: readonly ForeignAlertmanager[],
): readonly Fault[] {
  const own = readAlertmanager(after.alertmanager);
  const [alertsBefore, alertsAfter] = [alertsOf(old), alertsOf(now)];
  const files = [
    { file: "", configuration: own },
    ...foreign.map(({ file, configuration }) => ({ file, configuration })),
  ];
  const wasThere = readAlertmanager(before.alertmanager);
  return [
    ...files.flatMap(({ file, configuration }) =>
      choosingIn(configuration)
        .filter(({ matchers }) => chooses(matchers, alertsBefore))
        .flatMap((part) =>
          chooses(part.matchers, alertsAfter)
            ? namesLost(part, file, old, now)
            : [unmatched(part, file, now)],
        ),
    ),
    ...choosingIn(own)
      .filter((part) => !isIn(part, wasThere) && !chooses(part.matchers, alertsAfter))
      .map((part): Fault => {
        const { reader, ...of } = unmatched(part, "", now);
        return { ...of, reader: { ...reader, consequence: "matches no alert" } };
      }),
    ...unreached(own, wasThere),
    ...missing(own, wasThere),
  ];
}

/** Whether a configuration has the same part. */
function isIn(part: Choosing, file: AlertmanagerFile): boolean {
  const textOf = ({ where, name, matchers }: Choosing) =>
    JSON.stringify([where, name, matchers.map(({ label, operator, value }) => [label, operator, value])]);
  return choosingIn(file).some((other) => textOf(other) === textOf(part));
}

/** Receivers that some route led to, and none does any more. */
function unreached(own: AlertmanagerFile, before: AlertmanagerFile): readonly Fault[] {
  const isReached = ({ routes }: AlertmanagerFile, name: string) =>
    routes.some(({ receiver }) => receiver === name);
  return own.receivers
    .filter(({ name }) => isReached(before, name) && !isReached(own, name))
    .map(({ name }): Fault => ({
      reader: {
        where: "receiver",
        name,
        place: `Alertmanager › receiver ${name}`,
        text: name,
        consequence: "is told nothing any more: no route leads to it",
        verdict: "warn",
      },
      names: [],
      self: { kind: "receiver", name, change: "changed" },
    }));
}

function choosingIn({ routes, inhibitions }: AlertmanagerFile): readonly Choosing[] {
  return [
    ...routes
      .filter(({ text }) => text !== "")
      .map(({ place, receiver = "", matchers }) => ({
        where: "route" as const,
        place,
        name: receiver,
        matchers,
      })),
    ...inhibitions.flatMap(({ place, source, target }) => [
      { where: "inhibition" as const, place, name: "source", matchers: source },
      { where: "inhibition" as const, place, name: "target", matchers: target },
    ]),
  ];
}

/** A critical alert that a route does not find any more still reaches someone: who, the routing table tells. */
function unmatched({ where, place, name, matchers }: Choosing, file: string, now: World): Fault {
  const alerts = matchers
    .filter(({ label }) => label === "alertname")
    .flatMap(({ value }) => value.split("|"));
  const isForeign = file !== "";
  const verdict: Verdict = where === "route" && !isForeign ? "block" : "warn";
  const lost = alerts.filter((alert) => !now.rules.some((rule) => rule.name === alert));
  const services = matchers
    .filter(({ label }) => label === "service")
    .flatMap(({ value }) => value.split("|"));
  return {
    reader: {
      where: isForeign ? `foreign ${where}` : where,
      name,
      place: isForeign ? `${file} › ${place}` : `Alertmanager › ${place}`,
      text: matchers.map(({ label, operator, value }) => `${label}${operator}"${value}"`).join(", "),
      consequence: "matches no alert any more",
      verdict,
    },
    names: [...lost.map((alert) => `alert ${alert}`), ...services.map((service) => `service ${service}`)],
    self: { kind: "alert", name: alerts.join("|") || name, change: "changed" },
  };
}

/** What chooses alerts still, and names one among others that is not there any more. */
function namesLost(part: Choosing, file: string, old: World, now: World): readonly Fault[] {
  const has = ({ rules }: World, alert: string) =>
    rules.some(({ kind, name }) => kind === "alert" && name === alert);
  const lost = part.matchers
    .filter(({ label }) => label === "alertname")
    .flatMap(({ value }) => value.split("|"))
    .filter((alert) => has(old, alert) && !has(now, alert));
  return lost.map((alert) => {
    const { reader } = unmatched(part, file, now);
    return {
      reader: { ...reader, consequence: `names ${alert}, which is not there any more`, verdict: "warn" },
      names: [`alert ${alert}`],
      self: { kind: "alert", name: alert, change: "gone" },
    };
  });
}

function missing(own: AlertmanagerFile, before: AlertmanagerFile): readonly Fault[] {
  const receivers = own.receivers.map(({ name }) => name);
  return own.routes.flatMap(({ place, receiver, text, intervals }): Fault[] => {
    const at = {
      where: "route",
      name: receiver ?? "",
      place: `Alertmanager › ${place}`,
      text,
      verdict: "block",
    } as const;
    const lost = receiver !== undefined && !receivers.includes(receiver) ? [receiver] : [];
    return [
      ...lost.map((name) => ({
        reader: {
          ...at,
          consequence: `names the receiver ${name}, which is not there: Alertmanager refuses it`,
        },
        names: [`receiver ${name}`],
        self: {
          kind: "receiver",
          name,
          change: before.receivers.some((each) => each.name === name) ? "gone" : "changed",
        } as const,
      })),
      ...intervals
        .filter((name) => !own.intervals.includes(name))
        .map((name) => ({
          reader: {
            ...at,
            consequence: `names the time interval ${name}, which is not there: Alertmanager refuses it`,
          },
          names: [`time interval ${name}`],
          self: { kind: "time interval", name, change: "changed" } as const,
        })),
    ];
  });
}

function alertsOf(world: World): readonly PossibleSeries[] {
  return world.rules
    .filter(({ kind }) => kind === "alert")
    .flatMap((rule) =>
      world
        .alertLabels(rule)
        .map((series) =>
          withLabel(withLabel(series, "alertname", new Set([rule.name])), "environment", "any"),
        ),
    );
}

function chooses(matchers: readonly AlertMatcher[], alerts: readonly PossibleSeries[]): boolean {
  return alerts.some((alert) => {
    let left: PossibleSeries | undefined = alert;
    for (const matcher of matchers) left = left && matched(left, matcher);
    return left !== undefined;
  });
}
