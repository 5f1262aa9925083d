import { alertLabel } from "../changes/alert-labels";
import { mayHave, shared, valuesOf, type PossibleSeries } from "../series/possible";
import type { ReadInhibition } from "./alertmanager-file";
import { matchersInWords, placeIn, readingFiles, whereIn } from "./configurations";
import type { ForeignAlertmanager, MessageSide } from "./configurations";
import type { Fault } from "./fault";
import { chosenAlerts, type LabelledAlert } from "./labelled-alerts";

/**
 * Alerts that an inhibition held back and cannot any more, as labels that must be equal are gone of one side. A part that
 * matches no alert at all is told by its matchers.
 */
export function heldBackFaults(
  before: MessageSide,
  after: MessageSide,
  foreign: readonly ForeignAlertmanager[],
): readonly Fault[] {
  return readingFiles(after, foreign).flatMap(({ file, configuration }) =>
    configuration.inhibitions.flatMap((inhibition) => freed(inhibition, file, before, after)),
  );
}

function freed(
  inhibition: ReadInhibition,
  file: string,
  before: MessageSide,
  after: MessageSide,
): readonly Fault[] {
  const { source, target, equal, place } = inhibition;
  const [old, now] = [before, after].map(({ alerts }) => ({
    sources: chosenAlerts(alerts, source),
    targets: chosenAlerts(alerts, target),
  })) as [Sides, Sides];
  if (now.sources.length === 0 || now.targets.length === 0) return [];
  const held = old.targets.filter((alert) => sourcesOf(alert, old, equal).length > 0);
  const isHeld = (alert: LabelledAlert) => sourcesOf(alert, now, equal).length > 0;
  const lost = held.filter(({ name }) => now.targets.some((alert) => alert.name === name && !isHeld(alert)));
  const isNone = lost.length > 0 && !now.targets.some(isHeld);
  return lost.map((alert) => {
    const sources = sourcesOf(alert, old, equal);
    return {
      reader: {
        where: whereIn(file, "inhibition"),
        name: "equal",
        place: placeIn(file, place),
        text: `${matchersInWords(source)} holds back ${matchersInWords(target)}, equal: ${equal.join(", ")}`,
        consequence: isNone ? "can hold back nothing any more" : `does not hold back ${alert.name} any more`,
        verdict: isNone && file === "" ? "block" : "warn",
      },
      names: [
        ...sources.map((name) => `alert ${name}`),
        ...[alert.name, ...sources].flatMap((name) =>
          equal.map((label) => `label ${alertLabel(name, label)}`),
        ),
      ],
      self: { kind: "inhibition", name: place, change: "changed" },
    };
  });
}

interface Sides {
  readonly sources: readonly LabelledAlert[];
  readonly targets: readonly LabelledAlert[];
}

/** Names of the alerts that can hold back an alert. */
function sourcesOf(target: LabelledAlert, { sources }: Sides, equal: readonly string[]): readonly string[] {
  return sources
    .filter(({ series }) =>
      series.some((one) => target.series.some((other) => equal.every((label) => agree(one, other, label)))),
    )
    .map(({ name }) => name);
}

/** Whether two may have the same value of a label. A label whose values nobody lists is there; two without it agree. */
function agree(one: PossibleSeries, other: PossibleSeries, label: string): boolean {
  const isUnknown = ({ labels, isOpen }: PossibleSeries) => isOpen && !labels.has(label);
  if (isUnknown(one) || isUnknown(other)) return true;
  if (mayHave(one, label) !== mayHave(other, label)) {
    const lists = [one, other].map((each) => valuesOf(each, label));
    if (lists.includes("any")) return false;
  }
  return shared(valuesOf(one, label), valuesOf(other, label)) !== undefined;
}
