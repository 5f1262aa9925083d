import type { Check } from "./rule";

/** An alert waits for two scrapes: one that failed, or one odd sample, is no fault. */
export const forTwoScrapes: Check = ({ kind, labels, for: seconds = 0 }, { scrapeSeconds }) =>
  kind === "record" || labels.severity === "none" || seconds >= 2 * scrapeSeconds
    ? []
    : [
        `The alert waits for ${String(seconds)} s: set "for" to at least two scrapes, ${String(2 * scrapeSeconds)} s.`,
      ];
