import type { AlertingSettings } from "../alertmanager-configuration";
import { routingOf } from "../alertmanager-configuration";
import { sharedTemplates } from "../notifications/shared-templates";
import { definitionsOf, type Templates } from "../notifications/template";
import { kinds, type ReceiverSettings } from "../receivers";
import { type Inhibition, renderInhibition } from "../routing/inhibitions";
import {
  defaultTiming,
  nobody,
  type OwnedService,
  renderRoutes,
  type RoutingSettings,
} from "../routing/routes";
import { renderTimeInterval } from "../routing/time-intervals";
import { toYaml } from "../../schema/yaml";
import { durationOf, secondsOf } from "../durations";
import { quotas } from "./quotas";
import { grafanaSilenceLink } from "./silence-link";
import type { ManagedWay } from "./way";

/** What of an environment the definition needs besides its alerting. */
export interface ManagedPlaces {
  /** Region of the topics, such as `eu-central-1`. */
  readonly region: string;
  /** URL of Grafana, without a slash at its end, whose page of silences the messages link to. */
  readonly grafanaUrl: string;
  /** ARN of a receiver's topic, by the receiver's name. */
  readonly topicArn: (receiver: string) => string;
  /** ARN of the secret with a receiver's routing key, by the receiver's name. */
  readonly secretArn: (receiver: string) => string;
}

/** The key, in the JSON of a secret, under which a routing key of PagerDuty is. */
export const routingKeyName = "routing_key";

/** What an alert takes at most from its evaluation to Alertmanager. */
const deliverySeconds = 5;

/** Name of the file of templates in the definition. */
const templateFile = "notifications";

/** How a receiver is told; the kind is the receiver's own, which TypeScript does not follow through the table. */
export function managedWayOf({ kind }: ReceiverSettings): ManagedWay<never> {
  return kinds[kind].managed;
}

/**
 * The definition of a workspace's Alertmanager, in YAML: the routes, inhibitions and time intervals of one host, and the
 * same texts without Alertmanager's own pages. Receivers that it cannot tell are left out: an environment has none.
 */
export function renderManagedDefinition(
  alerting: AlertingSettings,
  services: readonly OwnedService[],
  inhibitions: readonly Inhibition[],
  places: ManagedPlaces,
): string {
  const { receivers, timeIntervals = [] } = alerting;
  const configuration = toYaml({
    templates: [templateFile],
    route: routesWaiting(routingOf(alerting, services)),
    receivers: [...receivers.map((receiver) => renderReceiver(receiver, places)), { name: nobody }],
    inhibit_rules: inhibitions.map(renderInhibition),
    ...(timeIntervals.length > 0 && { time_intervals: timeIntervals.map(renderTimeInterval) }),
  });
  return [
    "template_files:",
    ...block(templateFile, renderTemplates(receivers, places.grafanaUrl), "  "),
    ...block("alertmanager_config", configuration, ""),
    "",
  ].join("\n");
}

/**
 * The routes, in which a group waits no less than until an alert is there that silences it: two alerts of one fault fire
 * within an evaluation interval of each other, and that of a workspace is longer than one host's.
 */
function routesWaiting(settings: RoutingSettings) {
  const least = quotas.evaluationInterval.value + deliverySeconds;
  const longEnough = (wait: string) => (secondsOf(wait) >= least ? wait : durationOf(least));
  const routes = settings.routes.map((route) => ({ ...route, groupWait: longEnough(route.groupWait) }));
  return { ...renderRoutes({ ...settings, routes }), group_wait: longEnough(defaultTiming.groupWait) };
}

/** A text as a block of YAML, in which it stands as it is. */
function block(key: string, text: string, indent: string): readonly string[] {
  const lines = text.trimEnd().split("\n");
  return [`${indent}${key}: |`, ...lines.map((line) => (line === "" ? "" : `${indent}  ${line}`))];
}

/** The templates that these receivers use, those that they share first. */
function renderTemplates(receivers: readonly ReceiverSettings[], grafanaUrl: string): string {
  const silence = grafanaSilenceLink(grafanaUrl);
  const ofKinds = [...new Set(receivers.map(({ kind }) => kind))].sort().map((kind): Templates => {
    const { managed } = kinds[kind];
    return managed.way === "none" ? {} : managed.templates(silence);
  });
  // A link to a page of Alertmanager's own, which no receiver here uses.
  const shared = Object.entries(sharedTemplates).filter(([name]) => name !== "notification.silence");
  return definitionsOf([Object.fromEntries(shared), ...ofKinds]).join("\n");
}

function renderReceiver(
  receiver: ReceiverSettings,
  { region, grafanaUrl, topicArn, secretArn }: ManagedPlaces,
) {
  const { name } = receiver;
  const managed = managedWayOf(receiver);
  switch (managed.way) {
    case "topic": {
      const { subject, message, sendResolved } = managed;
      const sns = {
        send_resolved: sendResolved,
        topic_arn: topicArn(name),
        sigv4: { region },
        // One of its own would name labels, in which SNS takes no character beyond ASCII.
        subject: subject ?? "Alertmanager",
        message,
      };
      return { name, sns_configs: [sns] };
    }
    case "pagerduty": {
      const key = {
        aws_secrets_manager: {
          secret_arn: secretArn(name),
          secret_key: routingKeyName,
          refresh_interval: "5m",
        },
      };
      return { name, pagerduty_configs: [{ routing_key: key, ...managed.settings(grafanaUrl) }] };
    }
    case "none":
      return { name };
  }
}
