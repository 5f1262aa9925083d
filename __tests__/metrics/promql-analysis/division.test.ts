import { mayDivideByZero, parse, partsOf } from "../../../metrics/promql-analysis";

function dangers(text: string): boolean[] {
  return partsOf(parse(text).expr).flatMap(({ node, ancestors }) =>
    node.kind === "binary" && ["/", "%"].includes(node.op) ? [mayDivideByZero(node, ancestors)] : [],
  );
}

describe("a division by what may be 0", () => {
  it.each(["a / b", "a / sum(b)", "a % b", "a / (b < 1)", "a / (b > bool 0)", "a / 0", "a / b and c > 0"])(
    "is %s",
    (text) => {
      expect(dangers(text)).toEqual([true]);
    },
  );

  it.each([
    "a / 2",
    "a / (b > 0)",
    "a / sum by (job) (b > 0)",
    "a / count(b)",
    "a / clamp_min(b, 1)",
    "a / (b != 0)",
    "a / b and b > 0",
    "(a / b > 0.1) and b > 0",
    "b > 0 and a / b",
    "a / time()",
  ])("is not %s", (text) => {
    expect(dangers(text)).toEqual([false]);
  });
});
