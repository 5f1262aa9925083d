import fc from "fast-check";
import { changedLines } from "../../../review/page/changed-lines";
import { curveOf } from "../../../review/page/curve";
import { timeTicks, valueTicks } from "../../../review/page/html/axis";
import { clip, difference, duration, list, short } from "../../../review/page/words";
import { isNightHour, longTime, zonedAt } from "../../../review/page/zoned";

describe("times in a zone", () => {
  it("follow summer time, to the minute", () => {
    const at = (iso: string) => longTime(Date.parse(iso), "Europe/Berlin");
    expect(at("2026-10-25T00:59:00Z")).toBe("Sun 25 Oct 2026 2:59 UTC+02:00");
    expect(at("2026-10-25T01:00:00Z")).toBe("Sun 25 Oct 2026 2:00 UTC+01:00");
    expect(longTime(0, "utc")).toBe("Thu 1 Jan 1970 0:00 UTC+00:00");
    expect(longTime(Date.parse("2026-07-01T00:00:00Z"), "Asia/Kolkata")).toMatch(/5:30 UTC\+05:30$/);
    expect(longTime(Date.parse("2026-07-01T00:00:00Z"), "America/St_Johns")).toMatch(/21:30 UTC-02:30$/);
  });

  it("are those of Intl at any time and zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.constantFrom("Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu"),
        (seconds, zone) => {
          const parts = new Intl.DateTimeFormat("en-GB", {
            timeZone: zone,
            hourCycle: "h23",
            hour: "numeric",
            minute: "numeric",
            day: "numeric",
          }).formatToParts(seconds * 1_000);
          const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
          const { day, hour, minute } = zonedAt(seconds * 1_000, zone);
          expect([Number(day.slice(8)), hour, minute]).toEqual([part("day"), part("hour"), part("minute")]);
        },
      ),
    );
  });

  it("the night is from 22:00 to 7:00", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    expect(hours.filter(isNightHour)).toEqual([0, 1, 2, 3, 4, 5, 6, 22, 23]);
  });
});

it("a curve keeps the least and greatest value of each span, and has gaps where there is none", () => {
  const times = Array.from({ length: 1_000 }, (_, index) => index * 1_000);
  const values = times.map((_, index) => (index === 537 ? 9 : index >= 200 && index < 300 ? NaN : 1));
  const { min, max, step } = curveOf(times, values, { from: 0, to: 999_000 }, 10);
  expect(max).toHaveLength(10);
  expect(max[Math.floor(537_000 / step)]).toBe(9);
  expect(min[Math.floor(537_000 / step)]).toBe(1);
  expect(max[2]).toBeNull();
  expect(Math.max(...max.map((value) => value ?? 0))).toBe(9);
});

describe("lines of a text against another", () => {
  it("are new where the other has none for them", () => {
    expect(changedLines("a\nb\nc", "a\nx\nc")).toEqual([
      { line: "a", isNew: false },
      { line: "b", isNew: true },
      { line: "c", isNew: false },
    ]);
  });

  it("are none of a text against itself; those kept are a sequence of the other", () => {
    const text = fc.array(fc.constantFrom<string>("a", "b", "c", ""), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (mine, theirs) => {
        const same = changedLines(mine.join("\n"), mine.join("\n"));
        expect(same.filter(({ isNew }) => isNew)).toEqual([]);
        const kept = (one: readonly string[], other: readonly string[]) =>
          changedLines(one.join("\n"), other.join("\n")).filter(({ isNew }) => !isNew);
        let at = -1;
        for (const { line } of kept(mine, theirs)) {
          at = theirs.indexOf(line, at + 1);
          expect(at).toBeGreaterThanOrEqual(0);
        }
        expect(kept(mine, theirs)).toHaveLength(kept(theirs, mine).length);
      }),
    );
  });
});

it("marks of axes are round and within", () => {
  const from = Date.parse("2026-11-01T00:00:00+01:00");
  const ticks = timeTicks(from, from + 28 * 86_400_000 - 1, "Europe/Berlin");
  expect(ticks.map(({ text }) => text)).toEqual(["1 Nov", "8 Nov", "15 Nov", "22 Nov"]);
  expect(valueTicks(0, 1.08)).toEqual([0, 0.5, 1]);
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      (low, span) => {
        const marks = valueTicks(low, low + span);
        expect(marks.length).toBeLessThan(12);
      },
    ),
  );
});

it("numbers in words", () => {
  expect([0, 0.05123, 41.27, 12_345, 2.5e6].map(short)).toEqual(["0", "0.0512", "41.3", "12.3k", "2.5M"]);
  expect([0, 59, 60, 3_660, 90_000].map(duration)).toEqual(["0 s", "59 s", "1 min", "1 h 1 min", "1 d 1 h"]);
  expect([difference(3, 41), difference(3, 1), difference(2, 2)]).toEqual(["+38", "−2", "±0"]);
  expect(list(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
  expect(clip("\u{1F600}".repeat(5), 3)).toBe("\u{1F600}\u{1F600}…");
  expect(clip("abc", 3)).toBe("abc");
});
