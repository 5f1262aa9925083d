import { alertWith, messagesOf, messagesOn } from "../../support/rule-findings";
import { catalogue } from "../../support/system";

const misspelt = "http_requests_total".replace("s_total", "_total");

describe("catalogue", () => {
  it("is open for the rules of others", () => {
    expect(messagesOn("catalogue", 'foreign{pod="a"} == 0')).toEqual([]);
  });

  it.each([
    [
      `${misspelt} == 0`,
      `no metric ${misspelt}, and no rule records it; did you mean "http_requests_total"?`,
    ],
    ['up{pod="a"} == 0', "up has no label pod: it has"],
    ["sum by (pod) (up) == 0", "sum groups by pod, which there is not"],
  ])("finds what is not in it in %s", (expr, message) => {
    expect(messagesOn("catalogue", expr, { catalogue })[0]).toContain(message);
  });

  it("knows what rules record, and what Prometheus writes of alerts", () => {
    const record = { record: "job:up:sum", expr: "sum by (job) (up)" };
    const rules = [
      record,
      alertWith({ expr: 'job:up:sum{job="a"} == 0 or ALERTS{alertstate="firing"} == 1' }),
    ];
    expect(messagesOf("catalogue", rules, { catalogue })).toEqual([]);
  });
});

describe("feature", () => {
  it("finds what needs a flag where the flags are told", () => {
    const expr = "limit_ratio(0.1, up) == 0";
    expect(messagesOn("feature", expr)).toEqual([]);
    expect(messagesOn("feature", expr, { features: ["promql-duration-expr"] })).toHaveLength(1);
    expect(messagesOn("feature", expr, { features: ["promql-experimental-functions"] })).toEqual([]);
  });
});
