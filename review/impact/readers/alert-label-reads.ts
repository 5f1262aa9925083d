import { alertLabel } from "../changes/alert-labels";
import type { Reader, SubjectKind } from "../impact";
import { placeIn, readingFiles, whereIn } from "./configurations";
import type { ForeignAlertmanager, MessageSide, ReadingFile } from "./configurations";
import type { Fault } from "./fault";
import { chosenAlerts, hasLabel, lostBy, type LabelledAlert } from "./labelled-alerts";
import { templateReads } from "./message-templates";

/** A label that is read by its name: in `group_by`, in `equal`, in a template. */
interface LabelRead {
  readonly kind: SubjectKind & ("route" | "inhibition" | "template");
  readonly label: string;
  readonly reader: Pick<Reader, "where" | "name" | "place" | "text">;
  /** Which of some alerts it is read of. */
  readonly of: (alerts: readonly LabelledAlert[]) => readonly LabelledAlert[];
  /** What becomes of it where an alert has the label no more. */
  readonly without: (alert: string) => string;
  /** What becomes of it where none has. */
  readonly withoutAny: string;
}

/** Labels that routes group by, inhibitions compare and messages show, and that their alerts have no more. */
export function alertLabelFaults(
  before: MessageSide,
  after: MessageSide,
  foreign: readonly ForeignAlertmanager[],
): readonly Fault[] {
  const known = new Set(readsOf(before, []).map(keyOf));
  return readsOf(after, foreign).flatMap((read) => faultsOf(read, before, after, !known.has(keyOf(read))));
}

function keyOf({ kind, label, reader }: LabelRead): string {
  return JSON.stringify([kind, label, reader.name, reader.text]);
}

function faultsOf(
  read: LabelRead,
  before: MessageSide,
  after: MessageSide,
  isNew: boolean,
): readonly Fault[] {
  const { kind, label, reader } = read;
  const [old, now] = [read.of(before.alerts), read.of(after.alerts)];
  const isThere = now.some((alert) => hasLabel(alert, label));
  const had = old.filter((alert) => hasLabel(alert, label));
  // A foreign configuration may read labels of alerts that are not ours.
  const isMistaken = isNew && !isThere && !reader.where.startsWith("foreign") && now.length > 0;
  if (!isThere && (had.length > 0 || isMistaken)) {
    return [
      {
        reader: { ...reader, consequence: read.withoutAny, verdict: "warn" },
        names: had.flatMap(({ name }) => [`label ${alertLabel(name, label)}`, `alert ${name}`]),
        self: { kind, name: reader.name, change: "changed" },
      },
    ];
  }
  return lostBy(label, had, now).map((alert) => ({
    reader: { ...reader, consequence: read.without(alert), verdict: "warn" },
    names: [`label ${alertLabel(alert, label)}`],
    self: { kind, name: reader.name, change: "changed" },
  }));
}

function readsOf(side: MessageSide, foreign: readonly ForeignAlertmanager[]): readonly LabelRead[] {
  return [
    ...readingFiles(side, foreign).flatMap((file) => [...groupings(file), ...comparisons(file)]),
    ...readingFiles(side, foreign).flatMap((file) =>
      templated(file, file.file === "" ? side.version.templates : ""),
    ),
  ];
}

function groupings({ file, configuration }: ReadingFile): readonly LabelRead[] {
  return configuration.routes.flatMap(({ place, receiver = "", matchers, groupBy }) =>
    groupBy
      .filter((label) => label !== "...")
      .map((label) => ({
        kind: "route",
        label,
        reader: {
          where: whereIn(file, "route"),
          name: receiver,
          place: placeIn(file, place),
          text: `group_by: ${groupBy.join(", ")}`,
        },
        of: (alerts) => chosenAlerts(alerts, matchers),
        without: (alert) => `puts ${alert} together that had another ${label}`,
        withoutAny: `groups by ${label}, which no alert of it has`,
      })),
  );
}

function comparisons({ file, configuration }: ReadingFile): readonly LabelRead[] {
  return configuration.inhibitions.flatMap(({ place, source, target, equal }) =>
    equal.map((label) => ({
      kind: "inhibition",
      label,
      reader: {
        where: whereIn(file, "inhibition"),
        name: "equal",
        place: placeIn(file, place),
        text: `equal: ${equal.join(", ")}`,
      },
      of: (alerts) => {
        const chosen = [source, target].flatMap((matchers) => chosenAlerts(alerts, matchers));
        return [...new Map(chosen.map((alert) => [alert.name, alert])).values()];
      },
      without: (alert) => `compares ${label}, which ${alert} has no more`,
      withoutAny: `compares ${label}, which no alert of it has: all are equal in it`,
    })),
  );
}

function templated({ file, configuration }: ReadingFile, templates: string): readonly LabelRead[] {
  return templateReads(templates, configuration).map(({ place, label, text }) => ({
    kind: "template",
    label,
    reader: { where: whereIn(file, "template"), name: place, place: placeIn(file, place), text },
    of: (alerts) => alerts,
    without: (alert) => `shows no ${label} of ${alert} any more`,
    withoutAny: `shows ${label}, which no alert has`,
  }));
}
