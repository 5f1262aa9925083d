import { differingSeries, differingValues, type Round } from "./compared-dashboards";

function round(here: number, there: number): Round {
  return {
    series: new Map([["hosts/Memory: A", { here: 1, there: 1 }]]),
    values: new Map([["hosts/Memory: A {}", { here, there }]]),
  };
}

describe("dashboards that are compared", () => {
  it("have a value that is the same in one round", () => {
    expect(differingValues([round(1, 2), round(2, 2.05)], 0.05)).toEqual([]);
  });

  it("have a wrong value, though it changes, and was the right one of another round", () => {
    expect(differingValues([round(1, 1.1), round(1.1, 1.21), round(1, 1.1)], 0.05)).toEqual([
      "hosts/Memory: A {}: 1 and 1.1, then 1.1 and 1.21, then 1 and 1.1",
    ]);
    expect(differingValues([round(1, NaN)], 0.05)).toHaveLength(1);
  });

  it("have a query that gave another number of series in each round", () => {
    const other: Round = { series: new Map([["hosts/Memory: A", { here: 1, there: 0 }]]), values: new Map() };
    expect(differingSeries([other])).toEqual(["hosts/Memory: A: 1 and 0"]);
    expect(differingSeries([other, round(1, 1)])).toEqual([]);
  });
});
