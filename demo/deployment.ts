import { type Deployment, deploymentOf } from "../operations/verify/deployment";
import type { Demo } from "./demo";
import { speedUp } from "./speed/speed-up";

/** What is to be verified of a demo: what it runs, with its times and without what is not here. */
export function deploymentOfDemo(
  demo: Pick<Demo, "environment" | "speed" | "prometheus" | "alertmanagers" | "inbox" | "absent">,
): Deployment {
  const { environment, speed, prometheus, alertmanagers, inbox, absent } = demo;
  const deployed = deploymentOf(environment);
  const { edit } = speedUp(speed, environment);
  const jobs = Object.entries(deployed.jobs).map(
    ([job, count]) => [job, count - absent.filter((each) => each.job === job).length] as const,
  );
  return {
    ...deployed,
    name: "demo",
    jobs: Object.fromEntries(jobs.filter(([, count]) => count > 0)),
    ruleFiles: Object.fromEntries(
      Object.entries(deployed.ruleFiles).map(([name, text]) => [name, edit(name, text)]),
    ),
    alertmanagerConfiguration: edit("alertmanager.yml", deployed.alertmanagerConfiguration),
    places: {
      // Where Prometheus is not installed, that it is not reached is what is found.
      prometheus: prometheus?.url ?? deployed.places.prometheus,
      alertmanagers: alertmanagers.map(({ url }) => url),
      inbox: inbox.url,
    },
  };
}
