import type { Notification } from "../../alertmanager/notification";
import type { Calendar } from "../../page/data/alerts";
import { zonedAt } from "../../page/zoned";
import type { Range } from "./outcome";

const dayMs = 86_400_000;

/** When people would have been told, by days and hours. */
export function calendarOf(
  before: readonly Notification[],
  after: readonly Notification[],
  { from, to }: Range,
  zone: string,
): Calendar {
  const days: string[] = [];
  // Noon of a day is in that day, whatever the summer time does.
  const [first, last] = [zonedAt(from, zone).day, zonedAt(to, zone).day];
  for (let noon = Date.parse(`${first}T12:00:00Z`); noon <= Date.parse(`${last}T12:00:00Z`); noon += dayMs) {
    days.push(new Date(noon).toISOString().slice(0, 10));
  }
  const counted = (notifications: readonly Notification[]) => {
    const hours = days.map(() => new Array<number>(24).fill(0));
    for (const { time, status } of notifications) {
      if (status !== "firing") continue;
      const { day, hour } = zonedAt(time, zone);
      const row = hours[days.indexOf(day)];
      if (row !== undefined) row[hour] = (row[hour] ?? 0) + 1;
    }
    return hours;
  };
  return { days, before: counted(before), after: counted(after) };
}
