import { type Finding, ok, problem } from "../../checks/check";
import type { AlertmanagerClient, AlertmanagerStatus } from "../../clients/alertmanager-client";
import { withoutCredentials } from "../../terminal/credentials";
import { type Difference, routingDifferences } from "../routing-tree";
import { messageOf, type Subject, type VerifyCheck } from "../subject";

const deployAgain = "Deploy the environment's Alertmanager again.";

/**
 * Whether the Alertmanagers are ready, have the configuration that was rendered, are a cluster where there are two, and
 * are those that Prometheus sends to. One that is not reached from here is judged by what Prometheus knows of it.
 */
export const alertmanagersCheck: VerifyCheck = {
  name: "Alertmanager",
  timeLimitMs: 15_000,
  late: "problem",
  async run(subject) {
    const { deployment, alertmanagers } = subject;
    const own = await Promise.all(alertmanagers.map((each) => ownFindings(each, subject)));
    const findings = [...own.flat(), ...(await asPrometheusSees(subject))];
    if (findings.length > 0) return findings;
    const { replicas } = deployment.environment.alerting;
    return [
      ok(
        replicas === 1
          ? "is ready, and has the configuration that was rendered"
          : `all ${String(replicas)} are ready, and have the configuration that was rendered`,
      ),
    ];
  },
};

async function ownFindings(client: AlertmanagerClient, { deployment }: Subject): Promise<readonly Finding[]> {
  const url = withoutCredentials(client.url);
  let status: AlertmanagerStatus;
  try {
    await client.ready();
    status = await client.status();
  } catch (error) {
    return [
      problem(
        `cannot be asked: ${messageOf(error)}`,
        "See whether it runs. Where it is reached by another URL from here: --alertmanager URL.",
      ),
    ];
  }
  const [first, ...others] = routingDifferences(deployment.alertmanagerConfiguration, status.config.original);
  return [
    ...(first === undefined
      ? []
      : [problem(`${url} has another configuration: ${inWords(first, others.length)}`, deployAgain)]),
    ...(deployment.places.workspace === undefined
      ? clusterFindings(url, status, deployment.environment.alerting.replicas)
      : []),
  ];
}

function inWords({ path, expected, found }: Difference, more: number): string {
  const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
  const rest = more === 0 ? "" : `, and ${String(more)} more differences`;
  return `${path} is ${shown(found)}, and should be ${shown(expected)}${rest}`;
}

function clusterFindings(url: string, { cluster }: AlertmanagerStatus, replicas: number): readonly Finding[] {
  if (replicas === 1) return [];
  const peers = cluster.peers?.length ?? 0;
  if (cluster.status === "ready" && peers === replicas) return [];
  return [
    problem(
      `${url} is no cluster of ${String(replicas)}: it is ${cluster.status}, with ${String(peers)} members`,
      "Each would tell of every alert by itself. See whether they reach one another at their port 9094.",
    ),
  ];
}

/** What Prometheus knows: to whom it sends, and whether they all have one configuration. */
async function asPrometheusSees(subject: Subject): Promise<readonly Finding[]> {
  const { deployment, prometheus, withoutPrometheus } = subject;
  // A workspace has one of its own.
  if ((await withoutPrometheus) !== undefined || deployment.places.workspace !== undefined) return [];
  const { replicas } = deployment.environment.alerting;
  const [known, hashes] = await Promise.all([
    prometheus.alertmanagers(),
    prometheus.query("alertmanager_config_hash"),
  ]);
  const findings: Finding[] = [];
  if (known.length < replicas) {
    const to = known.length === 0 ? "no Alertmanager" : `${String(known.length)} of ${String(replicas)}`;
    findings.push(problem(`Prometheus sends alerts to ${to}`, "Deploy the environment's Prometheus again."));
  }
  // Those that are all asked themselves need no hash; it also differs by what does not matter, such as paths.
  const areAllAsked = subject.alertmanagers.length >= replicas;
  if (!areAllAsked && new Set(hashes.map(({ value }) => value)).size > 1) {
    const names = hashes.map(({ metric }) => metric.instance ?? "?").sort();
    findings.push(problem(`${names.join(" and ")} have different configurations`, deployAgain));
  }
  return findings;
}
