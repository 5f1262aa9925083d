import { isAbsence, nodesOf } from "../../../metrics/promql-analysis";
import { ofExpression, type Check } from "../rule";

/** An alert on absence waits: after a start of Prometheus everything is absent. */
export const absentFor: Check = {
  name: "absent-for",
  summary: "An alert on absence waits for two scrapes.",
  check: ofExpression((expr, { kind, forSeconds }, { scrapeSeconds }) =>
    kind === "alert" &&
    forSeconds < 2 * scrapeSeconds &&
    nodesOf(expr, "call").some(({ name }) => isAbsence(name))
      ? ['absent() holds whenever Prometheus has just started: set "for".']
      : [],
  ),
};
