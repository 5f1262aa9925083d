import { z } from "zod";
import { limitsSchema } from "./containers";
import { dashedName, duration, httpUrl, list, port, text, wholeNumber } from "./primitives";
import { receiverName, receiverSchema } from "./receivers";
import { timeZone } from "./time-zone";
import { objectivesSchema, thresholdsSchema } from "./thresholds";

/** Severities that have routes. */
export const severity = z.enum(["critical", "warning", "info"]);

/** Who is told of the alerts of one severity, and how soon. */
export const routeSchema = z.strictObject({
  /** Severity of the alerts that take this route. */
  severity,
  /**
   * Owner of services, as `metrics/targets.ts` names them: the route takes the alerts of their services.
   * Default: the route takes all alerts of its severity that no route of an owner takes.
   */
  owner: dashedName(40).optional(),
  /**
   * Names of all receivers that get them. An empty list, critical or not, says that nobody is told: they are seen on
   * the dashboards alone.
   */
  receivers: list(receiverName, 0, 10),
  /** Name of the time interval outside of which they wait. Default: they never wait. */
  activeDuring: dashedName(40).optional(),
  /**
   * How long to wait before the first message, for more alerts of the same group and for one that silences them: at
   * least `prometheus.scrapeInterval` and 5 s. Default `30s`.
   */
  groupWait: duration("0s", "1h").default("30s"),
  /** How long until a changed group is sent again; above `30s` where there are two Alertmanagers. Default `5m`. */
  groupInterval: duration("1s", "1d").default("5m"),
  /** How long until an unchanged group is sent again, at least `groupInterval`. Default `4h`. */
  repeatInterval: duration("1m", "30d").default("4h"),
});

/** A time of day of two digits each; `24:00` is the end of the day. */
export const timeOfDay = text(
  /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
  `a time of day such as "08:00", from 00:00 to 24:00`,
);

const weekday = z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);

/** A part of the week. */
const timeInterval = z.strictObject({
  name: dashedName(40),
  /** Time zone of its times, by its name at IANA, or `utc`; daylight saving time is taken into account. */
  timezone: timeZone,
  weekdays: list(weekday, 1, 7),
  /** Its first minute of each day. */
  start: timeOfDay,
  /** The minute after its last of each day; `24:00` is midnight. */
  end: timeOfDay,
});

/** Alertmanager: whom it tells, of what, when. */
export const alertingSchema = z.strictObject({
  /** URL at which people reach Alertmanager: links in notifications start with it. */
  url: httpUrl,
  /** Port of the host at which Alertmanager is published. The second one of two has the next port. Default 9093. */
  hostPort: port.default(9093),
  /** How many Alertmanagers there are: two are a cluster, of which either may fail. Default 1. */
  replicas: wholeNumber(1, 2).default(1),
  /** Of each Alertmanager. Default 256 MiB and 0.5 CPU. */
  limits: limitsSchema.default({ memoryMb: 256, cpus: 0.5 }),
  /**
   * URL of an inbox, in place of the services that the receivers call: none of their secrets is asked for then.
   * Default: none, the receivers call the real services.
   */
  inbox: httpUrl.optional(),
  receivers: list(receiverSchema, 1, 50),
  /** Receiver of alerts that no route takes. */
  defaultReceiver: receiverName,
  /**
   * Routes, at most one of a severity and an owner. Critical alerts and warnings must have one without an owner each,
   * for those that no owner's route takes; without one, info is told nobody.
   */
  routes: list(routeSchema, 0, 50),
  /** Parts of the week that routes name, such as working hours. Default: none. */
  timeIntervals: list(timeInterval, 0, 20).default([]),
  /** What alerts compare with; each has a default and a range. */
  thresholds: thresholdsSchema,
  /** Availability and response time that the services promise. */
  objectives: objectivesSchema,
});
