import { nodesOf } from "./expression";
import { ofExpression } from "./rule";

/** An alert on absence waits: after a start of Prometheus everything is absent. */
export const absentFor = ofExpression((expr, { kind, for: seconds = 0 }, { scrapeSeconds }) => {
  const isAbsent = nodesOf(expr).some((node) => node.kind === "call" && node.name.startsWith("absent"));
  return kind === "alert" && isAbsent && seconds < 2 * scrapeSeconds
    ? ['absent() holds whenever Prometheus has just started: set "for".']
    : [];
});
