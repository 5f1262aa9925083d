import type { Place, YamlValue } from "../../alerts/lint/yaml";
import { ConfigurationForm, described, itemsOf, type Report } from "./configuration-form";
import type { Range, TimeInterval } from "./time-interval";
import { isTimeZone } from "./zone";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const fields = ["times", "weekdays", "days_of_month", "months", "years", "location"];

/** The time intervals by their names, of the field of today and of the old one. */
export function readTimeIntervals(
  values: readonly (YamlValue | undefined)[],
  report: Report,
): ReadonlyMap<string, readonly TimeInterval[]> {
  const named = new Map<string, readonly TimeInterval[]>();
  for (const item of values.flatMap((value) => itemsOf(value, "time_intervals", report))) {
    const form = ConfigurationForm.of(item, "time interval", ["name", "time_intervals"], report);
    if (form === undefined) continue;
    const name = form.text("name") ?? "";
    if (name === "") report(item.place, "a time interval has no name, which it must have");
    if (named.has(name)) report(item.place, `found two time intervals of the name "${name}", allowed: one`);
    const intervals = itemsOf(form.value("time_intervals"), "time_intervals", report);
    named.set(
      name,
      intervals.flatMap((each) => readInterval(each, report) ?? []),
    );
  }
  return named;
}

function readInterval(value: YamlValue, report: Report): TimeInterval | undefined {
  const form = ConfigurationForm.of(value, "time interval", fields, report);
  if (form === undefined) return undefined;
  const ranges = (name: string, one: (text: string) => number | undefined, allowed: string) =>
    readRanges(form, name, one, allowed, report);
  return {
    times: readTimes(form.value("times"), report),
    weekdays: ranges("weekdays", (text) => indexIn(weekdays, text), "days such as monday or monday:friday"),
    daysOfMonth: ranges("days_of_month", dayOfMonth, "days such as 1, 1:7 or -3:-1"),
    months: ranges("months", monthOf, "months such as may, may:july or 5:7"),
    years: ranges("years", wholeNumber, "years such as 2026 or 2026:2028"),
    location: readLocation(form, report),
  };
}

function readLocation(form: ConfigurationForm, report: Report): string {
  const name = form.text("location") ?? "UTC";
  if (name === "" || /^utc$/i.test(name)) return "UTC";
  if (name === "Local") {
    report(
      form.placeOf("location"),
      `location: found "Local", the zone of the machine, which is not known here; name it`,
    );
    return "UTC";
  }
  if (isTimeZone(name)) return name;
  report(form.placeOf("location"), `location: found "${name}", allowed: a time zone such as Europe/Berlin`);
  return "UTC";
}

function indexIn(names: readonly string[], text: string): number | undefined {
  const index = names.indexOf(text);
  return index === -1 ? undefined : index;
}

function wholeNumber(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

function monthOf(text: string): number | undefined {
  const index = indexIn(months, text);
  return index === undefined ? wholeNumber(text) : index + 1;
}

function dayOfMonth(text: string): number | undefined {
  const day = wholeNumber(text);
  return day !== undefined && day !== 0 && Math.abs(day) <= 31 ? day : undefined;
}

function readRanges(
  form: ConfigurationForm,
  name: string,
  one: (text: string) => number | undefined,
  allowed: string,
  report: Report,
): readonly Range[] | undefined {
  const value = form.value(name);
  if (value === undefined) return undefined;
  return itemsOf(value, name, report).flatMap((item): Range[] => {
    const parts = item.kind === "text" ? item.text.toLowerCase().split(":") : [];
    const [from, to] = [parts[0] ?? "", parts.at(-1) ?? ""].map(one);
    if (from !== undefined && to !== undefined && parts.length <= 2 && inOrder(from, to))
      return [{ from, to }];
    report(item.place, `${name}: found ${described(item)}, allowed: ${allowed}, the first before the last`);
    return [];
  });
}

/** Days may be counted from the end of a month, of 28 days at the least. */
function inOrder(from: number, to: number): boolean {
  if (from < 0 && to > 0) return false;
  return (from < 0 ? 28 + from : from) <= (to < 0 ? 28 + to : to);
}

function readTimes(value: YamlValue | undefined, report: Report): readonly Range[] | undefined {
  if (value === undefined) return undefined;
  return itemsOf(value, "times", report).flatMap((item): Range[] => {
    const form = ConfigurationForm.of(item, "times", ["start_time", "end_time"], report);
    if (form === undefined) return [];
    const from = minuteOf(form, "start_time", report);
    const to = minuteOf(form, "end_time", report);
    if (from === undefined || to === undefined) return [];
    if (from < to) return [{ from, to }];
    report(
      item.place,
      "times: the start is not before the end; write what goes over midnight as two intervals",
    );
    return [];
  });
}

function minuteOf(form: ConfigurationForm, name: string, report: Report): number | undefined {
  const place: Place = form.placeOf(name);
  const text = form.text(name) ?? "";
  const [, hours, minutes] =
    /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? (text === "24:00" ? ["", "24", "00"] : []);
  if (hours !== undefined && minutes !== undefined) return Number(hours) * 60 + Number(minutes);
  report(place, `${name}: found "${text}", allowed: a time such as "08:00", from 00:00 to 24:00`);
  return undefined;
}
