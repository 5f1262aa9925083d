import { randomBytes } from "node:crypto";
import { toldOf } from "../../../stacks/system";
import { type Finding, type NamedFinding, problem } from "../../checks/check";
import { integrationsOf, longestWait } from "../routing-tree";
import { messageOf, type Subject } from "../subject";
import { type DrillAlert, drillAlerts } from "./alerts";
import { evidenceOf, type Row, waitFor } from "./evidence";
import { type DrillResult, findingsOf, minutes, resultOf } from "./results";

/** A drill, as it ended. */
export interface Drill {
  readonly results: readonly DrillResult[];
  readonly findings: readonly NamedFinding[];
}

/** How much longer than its route says a message may take, in seconds. */
const slackSeconds = 30;

/**
 * Sends an alert of each route that there is to Alertmanager, waits until all its receivers were told, ends it, and waits
 * until they were told of that. It changes nothing else. With an inbox it is the messages themselves that count, else
 * Alertmanager's own counts of its notifications.
 * @param say is given lines for people
 * @param stopped ends it early when it settles; the alerts are ended all the same
 */
export async function drill(
  subject: Subject,
  say: (line: string) => void,
  stopped: Promise<unknown>,
): Promise<Drill> {
  try {
    const { results, findings } = await hold(subject, say, stopped);
    return { results, findings: findings.map((finding) => ({ check: "Drill", ...finding })) };
  } catch (error) {
    const finding = problem(
      `could not be held: ${messageOf(error)}`,
      "Mend Alertmanager first, then drill again.",
    );
    return { results: [], findings: [{ check: "Drill", ...finding }] };
  }
}

async function hold(subject: Subject, say: (line: string) => void, stopped: Promise<unknown>) {
  const { deployment } = subject;
  const alerts = drillAlerts(deployment.environment, randomBytes(4).toString("hex"));
  const waitSeconds = longestWait(deployment.alertmanagerConfiguration) + slackSeconds;
  const integrations = integrationsOf(deployment.alertmanagerConfiguration);
  const rows = alerts.flatMap((alert): Row[] =>
    toldOf(deployment.environment, alert.labels).map((receiver) => ({
      alert,
      receiver,
      integrations: integrations.get(receiver) ?? [],
    })),
  );
  say(
    `Sending ${String(alerts.length)} alerts that are marked as a drill; this takes up to ${minutes(2 * waitSeconds)}.`,
  );
  let isStopped = false;
  void stopped.then(() => (isStopped = true));
  const until = { limitMs: waitSeconds * 1_000, isStopped: () => isStopped };
  let startsAt = new Date().toISOString();
  let firing: ReadonlyMap<Row, number> = new Map();
  let resolved: ReadonlyMap<Row, number> = new Map();
  try {
    const evidence = await evidenceOf(subject, "firing", rows);
    const started = Date.now();
    startsAt = new Date(started).toISOString();
    // Where nothing ends them any more, they end by themselves.
    await sendToAll(subject, alerts, {
      startsAt,
      endsAt: new Date(started + 2 * until.limitMs).toISOString(),
    });
    firing = await waitFor(evidence, started, until);
    say(`${String(firing.size)} of ${String(rows.length)} receivers were told. Ending the alerts.`);
  } finally {
    const ofEnd = rows.filter(
      (row) => firing.has(row) && row.integrations.some((each) => each.sendsResolved),
    );
    const evidence = await evidenceOf(subject, "resolved", ofEnd);
    const ended = Date.now();
    await sendToAll(subject, alerts, { startsAt, endsAt: new Date(ended).toISOString() });
    if (ofEnd.length > 0) resolved = await waitFor(evidence, ended, until);
  }
  const results = alerts.map((alert) => resultOf(alert, rows, firing, resolved));
  const findings: Finding[] = results.flatMap((each) => findingsOf(each, rows, waitSeconds));
  return { results, findings };
}

/** Sends the alerts to each Alertmanager, as Prometheus does. @throws Error where none of them takes them */
async function sendToAll(
  { alertmanagers }: Subject,
  alerts: readonly DrillAlert[],
  times: { readonly startsAt: string; readonly endsAt: string },
): Promise<void> {
  const sent = alerts.map(({ labels, annotations }) => ({ labels, annotations, ...times }));
  const results = await Promise.allSettled(alertmanagers.map((each) => each.send(sent)));
  const [failed] = results.filter((each) => each.status === "rejected");
  if (failed && results.every(({ status }) => status === "rejected")) {
    throw new Error(`No Alertmanager took the alerts of the drill: ${messageOf(failed.reason)}`);
  }
}
