/** A part of the week, such as working hours. */
export interface TimeIntervalSettings {
  readonly name: string;
  /** A time zone such as `Europe/Berlin`, or `utc`. Daylight saving time is taken into account. */
  readonly timezone: string;
  /** Days, in English and lower case. */
  readonly weekdays: readonly string[];
  /** First minute of a day, as `08:00`. */
  readonly start: string;
  /** The minute after the last of a day, as `18:00` or `24:00`. */
  readonly end: string;
}

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
