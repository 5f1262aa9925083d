import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { renderAlertmanagerConfiguration } from "../alerts/alertmanager-configuration";
import { receiverSecret } from "../alerts/receivers";
import { Alertmanager } from "../constructs/alertmanager/alertmanager";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";
import { addresses } from "./addresses";
import type { DockerStack } from "./docker-stack";
import { useStateBackend } from "./state-backend";

/** Alertmanager with its routes and receivers, on the monitoring network. */
export class AlertmanagerStack extends TerraformStack {
  readonly alertmanager: Alertmanager;

  constructor(scope: Construct, environment: Environment, docker: DockerStack) {
    super(scope, `${environment.name}-alertmanager`);
    const { alerting, images } = environment;
    useStateBackend(this, environment);
    new DockerProvider(this, "docker", { host: environment.docker.host });

    const secrets = alerting.receivers.map(receiverSecret).map(({ variable, description, path }) => {
      return [path, sensitiveVariable(this, variable, description).stringValue] as const;
    });
    this.alertmanager = new Alertmanager(this, "alertmanager", {
      image: images.alertmanager,
      networks: [docker.monitoringNetwork],
      configuration: renderAlertmanagerConfiguration(alerting),
      secrets: Object.fromEntries(secrets),
      externalUrl: alerting.url,
      hostPort: alerting.hostPort,
      publishOn: environment.docker.publishOn,
      limits: alerting.limits,
      name: addresses.names.alertmanager,
    });
  }
}
