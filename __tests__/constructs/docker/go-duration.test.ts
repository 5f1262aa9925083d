import fc from "fast-check";
import { goDuration } from "../../../constructs/docker/go-duration";

it.each([
  [0, "0s"],
  [1, "1s"],
  [59, "59s"],
  [60, "1m0s"],
  [90, "1m30s"],
  [3600, "1h0m0s"],
  [3661, "1h1m1s"],
  [90_000, "25h0m0s"],
])("%d seconds are %s", (seconds, text) => {
  expect(goDuration(seconds)).toBe(text);
});

it("says the same time, in one form", () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), (seconds) => {
      const [, hours = "0", minutes = "0", rest = "0"] =
        /^(?:(\d+)h)?(?:(\d{1,2})m)?(\d{1,2})s$/.exec(goDuration(seconds)) ?? [];
      expect(Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)).toBe(seconds);
      expect(Math.max(Number(minutes), Number(rest))).toBeLessThan(60);
    }),
  );
});

it.each([-1, 0.5, NaN, Infinity])("refuses %d", (seconds) => {
  expect(() => goDuration(seconds)).toThrow(RangeError);
});
