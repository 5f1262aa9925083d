import { programs } from "../constructs/docker/programs";
import type { Ec2Discovery } from "../constructs/docker/target-discovery";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";

type Target = Environment["machines"]["aws"]["target"];
type Filters = Ec2Discovery["filters"];

/** What instances of EC2 must be to be targets, and how they are asked. */
type Asked = Pick<Ec2Discovery, "filters" | "port" | "refreshInterval">;

/** Those running instances of EC2, in the account and region of an environment, or in its emulator. */
export function ec2Discovery(
  { aws, moto, prometheus }: Environment,
  { filters, port, refreshInterval }: Asked,
): Ec2Discovery {
  const roleArn = prometheus.awsCredentials?.assumeRoleArn;
  // The emulator's own URL is one of the host, which no container reaches.
  const endpoint = moto ? `http://${containerNames.moto}:${String(programs.moto.port)}` : aws.emulatorUrl;
  return {
    kind: "ec2",
    region: aws.region,
    ...(endpoint !== undefined && { endpoint }),
    ...(roleArn !== undefined && { roleArn }),
    filters: { "instance-state-name": ["running"], ...filters },
    port,
    refreshInterval,
  };
}

/** Instances that have all of these tags. */
export function withTags(tags: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`tag:${name}`, [value]]));
}

/** The instances that alarms and graphs are about, too. */
export function instancesOf(target: Target): Filters {
  switch (target.kind) {
    case "instances":
      return { "instance-id": target.instanceIds };
    case "auto-scaling-group":
      // EC2 puts this tag on a group's instances. What stands for other names in a filter is meant as it is.
      return { "tag:aws:autoscaling:groupName": [target.name.replaceAll(/[*?\\]/g, "\\$&")] };
    case "fleet":
      return {};
  }
}

/** Whether something of an environment is discovered in EC2. */
export function asksEc2({ machines, services }: Environment): boolean {
  return (
    machines.aws.discovery !== undefined ||
    services.some(({ elsewhere }) => elsewhere?.targets.kind === "ec2")
  );
}
