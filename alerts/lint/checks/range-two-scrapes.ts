import { nodesOf, type Selector } from "../../../metrics/promql-analysis";
import { ofExpression, type Check } from "../rule";

/** Functions that compare samples with each other. Of one sample they make nothing. */
const ofSeveralSamples: ReadonlySet<string> = new Set([
  "rate",
  "irate",
  "increase",
  "delta",
  "idelta",
  "deriv",
  "predict_linear",
  "double_exponential_smoothing",
  "changes",
  "resets",
]);

/** A range holds two samples: with one there is no rate. */
export const rangeTwoScrapes: Check = {
  name: "range-two-scrapes",
  summary: "A range of which a rate or a change is taken holds two scrapes.",
  check: ofExpression((expr, _, { scrapeSeconds }) =>
    nodesOf(expr, "call")
      .filter(({ name }) => ofSeveralSamples.has(name))
      .flatMap(({ args }) => args.filter((arg): arg is Selector => arg.kind === "selector"))
      .flatMap(({ name, range }) =>
        range?.seconds === undefined || range.seconds >= 2 * scrapeSeconds
          ? []
          : [
              `${name}[${String(range.seconds)}s] may hold one sample only: ` +
                `take at least two scrapes, ${String(2 * scrapeSeconds)} s.`,
            ],
      ),
  ),
};
