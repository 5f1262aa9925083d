import type { Setting } from "../../environments/settings";

/** Values of a setting that are tried one after the other. */
export interface SweptSetting {
  readonly path: readonly string[];
  /** Ascending. */
  readonly values: readonly number[];
}

/** So many values of a range are tried. */
const pointsOfRange = 9;
const mostPoints = 50;

/**
 * Reads `path=value`: the value as JSON, or as a text where it is none.
 * @throws Error that says what is allowed
 */
export function settingIn(text: string): Setting {
  const { path, value } = halves("--set", text, "alerting.thresholds.latencyP95Warning=0.8");
  try {
    return { path, value: JSON.parse(value) as unknown };
  } catch {
    return { path, value };
  }
}

/**
 * Reads `path=from..to`, or `path=0.1,0.2,0.5`.
 * @throws Error that says what is allowed
 */
export function sweptSettingIn(text: string): SweptSetting {
  const example = "alerting.thresholds.latencyP95Warning=0.2..1.0";
  const { path, value } = halves("--sweep", text, example);
  const range = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(value);
  const texts = range === null ? value.split(",") : range.slice(1);
  const given = texts.map((each) => (each.trim() === "" ? NaN : Number(each)));
  const [from = NaN, to = NaN] = given;
  const values = new Set(range === null ? given : between(from, to));
  const isEach = [...given, ...values].every((each) => Number.isFinite(each));
  if (!isEach || values.size < 2 || values.size > mostPoints) {
    throw new Error(
      `--sweep: found "${value}", allowed: a range such as 0.2..1.0, or 2 to ${String(mostPoints)} different numbers between commas`,
    );
  }
  return { path, values: [...values].sort((one, other) => one - other) };
}

function halves(option: string, text: string, example: string) {
  const [, path = "", value = ""] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const keys = path.split(".");
  if (value === "" || keys.some((key) => key.trim() === "")) {
    throw new Error(
      `${option}: found "${text}", allowed: a path in the environment and its value, such as ${example}`,
    );
  }
  return { path: keys, value };
}

/** Equal steps, without the digits that adding up leaves. */
function between(from: number, to: number): number[] {
  return Array.from({ length: pointsOfRange }, (_, index) =>
    Number((from + ((to - from) * index) / (pointsOfRange - 1)).toPrecision(12)),
  );
}
