import type { TargetDiscovery } from "../constructs/docker/target-discovery";
import { isAlert } from "../alerts/rule";
import { isOfMachines, isOfTopics, isOfWorkspace } from "../constructs/cloudwatch/alarm-kind";
import { askedAlarms } from "../environments/asked-alarms";
import { senderOfLines } from "../environments/log-lines";
import { entriesOf } from "../metrics/catalogue";
import { everyService } from "../metrics/targets";
import type { Producer } from "./model";
import { seriesNames, storesSeries } from "./stored-series";
import type { Watched } from "./watched";

/** What produces signals in an environment: on the monitoring's side first, then on that of AWS. */
export function producersOf(watched: Watched): Producer[] {
  const { groups, jobs } = watched;
  const rules = Object.values(groups).flatMap((inFile) => inFile.flatMap((group) => group.rules));
  const records = new Set(rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record])));
  return [
    ...jobs.map((job) => jobProducer(watched, job.jobName)),
    { kind: "rules", name: "recorded", gives: `${String(records.size)} recorded series` },
    { kind: "spans", name: "services", gives: "spans, to Jaeger" },
    ...awsProducers(watched),
  ];
}

function jobProducer({ environment, catalogue, jobs }: Watched, jobName: string): Producer {
  const job = jobs.find((each) => each.jobName === jobName);
  const isService = environment.services.some(({ name }) => name === jobName);
  const names = entriesOf(catalogue)
    .filter(
      ({ exportedBy }) => exportedBy.includes(jobName) || (isService && exportedBy.includes(everyService)),
    )
    .flatMap(seriesNames);
  const targets = (job?.staticConfigs ?? []).flatMap((config) => config.targets).length;
  return {
    kind: isService ? "service" : "scrape job",
    name: jobName,
    gives: [...(targets > 0 ? [inNumbers(targets)] : []), ...(job?.discovered?.by ?? []).map(inWords)].join(
      ", ",
    ),
    series: {
      exported: names.length,
      stored: names.filter((name) => job !== undefined && storesSeries(job, name)).length,
    },
  };
}

function inNumbers(targets: number): string {
  return targets === 1 ? "1 target" : `${String(targets)} targets`;
}

function inWords(discovery: TargetDiscovery): string {
  return discovery.kind === "ec2" ? "EC2" : discovery.name;
}

function awsProducers({ environment }: Watched): Producer[] {
  const { cloudwatch, logShipper: shipper, machines } = environment;
  const { agent, logs, heartbeat } = cloudwatch;
  const watchesTopics = askedAlarms(environment).some(({ kind }) => isOfTopics(kind));
  const watchesWorkspace = askedAlarms(environment).some(({ kind }) => isOfWorkspace(kind));
  const isOnMachines = askedAlarms(environment).some(({ kind }) => isOfMachines(kind));
  return [
    ...(isOnMachines
      ? [{ kind: "AWS metrics", name: "AWS/EC2", gives: machines.aws.target.kind } as const]
      : []),
    ...(watchesWorkspace
      ? (["AWS/Prometheus", "AWS/Usage"] as const).map(
          (name) => ({ kind: "AWS metrics", name, gives: "the workspace's" }) as const,
        )
      : []),
    ...(agent
      ? [
          {
            kind: "AWS metrics",
            name: agent.namespace,
            gives: "the agent's",
          } as const,
        ]
      : []),
    ...(logs || shipper
      ? [
          {
            kind: "log lines",
            name: "services",
            gives: `lines, sent by ${senderOfLines(environment)}`,
          } as const,
        ]
      : []),
    ...(watchesTopics
      ? [{ kind: "AWS metrics", name: "AWS/SNS", gives: "deliveries, and what was left of them" } as const]
      : []),
    ...(heartbeat
      ? [
          {
            kind: "heartbeat",
            name: "AWS",
            gives: `a call every ${String(heartbeat.everyMinutes)} min`,
          } as const,
        ]
      : []),
  ];
}
