import type { Notification } from "../../alertmanager/notification";
import type { Tally } from "../../page/data/alerts";
import { isNightHour, zonedAt } from "../../page/zoned";

/** Counts notifications. @param zone in which it is night */
export function tallyOf(notifications: readonly Notification[], zone: string): Tally {
  const firing = notifications.filter(({ status }) => status === "firing");
  return {
    messages: notifications.length,
    resolved: notifications.length - firing.length,
    night: firing.filter(({ time }) => isNightHour(zonedAt(time, zone).hour)).length,
  };
}
