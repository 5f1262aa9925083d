import type { Construct } from "constructs";
import type { ContainerFile } from "../constructs/docker/container-parts";
import type { MonitoredContainerProps } from "../constructs/docker/container-options";
import { secretsFolder } from "../constructs/docker/container-settings";
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
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import { logGroupNameOf } from "../environments/aws-names";
import { shipsToLogGroup } from "../environments/log-lines";

type Settings = NonNullable<Environment["logShipper"]>;

const credentialsPath = `${secretsFolder}/aws-credentials`;

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

/** The shipper's configuration for an environment, in YAML. */
export function logShipperConfigurationOf(environment: Environment, { waitingMb }: Settings): string {
  const cloudWatch = cloudWatchOf(environment);
  const { loki, name } = environment;
  return renderLogShipperConfiguration({
    containersFolder: containersPath,
    stateFolder: logShipperStatePath,
    waitingMb,
    metrics: { address: "0.0.0.0", port: logShipper.port },
    ownName: logShipper.name,
    ...(cloudWatch && { cloudWatch }),
    ...(loki && {
      loki: { host: containerNames.loki, port: programs.loki.port, labels: { environment: name } },
    }),
  });
}

/** What the shipper's container has of an environment. */
export function logShipperContainer(
  scope: Construct,
  environment: Environment,
  settings: Settings,
): Pick<MonitoredContainerProps, "files" | "volumes" | "hostPaths" | "environment"> {
  const configuration = {
    path: logShipperConfigurationPath,
    content: terraformLiteral(logShipperConfigurationOf(environment, settings)),
  };
  const variables = awsVariables(environment, settings);
  return {
    files: [configuration, ...awsFiles(scope, settings)],
    volumes: [{ volume: dataVolume(scope, `${logShipper.name}-data`), path: logShipperStatePath }],
    hostPaths: [{ host: `${settings.dataRoot}/containers`, path: containersPath }],
    ...(variables && { environment: variables }),
  };
}

function awsVariables(
  { aws }: Environment,
  { awsCredentials }: Settings,
): Readonly<Record<string, string>> | undefined {
  // No secrets: the emulator accepts any.
  if (aws.emulatorUrl !== undefined)
    return { AWS_ACCESS_KEY_ID: "emulator", AWS_SECRET_ACCESS_KEY: "emulator" };
  return awsCredentials?.kind === "access-key" ? { AWS_SHARED_CREDENTIALS_FILE: credentialsPath } : undefined;
}

function awsFiles(scope: Construct, { awsCredentials }: Settings): ContainerFile[] {
  if (awsCredentials?.kind !== "access-key") return [];
  const { accessKeyId, secretAccessKey } = awsCredentials;
  const value = ({ secret }: { readonly secret: string }, description: string) =>
    sensitiveVariable(scope, secret, description).stringValue;
  const id = value(accessKeyId, "Id of the access key by which log lines are sent to CloudWatch");
  const key = value(secretAccessKey, "Access key by which log lines are sent to CloudWatch");
  return [
    {
      path: credentialsPath,
      content: `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\n`,
      secret: true,
    },
  ];
}
