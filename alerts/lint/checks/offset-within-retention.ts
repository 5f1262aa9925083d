import { allNodesOf } from "../../../metrics/promql-analysis";
import { ofExpression, type Check } from "../rule";

/** An offset reaches back to samples that are still kept. */
export const offsetWithinRetention: Check = {
  name: "offset-within-retention",
  summary: "An offset is no longer than samples are kept.",
  check: ofExpression((expr, _, { retentionSeconds }) =>
    allNodesOf(expr).flatMap((node) => {
      const seconds = (node.kind === "selector" || node.kind === "subquery" ? node.offset?.seconds : 0) ?? 0;
      return seconds <= retentionSeconds
        ? []
        : [
            `The offset of ${String(seconds)} s reaches back to before the ${String(retentionSeconds)} s for which samples ` +
              "are kept: the rule never has data.",
          ];
    }),
  ),
};
