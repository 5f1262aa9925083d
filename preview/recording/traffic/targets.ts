import type { Labels } from "../../../dashboards/known-traffic/series";
import type { Environment } from "../../../environments";
import { scrapeConfigs } from "../../../stacks/scrape-configs";

/** What Prometheus scrapes of an environment: the labels that this adds. */
export class Targets {
  private readonly byJob: ReadonlyMap<string, readonly Labels[]>;

  constructor(environment: Environment) {
    this.byJob = new Map(
      scrapeConfigs(environment).map(({ jobName, staticConfigs }) => [
        jobName,
        staticConfigs.flatMap(({ targets, labels }) =>
          targets.map((address) => ({ job: jobName, instance: address, ...labels })),
        ),
      ]),
    );
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
