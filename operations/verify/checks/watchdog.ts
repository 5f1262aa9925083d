import { type Finding, ok, problem } from "../../checks/check";
import type { AlertmanagerClient } from "../../clients/alertmanager-client";
import { withoutCredentials } from "../../terminal/credentials";
import { messageOf, type VerifyCheck } from "../subject";

/** The alert that always fires. */
const name = "Watchdog";

/** Whether the alert that always fires does, and has come to the Alertmanagers: then others do, too. */
export const watchdogCheck: VerifyCheck = {
  name: "Watchdog",
  timeLimitMs: 15_000,
  late: "problem",
  async run({ prometheus, withoutPrometheus, alertmanagers }) {
    const findings: Finding[] = [];
    if ((await withoutPrometheus) === undefined) {
      const alerts = await prometheus.alerts();
      if (!alerts.some(({ labels, state }) => labels.alertname === name && state === "firing"))
        findings.push(
          problem(
            `does not fire in Prometheus`,
            "It is in the group watchdog of monitoring.yml: see that it is evaluated.",
          ),
        );
    }
    findings.push(...(await Promise.all(alertmanagers.map(atAlertmanager))).flat());
    return findings.length > 0 ? findings : [ok("fires, and has come to Alertmanager")];
  },
};

async function atAlertmanager(client: AlertmanagerClient): Promise<readonly Finding[]> {
  try {
    const alerts = await client.alerts();
    const alert = alerts.find(({ labels }) => labels.alertname === name);
    const url = withoutCredentials(client.url);
    if (alert === undefined)
      return [
        problem(`has not come to ${url}`, "See that Prometheus reaches Alertmanager: no alert arrives."),
      ];
    if (alert.status.state !== "suppressed") return [];
    return [problem(`is silenced or inhibited at ${url}`, "End the silence: the heartbeat stops by it.")];
  } catch (error) {
    // The check of Alertmanager tells it, too; here it says what that means.
    return [
      problem(
        `is not seen at Alertmanager: ${messageOf(error)}`,
        "Alerts may arrive all the same: mend Alertmanager first.",
      ),
    ];
  }
}
