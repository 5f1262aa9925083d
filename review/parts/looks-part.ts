import type { Configuration } from "../alertmanager/configuration";
import { readConfiguration } from "../alertmanager/configuration";
import type { Notification } from "../alertmanager/notification";
import { type Proof as Proven, prove } from "../alertmanager/proof";
import { groupKeyOf, groupLabelsOf, routesOf } from "../alertmanager/route";
import {
  type Destination,
  type RoutableAlert,
  type RoutedVersion,
  routingTable,
} from "../alertmanager/routing-table";
import { sampleAlertsOf } from "../looks/sample-alerts";
import { type ChangedMessage, changedMessages } from "../looks/changed-messages";
import { drawChanged, type LooksSettings } from "../looks/draw-changed";
import { renderMessage } from "../messages/render-message";
import type { RenderedMessage } from "../messages/rendered";
import type { LooksPart, Proof, RouteChange } from "../page/data/looks";
import { count } from "../page/words";
import type { Firing } from "../replay/firing";
import type { Version } from "../version/version";
import { messageSettings } from "./alerts/messages";
import { shownLooks } from "./shown-looks";

const yearMs = 366 * 86_400_000;
const minuteMs = 60_000;
/** So many counterexamples are told of each version. */
const mostHoles = 5;

/** How the monitoring looks in both versions: dashboards, messages, and whom the routes reach. */
export async function looksPartOf(
  before: Version,
  after: Version,
  settings: LooksSettings,
): Promise<LooksPart> {
  const drawn = await drawChanged(before, after, settings);
  return {
    ...shownLooks(drawn, messagesOf(before, after)),
    routing: routingOf(before, after),
    proofs: proofsOf(before, after, settings.to),
  };
}

/** Messages whose text changes: of each alert and receiver an example, as if it fired alone. */
function messagesOf(before: Version, after: Version): ChangedMessage[] {
  const senders = new Map([before, after].map((version) => [version, new Sender(version)]));
  const render = (version: Version, alert: Firing) => senders.get(version)?.messagesOf(alert) ?? [];
  return changedMessages(before, after, render);
}

/** Whom the routes lead to, of alerts of which that changes. */
function routingOf(before: Version, after: Version): RouteChange[] {
  const rows = routingTable(routedOf(before), routedOf(after)).filter(({ changed }) => changed);
  return rows.map(({ alert, team, labels, before: was, after: is }) => ({
    alert,
    labels: [...(team === "" ? [] : [`team="${team}"`]), `severity="${labels.severity ?? ""}"`].join(", "),
    before: was.map(targetOf),
    after: is.map(targetOf),
  }));
}

function targetOf({ receiver, when }: Destination) {
  return { receiver, ...(when !== "always" && { when }) };
}

/** Of each alert, severity and owner one. */
function routedOf(version: Version): RoutedVersion {
  const owners = new Map(version.catalogue.services.map(({ name, owner }) => [name, owner]));
  const alerts = new Map<string, RoutableAlert>();
  for (const { rule, labels } of sampleAlertsOf(version)) {
    const all = { ...version.externalLabels, ...labels };
    const team = owners.get(labels.service ?? "") ?? "";
    const key = JSON.stringify([rule.alert, team, labels.severity]);
    if (!alerts.has(key)) alerts.set(key, { alert: rule.alert, team, labels: all });
  }
  return {
    configuration: readConfiguration(version.alertmanager, version.name),
    alerts: [...alerts.values()],
  };
}

/** Renders what a version would send. */
class Sender {
  private readonly configuration: Configuration;
  private readonly settings;

  constructor(version: Version) {
    this.configuration = readConfiguration(version.alertmanager, version.name);
    this.settings = messageSettings(version);
  }

  messagesOf(firing: Firing): RenderedMessage[] {
    return routesOf(this.configuration.route, firing.labels).flatMap((route) => {
      const groupLabels = groupLabelsOf(route, firing.labels);
      const groupKey = groupKeyOf(route, groupLabels);
      const integrations = this.configuration.receivers.get(route.receiver)?.integrations ?? [];
      return integrations.map(({ kind, index }) => {
        const notification: Notification = {
          time: firing.firedAt,
          receiver: route.receiver,
          integration: kind,
          index,
          groupKey,
          groupLabels,
          status: "firing",
          reason: "first",
          alerts: [
            {
              status: "firing",
              firing,
              evaluatedAt: firing.firedAt,
              startsAt: firing.firedAt,
              endsAt: undefined,
            },
          ],
        };
        return renderMessage(notification, this.settings);
      });
    });
  }
}

/** Whether a critical alert may reach nobody, in each version, in the year from a time on. */
function proofsOf(before: Version, after: Version, time: number): Proof[] {
  const from = Math.floor(time / minuteMs) * minuteMs;
  const span = { from, to: from + yearMs };
  return [after, before].flatMap((version) =>
    proofOf(version.name, prove(readConfiguration(version.alertmanager, version.name), { span })),
  );
}

function proofOf(version: string, proof: Proven): Proof[] {
  switch (proof.kind) {
    case "proven":
      return [
        {
          verdict: "proven",
          sentence: `${version}: every critical alert, whatever its labels, reaches somebody at every minute of a year (${count(proof.labelClasses)} kinds of labels, ${count(proof.minutes)} minutes, summer time too).`,
        },
      ];
    case "not proven":
      return [{ verdict: "not proven", sentence: `${version}: ${proof.why}` }];
    case "refuted":
      return proof.holes
        .slice(0, mostHoles)
        .map(({ sentence }) => ({ verdict: "refuted", sentence: `${version}: ${sentence}` }));
  }
}
