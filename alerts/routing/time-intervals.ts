import { z } from "zod";
import { dashedName, list, text } from "../../schema/primitives";
import { timeZone } from "../../schema/time-zone";

/** A time of day of two digits each; `24:00` is the end of the day. */
export const timeOfDay = text(
  /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
  `a time of day such as "08:00", from 00:00 to 24:00`,
);

const weekday = z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);

/** A part of the week, such as working hours. */
export const timeIntervalSchema = z.strictObject({
  name: dashedName(40),
  /** Time zone of its times, by its name at IANA, or `utc`; daylight saving time is taken into account. */
  timezone: timeZone,
  weekdays: list(weekday, 1, 7),
  /** Its first minute of each day. */
  start: timeOfDay,
  /** The minute after its last of each day; `24:00` is midnight. */
  end: timeOfDay,
});

/** A part of the week as an environment gives it. */
export type TimeIntervalSettings = Readonly<z.output<typeof timeIntervalSchema>>;

/** A time interval as Alertmanager's configuration file writes it. */
export function renderTimeInterval({ name, timezone, weekdays, start, end }: TimeIntervalSettings) {
  return {
    name,
    time_intervals: [
      {
        weekdays,
        times: [{ start_time: start, end_time: end }],
        location: timezone === "utc" ? "UTC" : timezone,
      },
    ],
  };
}
