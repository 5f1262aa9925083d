import { alertWith, messagesOf, messagesOn } from "../../support/rule-findings";
import { catalogue } from "../../support/system";

describe("rate-of-counter", () => {
  it("finds a rate of what a rule records as a sum", () => {
    const record = { record: "job:requests:sum", expr: "sum by (job) (requests_total)" };
    const alert = alertWith({ expr: "rate(job:requests:sum[5m]) > 1" });
    expect(messagesOf("rate-of-counter", [record, alert])[0]).toContain("recorded series job:requests:sum");
  });

  it("takes a name with a colon that no rule records for an exporter's", () => {
    expect(messagesOn("rate-of-counter", "rate(envoy:requests:total[5m]) > 1")).toEqual([]);
  });

  it("finds a rate of an aggregation, not of a subquery of a counter", () => {
    expect(messagesOn("rate-of-counter", "rate(max by (job) (x_total)[5m:]) > 1")[0]).toContain(
      "an aggregation",
    );
    expect(messagesOn("rate-of-counter", "rate(x_total[5m:1m]) > 1")).toEqual([]);
  });

  it("knows gauges with the catalogue only", () => {
    expect(messagesOn("rate-of-counter", "rate(node_load1[5m]) > 1", { catalogue })).toHaveLength(1);
    expect(messagesOn("rate-of-counter", "rate(node_load1[5m]) > 1")).toEqual([]);
  });
});
