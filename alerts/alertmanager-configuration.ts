import { remembered } from "../metrics/remembered";
import { templatePath } from "./notifications/template-file";
import { type ReceiverSettings, renderReceiver } from "./receivers";
import { type Inhibition, renderInhibition } from "./routing/inhibitions";
import { secondsOf } from "./durations";
import {
  defaultTiming,
  nobody,
  type OwnedService,
  renderRoutes,
  type RouteSettings,
  type RoutingSettings,
} from "./routing/routes";
import { renderTimeInterval, type TimeIntervalSettings } from "./routing/time-intervals";
import { toYaml } from "../schema/yaml";

/** Whom Alertmanager tells, of what, when. */
export interface AlertingSettings {
  readonly receivers: readonly ReceiverSettings[];
  /** Receiver of alerts that no route takes. */
  readonly defaultReceiver: string;
  readonly routes: readonly RouteSettings[];
  /** Parts of the week that routes name. Default: none. */
  readonly timeIntervals?: readonly TimeIntervalSettings[];
  /** URL of an inbox that takes the place of the services that receivers call. Default: none does. */
  readonly inbox?: string;
}

/** What the tree of routes is made of, in an environment with these services. */
export function routingOf(alerting: AlertingSettings, services: readonly OwnedService[]): RoutingSettings {
  const { defaultReceiver, routes, receivers } = alerting;
  const heartbeat = receivers.find(({ kind }) => kind === "heartbeat")?.name;
  return { defaultReceiver, routes, services, ...(heartbeat !== undefined && { heartbeat }) };
}

/** As Alertmanager's own default. */
const leastRetentionHours = 120;

/**
 * How long Alertmanager must remember what it has told, in hours: what it has forgotten it tells again. It looks whether
 * to repeat once in a group's interval, so that one comes on top of the longest repeat; and a day, for the cleaning up.
 */
export function retentionHours({ routes }: AlertingSettings): number {
  const asked = [defaultTiming, ...routes].map(
    ({ repeatInterval, groupInterval }) => secondsOf(repeatInterval) + secondsOf(groupInterval),
  );
  return Math.max(leastRetentionHours, Math.ceil(Math.max(...asked) / 3_600) + 24);
}

/**
 * Alertmanager's configuration file, in YAML, for 0.28 and newer. Secrets are not in it, but the paths of their files.
 * @param services those of the environment
 * @param inhibitions what silences what
 */
export function renderAlertmanagerConfiguration(
  alerting: AlertingSettings,
  services: readonly OwnedService[],
  inhibitions: readonly Inhibition[],
): string {
  return rendered({ ...alerting, services, inhibitions });
}

interface Configured extends AlertingSettings {
  readonly services: readonly OwnedService[];
  readonly inhibitions: readonly Inhibition[];
}

function render({ services, inhibitions, ...alerting }: Configured): string {
  const { receivers, timeIntervals = [], inbox } = alerting;
  return toYaml({
    templates: [templatePath],
    route: renderRoutes(routingOf(alerting, services)),
    receivers: [...receivers.map((receiver) => renderReceiver(receiver, inbox)), { name: nobody }],
    inhibit_rules: inhibitions.map(renderInhibition),
    ...(timeIntervals.length > 0 && { time_intervals: timeIntervals.map(renderTimeInterval) }),
  });
}

const keys = [
  "receivers",
  "defaultReceiver",
  "routes",
  "timeIntervals",
  "inbox",
  "services",
  "inhibitions",
] as const;
const rendered = remembered<Configured, string>(render, keys);
