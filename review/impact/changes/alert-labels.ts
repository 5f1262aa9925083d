import { lostBy, type LabelledAlert } from "../readers/labelled-alerts";
import type { ChangedThing } from "./thing";

/** Labels that an alert had and has no more, as its rule or its expression lost them. They are told where something reads them. */
export function changedAlertLabels(
  before: readonly LabelledAlert[],
  after: readonly LabelledAlert[],
): readonly ChangedThing[] {
  const labels = new Set(before.flatMap(({ series }) => series.flatMap((each) => [...each.labels.keys()])));
  return [...labels].flatMap((label) =>
    lostBy(label, before, after).map((alert): ChangedThing => ({
      subject: { kind: "label", name: alertLabel(alert, label), change: "gone" },
      note: "A label of the alert.",
      isToldWhereRead: true,
      words: [],
      explains: (reason) =>
        reason.kind === "label" && reason.series.startsWith("ALERTS") && reason.label === label,
    })),
  );
}

/** The name of an alert's label: `ParcelsLate{depot}`. */
export function alertLabel(alert: string, label: string): string {
  return `${alert}{${label}}`;
}
