import { selectorsIn } from "./expression";
import { ofExpression } from "./rule";

/** A range holds two samples: with one there is no rate. */
export const rangeTwoScrapes = ofExpression((expr, _, { scrapeSeconds }) =>
  selectorsIn(expr).flatMap(({ name, range }) =>
    range === undefined || range >= 2 * scrapeSeconds
      ? []
      : [
          `${name}[${String(range)}s] may hold one sample only: ` +
            `take at least two scrapes, ${String(2 * scrapeSeconds)} s.`,
        ],
  ),
);
