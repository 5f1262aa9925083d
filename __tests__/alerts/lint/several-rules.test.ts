import { alertWith, messagesOf } from "../../support/rule-findings";

const record = { record: "job:up:sum", expr: "sum by (job) (up)" };
const reader = alertWith({ expr: "job:up:sum == 0" });

describe("duplicates", () => {
  it("finds the same series of the same series", () => {
    expect(messagesOf("duplicates", [record, record])).toHaveLength(1);
    expect(messagesOf("duplicates", [alertWith({}), alertWith({ expr: "up < 1" })])).toHaveLength(1);
  });

  it("lets rules of other series be", () => {
    const [first, second] = ["2..", "5.."].map((code) => ({
      record: "code:requests:rate5m",
      expr: `sum by (code) (rate(requests_total{code=~"${code}"}[5m]))`,
    }));
    expect(messagesOf("duplicates", [first ?? {}, second ?? {}])).toEqual([]);
  });
});

describe("dependency-order", () => {
  it("finds a reader before its record", () => {
    expect(messagesOf("dependency-order", [reader, record])).toHaveLength(1);
    expect(messagesOf("dependency-order", [record, reader])).toEqual([]);
  });

  it("lets be what an earlier rule records as well, and a rule that reads itself", () => {
    expect(messagesOf("dependency-order", [record, reader, { ...record, labels: { a: "b" } }])).toEqual([]);
    expect(messagesOf("dependency-order", [{ record: "a:b:c", expr: "a:b:c + 1" }])).toEqual([]);
  });
});

describe("unread-records", () => {
  it("asks only where it is told what dashboards read", () => {
    expect(messagesOf("unread-records", [record])).toEqual([]);
    expect(messagesOf("unread-records", [record], { readElsewhere: [] })).toHaveLength(1);
    expect(messagesOf("unread-records", [record], { readElsewhere: ["job:up:sum"] })).toEqual([]);
  });
});
