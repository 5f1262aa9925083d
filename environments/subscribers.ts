import type { Severity } from "../constructs/cloudwatch/alarm-routing";
import type { Subscription } from "../constructs/cloudwatch/topic-subscription";
import type { Environment } from "./environment";

/**
 * Who reads an environment's alarms of a severity: whoever gets the alerts of that severity by mail, and those that
 * `cloudwatch.subscriptions` adds. Nobody where it says so.
 */
export function subscribersOf(environment: Environment, severity: Severity): readonly Subscription[] {
  const added = environment.cloudwatch.subscriptions[severity];
  if ("nobody" in added) return [];
  const addresses = mailAddressesOf(environment, severity);
  const isAdded = (address: string) =>
    added.some((each) => each.protocol === "email" && each.address === address);
  return [
    ...addresses
      .filter((address) => !isAdded(address))
      .map((address) => ({ protocol: "email", address }) as const),
    ...added,
  ];
}

/** Addresses of the receivers of a severity's alerts, of those that are nobody's service. None where an inbox gets the mails. */
function mailAddressesOf({ alerting }: Environment, severity: Severity): readonly string[] {
  if (alerting.inbox !== undefined) return [];
  const route = alerting.routes.find((each) => each.severity === severity && each.owner === undefined);
  const addresses = alerting.receivers.flatMap((receiver) =>
    receiver.kind === "email" && route?.receivers.includes(receiver.name) ? receiver.to : [],
  );
  return [...new Set(addresses)];
}
