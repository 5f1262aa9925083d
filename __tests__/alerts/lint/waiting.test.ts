import { alertWith, messagesOf } from "../../support/rule-findings";

const waits = (expr: string, wait?: string | number) =>
  messagesOf("for-two-scrapes", [alertWith({ expr, for: wait })]);

describe("for-two-scrapes", () => {
  it.each([undefined, 0, "0", "0s", "29s"])("asks to wait longer than %j", (wait) => {
    expect(waits("up == 0", wait)[0]).toContain("at least two scrapes, 30 s");
  });

  it("lets be what looks back over two scrapes by itself", () => {
    expect(waits("increase(x_total[5m]) > 0")).toEqual([]);
    expect(waits("max_over_time(up[5m:15s]) == 0")).toEqual([]);
    expect(waits("rate(x_total[5m]) > 0 and up == 0")).toHaveLength(1);
  });
});

describe("absent-for", () => {
  it("asks an alert on absence to wait", () => {
    expect(messagesOf("absent-for", [alertWith({ expr: "absent(x)", for: 0 })])).toHaveLength(1);
    expect(messagesOf("absent-for", [alertWith({ expr: "absent(x)" })])).toEqual([]);
  });
});
