import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { retentionHours } from "../alerts/alertmanager-configuration";
import { renderTemplateFile, templatePath } from "../alerts/notifications/template-file";
import { receiverSecret } from "../alerts/receivers";
import { routingProblems, unreachable } from "../alerts/routing/problems";
import { Alertmanager } from "../constructs/alertmanager/alertmanager";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { type Environment, refuse } from "../environments";
import { alertmanagerNames } from "../environments/container-names";
import type { DockerStack } from "./docker-stack";
import { publishOnOf } from "./edge-sites";
import { useStateBackend } from "./state-backend";
import {
  alertLabelsOf,
  alertmanagerConfigurationOf,
  inhibitionsHere,
  ownedServicesOf,
  owners,
  routingSettingsOf,
} from "./system";

/** Alertmanager with its routes and receivers, on the monitoring network: one, or two as a cluster. */
export class AlertmanagerStack extends TerraformStack {
  /** The Alertmanagers, all with the same configuration. */
  readonly alertmanagers: readonly Alertmanager[];

  /** @throws EnvironmentError for routes and inhibitions that make no sense with these services */
  constructor(scope: Construct, environment: Environment, docker: DockerStack) {
    super(scope, `${environment.name}-alertmanager`);
    const { alerting, images } = environment;
    refuse(environment, routingProblems(alerting.routes, ownedServicesOf(environment), owners));
    const senseless = unreachable(
      routingSettingsOf(environment),
      alertLabelsOf(environment),
      inhibitionsHere(environment),
    ).map((problem) => ({
      path: ["alerting", "routes"],
      found: problem,
      allowed: "routes that some alert takes",
    }));
    refuse(environment, senseless);
    useStateBackend(this, environment);
    new DockerProvider(this, "docker", { host: environment.docker.host });

    const names = alertmanagerNames(alerting.replicas);
    const shared = {
      image: images.alertmanager,
      networks: [docker.monitoringNetwork],
      configuration: alertmanagerConfigurationOf(environment),
      files: { [templatePath]: renderTemplateFile() },
      secrets: this.secretsOf(environment),
      externalUrl: alerting.url,
      retentionHours: retentionHours(alerting),
      publishOn: publishOnOf(environment),
      limits: alerting.limits,
    };
    this.alertmanagers = names.map(
      (name, index) =>
        new Alertmanager(this, name, {
          ...shared,
          name,
          hostPort: alerting.hostPort + index,
          peers: names.filter((other) => other !== name),
        }),
    );
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
