import { alertWith, messagesOf, messagesOn } from "../../support/rule-findings";

describe("comparison", () => {
  it.each(["up", "up == bool 0", "rate(x[5m])", "up == 0 or up", "a and b"])("asks for one in %s", (expr) => {
    expect(messagesOn("comparison", expr)).toHaveLength(1);
  });

  it.each([
    "up == 0",
    "a unless on (pod) b",
    "absent(a)",
    "a and b > 1",
    "sum(a > 1)",
    'label_replace(a > 1, "b", "", "", "")',
  ])("is there in %s", (expr) => {
    expect(messagesOn("comparison", expr)).toEqual([]);
  });

  it("is not needed where an alert is meant to fire for ever", () => {
    expect(messagesOn("comparison", "vector(1)")).toEqual([]);
    expect(messagesOf("comparison", [alertWith({ expr: "up", labels: { severity: "none" } })])).toEqual([]);
  });
});
