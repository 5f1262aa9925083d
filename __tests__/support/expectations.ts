import type { Labels } from "../../alerts/routing/matcher";
import type { Environment } from "../../environments";
import { labelsOf, toldAlerts } from "../../review/documents/told-alerts";
import { expectations } from "../../shop/expectations";

/** An alert and the receivers that it must reach. */
export interface ExpectedAlert {
  readonly labels: Labels;
  readonly receivers: readonly string[];
}

/** Alerts that no rule of this project has, and that come all the same: from rules of a team's own. */
const strangers: readonly Labels[] = [
  { alertname: "HighLatency", severity: "warning", service: "a-team-s-own-service" },
  { alertname: "HighErrorRatio", severity: "critical", service: "a-team-s-own-service" },
  { alertname: "Watchdog", severity: "none" },
  { alertname: "DeploymentFinished", severity: "info", service: "order-service" },
  { alertname: "DeploymentFinished", severity: "info", service: "api-gateway" },
  { alertname: "InfoInhibitor", severity: "none" },
  { alertname: "AlertWithoutSeverity", service: "order-service" },
  { alertname: "AlertOfAnotherSeverity", severity: "page", service: "api-gateway" },
];

/** The environments of this project of which somebody has said whom their alerts must reach. */
export function withExpectations(environments: readonly Environment[]): readonly Environment[] {
  return environments.filter(({ name }) => Object.hasOwn(expectations, name));
}

/**
 * Whom each alert must reach in an environment of this project: those of its rules, and some that it does not know.
 * @throws Error where the expectations say nothing of the environment, or of an alert
 */
export function expectedAlerts(environment: Environment): readonly ExpectedAlert[] {
  const { name } = environment;
  const ofIt = expectations[name];
  const file = "shop/expectations.ts";
  if (ofIt === undefined) throw new Error(`${file}: found nothing of the environment "${name}".`);
  const ruled = toldAlerts(environment).map((told) => labelsOf(told, environment));
  return [...ruled, ...strangers].map((labels) => {
    const found = ofIt.find(({ alerts }) =>
      Object.entries(alerts).every(([label, value]) => labels[label] === value),
    );
    if (found === undefined)
      throw new Error(`${file}: ${name}: found no entry for ${JSON.stringify(labels)}.`);
    return { labels: { ...labels, environment: name }, receivers: found.reach };
  });
}
