import type { Course } from "../../../demo/faults/fault";
import { bestEnd, bestResolved, bestTimes, forecast } from "../../../demo/timing/best";
import { rangeOf, type Timing } from "../../../demo/timing/intervals";

// Scrapes at 1.0, 2.0, … s and evaluations at 1.5, 2.5, … s; a scrape takes 100 ms.
const timing: Timing = {
  intervals: { scrape: 1_000, evaluation: 1_000, holds: 4_000, stays: 2_500, range: 20_000 },
  phases: { scraped: 1_000, scrapeTakes: 100, evaluated: 1_500 },
};

/** A fault that takes at least so many seconds to be seen and to be gone, and at most one more. */
function courseOf(onset: number, outlast: number): Course {
  return { onset: { least: onset, most: onset + 1 }, outlast: { least: outlast, most: outlast + 1 } };
}

describe("the best that the intervals make possible", () => {
  it("is the next scrape, the evaluation after it, and as long as the rule holds", () => {
    expect(bestTimes(3_200, timing)).toEqual({ pending: 4_500, firing: 8_500 });
  });

  it("is an evaluation later where the scrape ends after the next one", () => {
    const late: Timing = { ...timing, phases: { ...timing.phases, scrapeTakes: 510 } };
    expect(bestTimes(3_200, late).pending).toBe(5_500);
  });

  it("waits until the condition can hold, as early as a scrape before it does on the whole", () => {
    expect(bestTimes(3_200, timing, courseOf(3, 0)).pending).toBe(6_500);
    expect(bestTimes(3_200, timing, courseOf(0.5, 0)).pending).toBe(4_500);
  });

  it("holds in whole evaluations", () => {
    const odd: Timing = { ...timing, intervals: { ...timing.intervals, holds: 4_200 } };
    expect(bestTimes(3_200, odd).firing).toBe(9_500);
  });

  it("ends as late as what the rule looks back on, and for how long the alert stays", () => {
    expect(bestEnd(10_300, timing)).toBe(14_500);
    expect(bestEnd(10_300, timing, courseOf(0, 17))).toBe(30_500);
  });

  it("tells of the end when the group is looked at the next time", () => {
    expect(bestResolved(9_000, 14_500, 4_000)).toBe(17_000);
    expect(bestResolved(9_000, 9_100, 4_000)).toBe(13_000);
    expect(bestResolved(9_000, 8_000, 4_000)).toBe(13_000);
  });
});

it("forecasts from the best to an interval of each more", () => {
  expect(forecast(timing.intervals, 1_300, 4_000)).toEqual({
    pending: { least: 0, most: 2_000 },
    firing: { least: 4_000, most: 6_000 },
    message: { least: 5_300, most: 7_300 },
    resolved: { least: 3_000, most: 9_000 },
  });
  expect(forecast(timing.intervals, 0, 4_000, courseOf(3, 17))).toMatchObject({
    pending: { least: 2_000, most: 6_000 },
    resolved: { least: 19_000, most: 27_000 },
  });
});

it("finds what a rule looks back on, in the recorded series that it reads too", () => {
  const rules = [
    {
      type: "recording",
      name: "service:errors:ratio_rate5m",
      query: "sum(rate(a[20s])) / sum(rate(b[1m20s]))",
    },
    { type: "recording", name: "service:other:rate1h", query: "rate(a[4m])" },
  ] as const;
  expect(rangeOf({ query: "service:errors:ratio_rate5m > 0.05" }, rules)).toBe(80);
  expect(rangeOf({ query: "increase(c[15m:500ms]) > 1" }, rules)).toBe(900);
  expect(rangeOf({ query: "max by (service) (up) == 0" }, rules)).toBe(0);
});
