import { settingIn, sweptSettingIn } from "../../../review/version/setting-text";

const pathAndValue =
  "allowed: a path in the environment and its value, such as alerting.thresholds.latencyP95Warning=0.";

describe("--set", () => {
  it.each([
    ["a.b=0.8", ["a", "b"], 0.8],
    ["a=true", ["a"], true],
    ["a=null", ["a"], null],
    ["a=45s", ["a"], "45s"],
    ['a="45"', ["a"], "45"],
    ["a=08", ["a"], "08"],
    ['a={"b":[1]}', ["a"], { b: [1] }],
    ["a.0.b=x=y", ["a", "0", "b"], "x=y"],
    ["a=one\ntwo", ["a"], "one\ntwo"],
  ])("reads %j", (text, path, value) => {
    expect(settingIn(text)).toEqual({ path, value });
  });

  it.each(["", "a", "=1", "a=", ".a=1", "a.=1", "a..b=1", "a. =1"])("refuses %j", (text) => {
    expect(() => settingIn(text)).toThrow(`--set: found "${text}", ${pathAndValue}`);
  });
});

describe("--sweep", () => {
  it("tries nine values of a range, in equal steps, without the digits of adding up", () => {
    expect(sweptSettingIn("a.b=0.1..0.9")).toEqual({
      path: ["a", "b"],
      values: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    });
  });

  it.each([
    ["a=9..1", [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["a=-4..4", [-4, -3, -2, -1, 0, 1, 2, 3, 4]],
    ["a=0.5,0.2", [0.2, 0.5]],
    ["a=10, 9,9", [9, 10]],
    ["a=1e3,2e3", [1_000, 2_000]],
  ])("reads %s", (text, values) => {
    expect(sweptSettingIn(text).values).toEqual(values);
  });

  it("keeps the ends of a range as they are", () => {
    const { values } = sweptSettingIn("a=1234567..1234568");
    expect([values[0], values.at(-1), values.length]).toEqual([1_234_567, 1_234_568, 9]);
  });

  it.each([
    "1",
    "0.2..",
    "..1",
    "0.2..0.2",
    "1,1",
    "1,",
    "1, ",
    "1,x",
    "x..y",
    "1.2.3..4",
    "1..2..3",
    "1,Infinity",
  ])("refuses %j", (value) => {
    expect(() => sweptSettingIn(`a=${value}`)).toThrow(
      `--sweep: found "${value}", allowed: a range such as 0.2..1.0, or 2 to 50 different numbers between commas`,
    );
  });

  it("refuses more values than are tried", () => {
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => String(index)).join(",");
    expect(sweptSettingIn(`a=${upTo(50)}`).values).toHaveLength(50);
    expect(() => sweptSettingIn(`a=${upTo(51)}`)).toThrow("2 to 50 different numbers");
  });

  it.each(["", "a", "=1..2", "a="])("refuses %j without a path or a value", (text) => {
    expect(() => sweptSettingIn(text)).toThrow(`--sweep: found "${text}", ${pathAndValue}`);
  });
});
