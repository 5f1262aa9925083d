import { messagesOn } from "../../support/rule-findings";

describe("range-two-scrapes", () => {
  it("finds a range in which there may be one sample", () => {
    expect(messagesOn("range-two-scrapes", "rate(x_total[20s]) > 0")[0]).toContain(
      "x_total[20s] may hold one",
    );
  });

  it.each(["rate(x_total[30]) > 0", "last_over_time(x[15s]) > 0", "rate(x_total[step()]) > 0"])(
    "lets %s be",
    (expr) => {
      expect(messagesOn("range-two-scrapes", expr)).toEqual([]);
    },
  );
});

describe("offset-within-retention", () => {
  it("finds an offset to before what is kept, in whatever form", () => {
    expect(messagesOn("offset-within-retention", "up < up offset 16d")).toHaveLength(1);
    expect(messagesOn("offset-within-retention", "up < up offset (8d * 2)")).toHaveLength(1);
    expect(messagesOn("offset-within-retention", "up < up offset +1h")).toEqual([]);
    expect(messagesOn("offset-within-retention", "up < up offset 16d", { retention: "30d" })).toEqual([]);
  });
});
