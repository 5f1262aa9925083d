import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { retentionHours } from "../alerts/alertmanager-configuration";
import { renderTemplateFile, templatePath } from "../alerts/notifications/template-file";
import { receiverSecret } from "../alerts/receivers";
import { Alertmanager, type AlertmanagerCluster } from "../constructs/alertmanager/alertmanager";
import { containerAddressIn, gatewayOf } from "../constructs/docker/engine-settings";
import { engineNameOf } from "../constructs/docker/engine-names";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";
import { alertmanagerNames, engineNetworks } from "../environments/container-names";
import type { DockerStack } from "./docker-stack";
import { publishOnOf } from "./edge-sites";
import { useEngineNames } from "./engine-names";
import { checkRouting } from "./routing-checks";
import { useStateBackend } from "./state-backend";
import { alertmanagerConfigurationOf } from "./system";

/** Alertmanager with its routes and receivers, on the management network: one, or two as a cluster. */
export class AlertmanagerStack extends TerraformStack {
  /** The Alertmanagers, all with the same configuration. */
  readonly alertmanagers: readonly Alertmanager[];

  /** @throws EnvironmentError for routes and inhibitions that make no sense with these services */
  constructor(scope: Construct, environment: Environment, docker: DockerStack) {
    super(scope, `${environment.name}-alertmanager`);
    const { alerting, images } = environment;
    checkRouting(environment);
    useEngineNames(this, environment);
    useStateBackend(this, environment);
    new DockerProvider(this, "docker", { host: environment.docker.host });

    const names = alertmanagerNames(alerting.replicas);
    const shared = {
      image: images.alertmanager,
      networks: [docker.managementNetwork],
      configuration: alertmanagerConfigurationOf(environment),
      files: { [templatePath]: renderTemplateFile() },
      secrets: this.secretsOf(environment),
      externalUrl: alerting.url,
      retentionHours: retentionHours(alerting),
      publishOn: publishOnOf(environment),
      limits: alerting.limits,
    };
    const clusters = this.clustersOf(environment, names.length);
    this.alertmanagers = names.map(
      (name, index) =>
        new Alertmanager(this, name, {
          ...shared,
          name,
          hostPort: alerting.hostPort + index,
          ...(clusters[index] && { cluster: clusters[index] }),
        }),
    );
  }

  /** The place of each Alertmanager in the cluster; none where there is one alone. */
  private clustersOf({ docker }: Environment, size: number): AlertmanagerCluster[] {
    if (size === 1) return [];
    const subnet = docker.alertmanagerSubnet;
    // Nobody else is on it, so that no address there is ever another's, and nothing leads out of it.
    const network = new Network(this, engineNetworks.alertmanagers, {
      name: engineNameOf(this, engineNetworks.alertmanagers),
      driver: "bridge",
      internal: true,
      ipamConfig: [{ subnet, gateway: gatewayOf(subnet) }],
    });
    const addresses = Array.from({ length: size }, (_, index) => containerAddressIn(subnet, index));
    return addresses.map((address) => ({
      network,
      address,
      peers: addresses.filter((other) => other !== address),
    }));
  }

  /** The files that the receivers read their secrets from: only those of the receivers that there are. */
  private secretsOf({ alerting }: Environment): Record<string, string> {
    const secrets = alerting.receivers.map((receiver) => receiverSecret(receiver, alerting.inbox));
    return Object.fromEntries(
      secrets.map((secret) => [
        secret.path,
        "content" in secret
          ? secret.content
          : sensitiveVariable(this, secret.variable, secret.description).stringValue,
      ]),
    );
  }
}
