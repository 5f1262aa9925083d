import { alertLabelFaults } from "./alert-label-reads";
import type { AlertmanagerFile } from "./alertmanager-file";
import { choosingFaults } from "./choosing";
import type { ForeignAlertmanager, MessageSide } from "./configurations";
import type { Fault } from "./fault";
import { heldBackFaults } from "./holding-back";
import { ruleTextFaults } from "./rule-texts";

/**
 * Routes and inhibitions that choose no alert any more, what reads labels that alerts have no more, and routes that name a
 * receiver or a time interval that is not there. Those of the version before tell which were so already.
 */
export function alertmanagerFaults(
  before: MessageSide,
  after: MessageSide,
  foreign: readonly ForeignAlertmanager[],
): readonly Fault[] {
  const [was, own] = [before.configuration, after.configuration];
  return [
    ...choosingFaults(before, after, foreign),
    ...heldBackFaults(before, after, foreign),
    ...alertLabelFaults(before, after, foreign),
    ...ruleTextFaults(before, after),
    ...unreached(own, was),
    ...missing(own, was),
  ];
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
