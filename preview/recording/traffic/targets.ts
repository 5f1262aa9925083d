import type { Labels } from "../../../dashboards/known-traffic/series";
import type { Environment } from "../../../environments";
import { leastMachines } from "../../../stacks/machine-targets";
import { scrapeConfigs } from "../../../stacks/scrape-configs";

/** The job of the machines. */
const machines = "node-exporter";

/** What Prometheus scrapes of an environment: the labels that this adds. */
export class Targets {
  private readonly byJob: ReadonlyMap<string, readonly Labels[]>;

  constructor(environment: Environment) {
    const byJob = new Map(
      scrapeConfigs(environment).map(({ jobName, staticConfigs }) => [
        jobName,
        staticConfigs.flatMap(({ targets, labels }) =>
          targets.map((address): Labels => ({ job: jobName, instance: address, ...labels })),
        ),
      ]),
    );
    const listed = byJob.get(machines) ?? [];
    byJob.set(machines, [...listed, ...discoveredMachines(environment, listed.length)]);
    this.byJob = byJob;
  }

  /** All targets of a job. */
  all(job: string): readonly Labels[] {
    return this.byJob.get(job) ?? [];
  }

  /** The first target of a job. @throws Error when there is none */
  first(job: string): Labels {
    const [target] = this.all(job);
    if (target === undefined) throw new Error(`Nothing is scraped of ${job}.`);
    return target;
  }
}

/** Of the machines that are discovered as many as there must be, by names as AWS gives them. */
function discoveredMachines(environment: Environment, listed: number): Labels[] {
  return Array.from({ length: Math.max(0, leastMachines(environment) - listed) }, (_, index) => ({
    job: machines,
    instance: `i-${String(index + 1).padStart(17, "0")}`,
    environment: environment.name,
  }));
}
