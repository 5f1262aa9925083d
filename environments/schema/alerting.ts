import { z } from "zod";
import { alertmanagerPort } from "../../constructs/alertmanager/settings";
import { limits } from "../../constructs/docker/container-settings";
import { objectivesSchema } from "../../alerts/objective-settings";
import { receiverSchema } from "../../alerts/receivers";
import { receiverName } from "../../alerts/receivers/receiver";
import { routeSchema } from "../../alerts/routing/routes";
import { timeIntervalSchema } from "../../alerts/routing/time-intervals";
import { thresholdsSchemaOf } from "../../alerts/thresholds";
import { httpUrl, list, port, reason, wholeNumber } from "../../schema/primitives";
import { settings } from "../../shop/settings";
import { mostAlertmanagers } from "../container-names";

/** Alertmanager: whom it tells, of what, when. */
export const alertingSchema = z.strictObject({
  /** URL at which people reach Alertmanager: links in notifications start with it. */
  url: httpUrl,
  /** Port of the host at which Alertmanager is published. The second one of two has the next port. Default 9093. */
  hostPort: port.default(alertmanagerPort),
  /** How many Alertmanagers there are: two are a cluster, of which either may fail. Default 1. */
  replicas: wholeNumber(1, mostAlertmanagers).default(1),
  /** Of each Alertmanager. Default 256 MiB and 0.5 CPU. */
  limits: limits.default({ memoryMb: 256, cpus: 0.5 }),
  /**
   * URL of an inbox, in place of the services that the receivers call: none of their secrets is asked for then.
   * Default: none, the receivers call the real services.
   */
  inbox: httpUrl.optional(),
  receivers: list(receiverSchema, 1, 50),
  /** Why no receiver is a heartbeat, so that nobody notices when Prometheus or Alertmanager is dead. Default: one is. */
  noHeartbeat: reason.optional(),
  /** Receiver of alerts that no route takes. */
  defaultReceiver: receiverName,
  /**
   * Routes, at most one of a severity and an owner. Critical alerts and warnings must have one without an owner each,
   * for those that no owner's route takes.
   */
  routes: list(routeSchema, 0, 50),
  /** Parts of the week that routes name, such as working hours. Default: none. */
  timeIntervals: list(timeIntervalSchema, 0, 20).default([]),
  /** What alerts compare with; each has a default and a range. */
  thresholds: thresholdsSchemaOf(settings.thresholds),
  /** Availability and response time that the services promise. */
  objectives: objectivesSchema,
});
