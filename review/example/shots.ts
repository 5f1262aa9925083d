import type { PartName } from "../page/verdicts";
import type { Shot } from "./pictures";

/** What the documents show of an example. */
export interface ShownExample {
  /** The parts of the page whose sentence they quote. */
  readonly says: readonly PartName[];
  readonly shot: Omit<Shot, "change">;
}

const messages = { from: "#alerts-heading", to: '.calendar[data-side="after"]' };

/** What the documents show of each example, by the change's name. */
export const shownExamples: Readonly<Record<string, ShownExample>> = {
  threshold: { says: ["alerts"], shot: messages },
  rename: { says: ["alerts", "impact"], shot: { from: "#impact-heading", to: "#impact" } },
  route: {
    says: ["alerts", "looks"],
    shot: { from: 'h3:text-is("Who is told")', to: '[aria-label="Routes that change"]' },
  },
  panel: {
    says: ["alerts", "looks"],
    shot: {
      from: 'h3:text-is("Dashboards")',
      to: "#looks .folds",
      unfold: "#looks .folds > details",
      width: 1_100,
    },
  },
  mistake: { says: ["alerts", "impact"], shot: messages },
};
