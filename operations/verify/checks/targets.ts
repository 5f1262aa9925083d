import { type Finding, ok, problem } from "../../checks/check";
import type { Target } from "../../clients/prometheus-client";
import type { VerifyCheck } from "../subject";

/** Whether each job that is scraped has its targets, and all of them are up. */
export const targetsCheck: VerifyCheck = {
  name: "Targets",
  timeLimitMs: 15_000,
  late: "problem",
  async run({ deployment, prometheus, withoutPrometheus }) {
    if ((await withoutPrometheus) !== undefined) return [];
    return targetFindings(deployment.jobs, await prometheus.targets());
  },
};

/** What is to be said of the targets that Prometheus has. `jobs` is how many each job has at least. */
export function targetFindings(
  jobs: Readonly<Record<string, number>>,
  targets: readonly Target[],
): readonly Finding[] {
  const lacking = Object.entries(jobs).flatMap(([job, least]) => {
    const count = targets.filter(({ scrapePool }) => scrapePool === job).length;
    if (count >= least) return [];
    return [
      problem(
        `${job} has ${count === 0 ? "no target" : `${String(count)} of ${String(least)} targets`}`,
        "Prometheus has another configuration than this: deploy the environment again.",
      ),
    ];
  });
  const down = targets.filter(({ health }) => health !== "up").map(downFinding);
  if (lacking.length + down.length > 0) return [...lacking, ...down];
  return [ok(`all ${String(targets.length)} of ${String(Object.keys(jobs).length)} jobs are up`)];
}

function downFinding({ scrapePool, scrapeUrl, health, lastError }: Target): Finding {
  if (health === "unknown")
    return problem(`${scrapePool} at ${scrapeUrl} was not scraped yet`, "Ask again in a minute.");
  return problem(
    `${scrapePool} at ${scrapeUrl} is down: ${lastError || "no reason is given"}`,
    `See whether it runs and what it printed last: docker logs NAME, where it is a container (docker ps --filter name=${scrapePool}).`,
  );
}
