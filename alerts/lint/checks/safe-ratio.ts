import {
  counterRates,
  mayDivideByZero,
  nodesOf,
  partsOf,
  textAt,
  type Expression,
} from "../../../metrics/promql-analysis";
import { ofExpression, type Check } from "../rule";

const longest = 100;

/** A rate is 0 wherever nothing happens: what is divided by it is infinite, and an alert on it fires. */
export const safeRatio: Check = {
  name: "safe-ratio",
  summary: "A ratio of two rates asks that what it divides by is above 0.",
  check: ofExpression((expr, { parsed }) =>
    partsOf(expr).flatMap(({ node, ancestors }) =>
      node.kind === "binary" && hasRate(node.left) && hasRate(node.right) && mayDivideByZero(node, ancestors)
        ? [
            `${shortened(textAt(parsed, node.right))} may be 0, as nothing happens at times: divide by (… > 0).`,
          ]
        : [],
    ),
  ),
};

function hasRate(expr: Expression): boolean {
  return nodesOf(expr, "call").some(({ name }) => counterRates.has(name));
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
