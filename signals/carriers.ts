import { isAlert } from "../alerts/rule";
import { receiversOf } from "../alerts/routing/routes";
import type { Subscription } from "../constructs/cloudwatch/topic-subscription";
import { askedAlarms } from "../environments/asked-alarms";
import { subscribersOf } from "../environments/subscribers";
import { type Carrier, keyOf } from "./model";
import { counted } from "./readers";
import type { Watched } from "./watched";

/** What carries alerts and alarms to people and programs. */
export function carriersOf(watched: Watched): Carrier[] {
  return [...receivers(watched), ...topics(watched)];
}

/** Alertmanager's receivers, each with the alerts that reach it, whatever service they are about. */
function receivers({ environment, groups, alertLabels, routing }: Watched): Carrier[] {
  const files = new Map(
    Object.entries(groups).flatMap(([file, inFile]) =>
      inFile.flatMap(({ rules }) => rules.filter(isAlert).map(({ alert }) => [alert, file] as const)),
    ),
  );
  const reached = new Map<string, Map<string, { severity: string; file: string }>>();
  for (const labels of alertLabels) {
    const { alertname = "", severity = "" } = labels;
    for (const name of receiversOf(routing, labels)) {
      const alerts = reached.get(name) ?? new Map<string, { severity: string; file: string }>();
      alerts.set(`${severity} ${alertname}`, { severity, file: files.get(alertname) ?? "" });
      reached.set(name, alerts);
    }
  }
  const { inbox } = environment.alerting;
  return environment.alerting.receivers.map(({ name, kind }) => {
    const alerts = [...(reached.get(name)?.values() ?? [])];
    return {
      kind: "receiver",
      name,
      tells: inbox === undefined ? kind : `${kind}, at the inbox`,
      carries: counted(alerts.map(({ severity }) => severity)),
      from: counted(alerts.map(({ file }) => keyOf({ kind: "rules", name: file }))),
    };
  });
}

function topics({ environment }: Watched): Carrier[] {
  const alarms = askedAlarms(environment);
  return (["critical", "warning"] as const).flatMap((severity): Carrier[] => {
    const own = alarms.filter((alarm) => alarm.severity === severity);
    if (own.length === 0) return [];
    const subscribers = subscribersOf(environment, severity).map(inWords);
    return [
      {
        kind: "topic",
        name: severity,
        tells: subscribers.length > 0 ? subscribers.join(", ") : "nobody, as the environment says",
        carries: { [severity]: own.length },
        from: counted(own.map(({ name }) => keyOf({ kind: "alarm", name }))),
      },
    ];
  });
}

function inWords(subscription: Subscription): string {
  switch (subscription.protocol) {
    case "email":
      return subscription.address;
    case "https":
      return "a URL";
    case "sqs":
      return `the queue ${subscription.queueArn.split(":").at(-1) ?? ""}`;
  }
}
