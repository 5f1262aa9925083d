import { storageOf, valuesAt } from "../../support/evaluated";

const storage = storageOf({
  'sent{depot="a",kind="x"}': [1, 2],
  'sent{depot="a",kind="y"}': [3, 4],
  'sent{depot="b",kind="x"}': [5, 6],
  'limit{depot="a",site="north"}': [10, 10],
  'limit{depot="b",site="south"}': [20, "stale"],
  'large{depot="a"}': [1e308],
  'large{depot="b"}': [1.5e308],
  'half{depot="a"}': [0.1],
  'half{depot="b"}': [1e16],
  'half{depot="c"}': [-1e16],
});

describe("aggregations", () => {
  it("add as exactly as Prometheus", async () => {
    expect(await valuesAt(storage, "sum(half)", [10])).toEqual({ "{}": [0.1] });
    expect(await valuesAt(storage, "sum(large)", [10])).toEqual({ "{}": [Infinity] });
    expect(await valuesAt(storage, "avg(large)", [10])).toEqual({ "{}": [1.25e308] });
  });

  it("group by labels, or by all but some, without the name", async () => {
    expect(await valuesAt(storage, "sum by (depot) (sent)", [10, 20])).toEqual({
      '{depot="a"}': [4, 6],
      '{depot="b"}': [5, 6],
    });
    expect(await valuesAt(storage, "count without (depot) (sent)", [10])).toEqual({
      '{kind="x"}': [2],
      '{kind="y"}': [1],
    });
  });

  it("choose series as they are", async () => {
    expect(await valuesAt(storage, "topk(1, sent)", [10])).toEqual({ 'sent{depot="b", kind="x"}': [5] });
    expect(await valuesAt(storage, "bottomk by (depot) (1, sent)", [10])).toEqual({
      'sent{depot="a", kind="x"}': [1],
      'sent{depot="b", kind="x"}': [5],
    });
    await expect(valuesAt(storage, "topk(NaN, sent)", [10])).rejects.toThrow("Parameter value is NaN");
  });

  it("count values, which are written as Prometheus writes them", async () => {
    expect(await valuesAt(storage, 'count_values("v", half * 1e6 > 0 or half < bool 0)', [10])).toEqual({
      '{v="100000"}': [1],
      '{v="10000000000000000000000"}': [1],
      '{v="1"}': [1],
    });
  });
});

describe("matching", () => {
  it("takes labels of the other side by grouping", async () => {
    const text = "sent / on (depot) group_left (site) limit";
    expect(await valuesAt(storage, text, [10, 20])).toEqual({
      '{depot="a", kind="x", site="north"}': [0.1, 0.2],
      '{depot="a", kind="y", site="north"}': [0.3, 0.4],
      '{depot="b", kind="x", site="south"}': [0.25, null],
    });
    expect(await valuesAt(storage, "limit > on (depot) group_right () sent", [10])).toEqual({
      'sent{depot="a", kind="x"}': [10],
      'sent{depot="a", kind="y"}': [10],
      'sent{depot="b", kind="x"}': [20],
    });
  });

  it("refuses what is ambiguous, with the expression and the time", async () => {
    await expect(valuesAt(storage, "limit / on (depot) sent", [10])).rejects.toThrow(
      'limit / on (depot) sent: found duplicate series for the match group {depot="a"} on the right hand-side',
    );
    await expect(valuesAt(storage, "sent / on (depot) limit", [10])).rejects.toThrow(
      "many-to-one matching must be explicit (group_left/group_right) (at 1970-01-01T00:00:10.000Z)",
    );
  });

  it("refuses two of one side even where nothing matches them, but not where the other side is empty", async () => {
    await expect(valuesAt(storage, 'limit{depot="b"} * on (depot) sent', [10])).rejects.toThrow("duplicate");
    expect(await valuesAt(storage, "nothing * on (depot) sent", [10])).toEqual({});
  });
});

describe("set operators", () => {
  it.each([
    ["limit and on (depot) sent > 4", { 'limit{depot="b", site="south"}': [20] }],
    ["limit unless on (depot) sent > 4", { 'limit{depot="a", site="north"}': [10] }],
    ['sent{kind="y"} or on () limit', { 'sent{depot="a", kind="y"}': [3] }],
    ["vector(1) or vector(2)", { "{}": [1] }],
  ])("%s", async (text, values) => {
    expect(await valuesAt(storage, text, [10])).toEqual(values);
  });

  it("or puts the same series of both sides together", async () => {
    expect(await valuesAt(storage, 'limit{depot="b"} or limit{depot="b"} offset 10s', [10, 20])).toEqual({
      'limit{depot="b", site="south"}': [20, 20],
    });
  });
});
