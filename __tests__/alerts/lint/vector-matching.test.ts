import { messagesOn } from "../../support/rule-findings";

describe("vector-matching", () => {
  it.each([
    "sum by (job) (a) / sum by (service) (b) > 1",
    "sum by (job) (a) / on (instance) b > 1",
    "sum by (job) (a) unless sum by (pod) (b)",
  ])("finds that nothing matches in %s", (expr) => {
    expect(messagesOn("vector-matching", expr)).toHaveLength(1);
  });

  it.each([
    "a / b > 1",
    'sum by (job) (a) == 0 or absent(b{zone="z"})',
    "sum by (job) (a) / b > 1",
    "(sum by (job) (a) or sum by (pod) (b)) / sum by (job) (c) > 1",
    "a unless on (pod) b",
    "sum by (job) (a) / on () group_left () sum(b) > 1",
  ])("lets %s be", (expr) => {
    expect(messagesOn("vector-matching", expr)).toEqual([]);
  });
});
