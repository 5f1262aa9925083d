import { storageOf, valuesAt } from "../../support/evaluated";

// Samples are at 10 s, 20 s, …
const storage = storageOf({
  parcels: [1, 2, 3, null, null, null, 7],
  ended: [1, 2, "stale", null, 5],
  'sent{depot="a"}': [1, 1, 1],
  'sent{depot="b"}': [2, 2, 2],
  sent: [3, 3, 3],
});

describe("an instant selector", () => {
  it("gives the newest sample that is younger than the lookback, and not of exactly that age", async () => {
    expect(await valuesAt(storage, "parcels", [9, 10, 11])).toEqual({ parcels: [null, 1, 1] });
    expect(await valuesAt(storage, "parcels", [59, 60, 61], { lookback: 30_000 })).toEqual({
      parcels: [3, null, null],
    });
  });

  it("gives nothing from a marker of staleness to the next sample", async () => {
    expect(await valuesAt(storage, "ended", [20, 30, 40, 50])).toEqual({ ended: [2, null, null, 5] });
  });

  it("looks back by offset, ahead by a negative one, and at the time of @", async () => {
    expect(await valuesAt(storage, "parcels offset 10s", [20, 30])).toEqual({ parcels: [1, 2] });
    expect(await valuesAt(storage, "parcels offset -10s", [10, 20])).toEqual({ parcels: [2, 3] });
    expect(await valuesAt(storage, "parcels @ 20", [30, 40])).toEqual({ parcels: [2, 2] });
    expect(await valuesAt(storage, "parcels @ end()", [10, 20, 30])).toEqual({ parcels: [3, 3, 3] });
  });

  it("has its own start and end at each time where each is a query by itself", async () => {
    const instants = { instants: true };
    expect(await valuesAt(storage, "parcels @ end()", [10, 20, 30], instants)).toEqual({
      parcels: [1, 2, 3],
    });
    expect(
      await valuesAt(storage, "max_over_time((parcels @ end())[20s:10s])", [10, 20, 30], instants),
    ).toEqual({
      "{}": [1, 2, 3],
    });
  });

  it.each([
    ['sent{depot=""}', ["sent"]],
    ['sent{depot!=""}', ['sent{depot="a"}', 'sent{depot="b"}']],
    ['sent{depot=~"a|"}', ["sent", 'sent{depot="a"}']],
    ['sent{depot!~"a.*"}', ["sent", 'sent{depot="b"}']],
    ['{__name__=~"se.*",depot="a"}', ['sent{depot="a"}']],
    ['{__name__="",depot="a"}', []],
  ])("%s takes a missing label for an empty one", async (text, found) => {
    expect(Object.keys(await valuesAt(storage, text, [10])).sort()).toEqual(found);
  });
});

describe("a range", () => {
  it("leaves out what is exactly at its left end, and takes what is at its right one", async () => {
    expect(await valuesAt(storage, "count_over_time(parcels[20s])", [20, 30, 40])).toEqual({
      "{}": [2, 2, 1],
    });
  });

  it("of a subquery is at multiples of its step, whatever the time", async () => {
    // At 32 s these are 20 s and 30 s: not 32 s, and not 12 s, which its left end is.
    expect(await valuesAt(storage, "sum_over_time(parcels[20s:10s])", [32])).toEqual({ "{}": [2 + 3] });
    expect(await valuesAt(storage, "sum_over_time(timestamp(parcels)[20s:10s])", [30])).toEqual({
      "{}": [20 + 30],
    });
    expect(await valuesAt(storage, "count_over_time(parcels[60s:])", [70], { subqueryStep: 20_000 })).toEqual(
      {
        "{}": [3],
      },
    );
  });
});
