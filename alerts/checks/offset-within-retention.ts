import { nodesOf } from "./expression";
import { ofExpression } from "./rule";

/** An offset reaches back to samples that are still kept. */
export const offsetWithinRetention = ofExpression((expr, _, { retentionSeconds }) =>
  nodesOf(expr).flatMap((node) => {
    const offset = node.kind === "selector" || node.kind === "subquery" ? (node.offset ?? 0) : 0;
    return offset <= retentionSeconds
      ? []
      : [
          `The offset of ${String(offset)} s reaches back to before the ${String(retentionSeconds)} s for which samples ` +
            "are kept: the rule never has data.",
        ];
  }),
);
