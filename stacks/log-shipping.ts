import type { Construct } from "constructs";
import type { MonitoredContainerProps } from "../constructs/docker/container-options";
import { dataVolume } from "../constructs/docker/data-volume";
import {
  containersPath,
  logShipper,
  logShipperConfigurationPath,
  logShipperStatePath,
} from "../constructs/docker/log-shipper";
import {
  type CloudWatchDestination,
  renderLogShipperConfiguration,
} from "../constructs/docker/log-shipper-configuration";
import { programs } from "../constructs/docker/programs";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import type { MachineEngine } from "../environments/machine-engines";
import { logGroupNameOf } from "../environments/aws-names";
import { shipsToLogGroup } from "../environments/log-lines";
import { awsAccessOf } from "./aws-access";

type Settings = NonNullable<Environment["logShipper"]>;

/** The log group that an environment's shipper writes to; undefined where it writes to none. */
function cloudWatchOf(environment: Environment): CloudWatchDestination | undefined {
  if (!shipsToLogGroup(environment)) return undefined;
  const { aws, logShipper: settings, moto } = environment;
  const roleArn = settings?.awsCredentials?.assumeRoleArn;
  return {
    region: aws.region,
    logGroupName: logGroupNameOf(environment),
    ...(moto && { emulator: { host: containerNames.moto, port: programs.moto.tlsPort } }),
    ...(roleArn !== undefined && { roleArn }),
  };
}

/**
 * The shipper's configuration for an environment, in YAML.
 * @param machine besides the engine's own: names of its streams begin with it, and Loki is not reached from there
 */
export function logShipperConfigurationOf(
  environment: Environment,
  { waitingMb }: Settings,
  machine?: string,
): string {
  const cloudWatch = cloudWatchOf(environment);
  const { name } = environment;
  const loki = machine === undefined ? environment.loki : undefined;
  return renderLogShipperConfiguration({
    containersFolder: containersPath,
    stateFolder: logShipperStatePath,
    waitingMb,
    metrics: { address: "0.0.0.0", port: logShipper.port },
    ownName: logShipper.name,
    ...(machine !== undefined && { streamPrefix: `${machine}/` }),
    ...(cloudWatch && { cloudWatch }),
    ...(loki && {
      loki: { host: containerNames.loki, port: programs.loki.port, labels: { environment: name } },
    }),
  });
}

/**
 * What the shipper's container has of an environment.
 * @param machine besides the engine's own
 */
export function logShipperContainer(
  scope: Construct,
  environment: Environment,
  settings: Settings,
  machine?: MachineEngine,
): Pick<MonitoredContainerProps, "files" | "volumes" | "hostPaths" | "environment"> {
  const configuration = {
    path: logShipperConfigurationPath,
    content: terraformLiteral(logShipperConfigurationOf(environment, settings, machine?.name)),
  };
  const { dataRoot } = machine ?? environment.docker;
  const aws = awsAccessOf(scope, environment, settings.awsCredentials, "log lines are sent to CloudWatch");
  return {
    files: [configuration, ...aws.files],
    volumes: [
      { volume: dataVolume(scope, `${logShipper.name}-data`, machine?.name), path: logShipperStatePath },
    ],
    hostPaths: [{ host: `${dataRoot}/containers`, path: containersPath }],
    ...(aws.variables && { environment: aws.variables }),
  };
}
