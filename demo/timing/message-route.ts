import { matchesAll } from "../../alerts/routing/matcher";
import { defaultTiming, routesOf } from "../../alerts/routing/routes";
import type { Environment } from "../../environments";
import { secondsOf } from "../../metrics/duration";
import type { Fault } from "../faults/fault";
import { inboxNamesOf, routingSettingsOf } from "../../stacks/system";

/** Who is told of an alert, and how long messages wait. */
export interface MessageRoute {
  /** Names of the receivers as the inbox has them: of mail, the recipients. */
  readonly receivers: readonly string[];
  /** Milliseconds for which a first message waits for other alerts. */
  readonly groupWait: number;
  /** Milliseconds between two messages of a group. */
  readonly groupInterval: number;
}

/**
 * The route of a fault's alert.
 * @param speed how many times faster than deployed the routes wait
 */
export function messageRoute(
  environment: Environment,
  { alert, severity, service, labels }: Pick<Fault, "alert" | "severity" | "service" | "labels">,
  speed: number,
): MessageRoute {
  const { name, alerting } = environment;
  const all = { ...labels, alertname: alert, severity, service, environment: name };
  const matching = routesOf(routingSettingsOf(environment)).filter(({ matchers }) =>
    matchesAll(matchers, all),
  );
  const last = matching.findIndex(({ continues }) => !continues);
  const taken = matching.slice(0, last + 1);
  const names = taken.length > 0 ? taken.map(({ receiver }) => receiver) : [alerting.defaultReceiver];
  const { groupWait, groupInterval } = taken[0]?.timing ?? defaultTiming;
  return {
    receivers: names.flatMap((each) => inboxNamesOf(environment, each)),
    groupWait: (secondsOf(groupWait) * 1_000) / speed,
    groupInterval: (secondsOf(groupInterval) * 1_000) / speed,
  };
}
