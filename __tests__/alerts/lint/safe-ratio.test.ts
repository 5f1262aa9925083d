import { messagesOn } from "../../support/rule-findings";

describe("safe-ratio", () => {
  it("finds a ratio of two rates without a guard", () => {
    expect(messagesOn("safe-ratio", "rate(a_total[5m]) / rate(b_total[5m]) > 0.1")).toEqual([
      "rate(b_total[5m]) may be 0, as nothing happens at times: divide by (… > 0).",
    ]);
    expect(messagesOn("safe-ratio", "sum(rate(a_total[5m])) / sum(rate(b_total[5m])) > 0.1")).toHaveLength(1);
  });

  it.each([
    "rate(a_total[5m]) / (rate(b_total[5m]) > 0) > 0.1",
    "rate(a_total[5m]) / rate(b_total[5m]) > 0.1 and rate(b_total[5m]) > 0",
    "memory_used / memory_limit > 0.9",
    "rate(a_total[5m]) / 100 > 1",
  ])("lets %s be", (expr) => {
    expect(messagesOn("safe-ratio", expr)).toEqual([]);
  });
});
