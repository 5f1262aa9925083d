import { messagesOn } from "../../support/rule-findings";

describe("syntax", () => {
  it.each([
    ["rate(x) > 0", 'expected type range vector in call to function "rate", got instant vector'],
    ["rate(sum(x[5m])) > 0", "expected type instant vector in aggregation expression, got range vector"],
    ["histogram_quantile(rate(x_bucket[5m]), 0.9) > 1", "expected type scalar"],
    ["{} > 0", "at least one non-empty matcher"],
    ["x[5m] > 0", "must contain only scalar and instant vector types"],
    ["sum(x, y) > 0", "wrong number of arguments for aggregate expression"],
    ["topk(up) > 0", "expected type scalar in aggregation parameter"],
    ['"a" > 1', "must contain only scalar and instant vector types"],
    ["1 > 0", "must use BOOL modifier"],
    ["round(x, 0.1, 2) > 0", "expected at most 2 argument(s)"],
    ["absent(x[5m]) > 0", "got range vector"],
    ['x{job=~"("} > 0', "error parsing regexp: missing closing )"],
  ])("%s", (expr, message) => {
    expect(messagesOn("syntax", expr).join("\n")).toContain(message);
  });

  it("says where", () => {
    expect(messagesOn("syntax", "rate(x) > 0")[0]).toContain('no PromQL at character 6, "x": ');
  });

  it.each([
    "up == 0 # down",
    "# all\nup == 0",
    "x > 2.",
    "x > 1./6.",
    "rate(x[300]) > 0",
    "rate(x[5m * 2]) > 0",
  ])("takes %j", (expr) => {
    expect(messagesOn("syntax", expr)).toEqual([]);
  });
});
