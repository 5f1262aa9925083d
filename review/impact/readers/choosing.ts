import { alertLabel } from "../changes/alert-labels";
import type { World } from "../series/world";
import type { AlertMatcher, AlertmanagerFile } from "./alertmanager-file";
import { matchersInWords, placeIn, readingFiles, whereIn } from "./configurations";
import type { ForeignAlertmanager, MessageSide } from "./configurations";
import type { Fault } from "./fault";
import { chosenAlerts, chosenOf, hasLabel, lostBy, type LabelledAlert } from "./labelled-alerts";

/** A part of a configuration that chooses alerts. */
interface Choosing {
  readonly where: "route" | "inhibition";
  readonly place: string;
  readonly name: string;
  readonly matchers: readonly AlertMatcher[];
}

/** Routes and inhibitions that choose no alert any more, or less; the version before tells which were so already. */
export function choosingFaults(
  before: MessageSide,
  after: MessageSide,
  foreign: readonly ForeignAlertmanager[],
): readonly Fault[] {
  const chooses = (matchers: readonly AlertMatcher[], { alerts }: MessageSide) =>
    alerts.some((alert) => chosenOf(alert, matchers).length > 0);
  return [
    ...readingFiles(after, foreign).flatMap(({ file, configuration }) =>
      choosingIn(configuration)
        .filter(({ matchers }) => chooses(matchers, before))
        .flatMap((part) =>
          chooses(part.matchers, after)
            ? [...namesLost(part, file, before, after), ...labelsLost(part, file, before, after)]
            : [unmatched(part, file, before, after)],
        ),
    ),
    ...choosingIn(after.configuration)
      .filter((part) => !isIn(part, before.configuration) && !chooses(part.matchers, after))
      .map((part): Fault => {
        const { reader, ...of } = unmatched(part, "", before, after);
        return { ...of, reader: { ...reader, consequence: "matches no alert" } };
      }),
  ];
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

/** Whether a configuration has the same part. */
function isIn(part: Choosing, file: AlertmanagerFile): boolean {
  const textOf = ({ where, name, matchers }: Choosing) =>
    JSON.stringify([where, name, matchers.map(({ label, operator, value }) => [label, operator, value])]);
  return choosingIn(file).some((other) => textOf(other) === textOf(part));
}

/** A critical alert that a route does not find any more still reaches someone: who, the routing table tells. */
function unmatched(part: Choosing, file: string, before: MessageSide, after: MessageSide): Fault {
  const { where, place, name, matchers } = part;
  const alerts = namedIn(matchers, "alertname");
  const lost = alerts.filter((alert) => !hasAlert(after.world, alert));
  const labels = matchers.flatMap(({ label }) =>
    lostBy(label, chosenAlerts(before.alerts, matchers), after.alerts).map((alert) =>
      alertLabel(alert, label),
    ),
  );
  return {
    reader: {
      where: whereIn(file, where),
      name,
      place: placeIn(file, place),
      text: matchersInWords(matchers),
      consequence: "matches no alert any more",
      verdict: file === "" ? "block" : "warn",
    },
    names: [
      ...lost.map((alert) => `alert ${alert}`),
      ...namedIn(matchers, "service").map((service) => `service ${service}`),
      ...labels.map((label) => `label ${label}`),
    ],
    self:
      alerts.length > 0
        ? { kind: "alert", name: alerts.join("|"), change: "changed" }
        : { kind: where, name, change: "changed" },
  };
}

/** What chooses alerts still, and names one among others that is not there any more. */
function namesLost(part: Choosing, file: string, before: MessageSide, after: MessageSide): readonly Fault[] {
  return namedIn(part.matchers, "alertname")
    .filter((alert) => hasAlert(before.world, alert) && !hasAlert(after.world, alert))
    .map((alert) => ({
      reader: lessOf(part, file, before, after, `names ${alert}, which is not there any more`),
      names: [`alert ${alert}`],
      self: { kind: "alert", name: alert, change: "gone" },
    }));
}

/** What chooses others still, and not an alert that has lost a label that it asks for. */
function labelsLost(part: Choosing, file: string, before: MessageSide, after: MessageSide): readonly Fault[] {
  const { matchers, where, name } = part;
  const now = new Map(after.alerts.map((alert) => [alert.name, alert]));
  const isLost = ({ name: alert }: LabelledAlert) => {
    const other = now.get(alert);
    return other !== undefined && other.series.length > 0 && chosenOf(other, matchers).length === 0;
  };
  return chosenAlerts(before.alerts, matchers)
    .filter(isLost)
    .flatMap((alert) => {
      const labels = matchers
        .map(({ label }) => label)
        .filter((label) => hasLabel(alert, label) && lostBy(label, [alert], after.alerts).length > 0);
      if (labels.length === 0) return [];
      return {
        reader: lessOf(part, file, before, after, `does not match ${alert.name} any more`),
        names: labels.map((label) => `label ${alertLabel(alert.name, label)}`),
        self: { kind: where, name, change: "changed" },
      };
    });
}

function lessOf(
  part: Choosing,
  file: string,
  before: MessageSide,
  after: MessageSide,
  consequence: string,
): Fault["reader"] {
  return { ...unmatched(part, file, before, after).reader, consequence, verdict: "warn" };
}

function namedIn(matchers: readonly AlertMatcher[], wanted: string): readonly string[] {
  return matchers.filter(({ label }) => label === wanted).flatMap(({ value }) => value.split("|"));
}

function hasAlert({ rules }: World, alert: string): boolean {
  return rules.some(({ kind, name }) => kind === "alert" && name === alert);
}
