import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Grafana } from "../constructs/docker/grafana";
import { Prometheus } from "../constructs/docker/prometheus";
import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";
import { addresses } from "./addresses";
import { grafanaAdminPassword } from "./secrets";
import { useStateBackend } from "./state-backend";

/** The monitoring's networks and containers on one Docker engine. */
export class DockerStack extends TerraformStack {
  /** The network on which everything that watches and is watched meets. */
  readonly monitoringNetwork: Network;
  /** The network on which the services speak to one another. */
  readonly microservicesNetwork: Network;
  readonly prometheus: Prometheus;
  readonly grafana: Grafana;

  constructor(scope: Construct, environment: Environment) {
    super(scope, `${environment.name}-docker`);
    const { docker, grafana, images, prometheus } = environment;
    useStateBackend(this, environment);
    new DockerProvider(this, "docker", { host: docker.host });

    this.monitoringNetwork = new Network(this, "monitoring-network", {
      name: "monitoring-network",
      driver: "bridge",
    });
    this.microservicesNetwork = new Network(this, "microservices-network", {
      name: "microservices-network",
      driver: "bridge",
    });
    this.prometheus = new Prometheus(this, "prometheus", {
      image: images.prometheus,
      networks: [this.monitoringNetwork],
      configuration: {
        interval: prometheus.scrapeInterval,
        externalLabels: { environment: environment.name },
        scrapeConfigs: scrapeConfigs(environment),
        alertmanagers: [addresses.alertmanager],
      },
      externalUrl: prometheus.url,
      retentionTime: prometheus.retentionTime,
      retentionSize: prometheus.retentionSize,
      hostPort: prometheus.hostPort,
      publishOn: docker.publishOn,
      limits: prometheus.limits,
      name: addresses.names.prometheus,
    });
    this.grafana = new Grafana(this, "grafana", {
      image: images.grafana,
      networks: [this.monitoringNetwork],
      rootUrl: grafana.url,
      adminPassword: sensitiveVariable(this, grafanaAdminPassword.name, grafanaAdminPassword.description)
        .stringValue,
      hostPort: grafana.hostPort,
      publishOn: docker.publishOn,
      limits: grafana.limits,
      name: addresses.names.grafana,
    });
  }
}

function scrapeConfigs({ name: environment, services }: Environment): ScrapeConfig[] {
  const monitoring = (["prometheus", "grafana", "alertmanager"] as const).map((job) => ({
    jobName: job,
    staticConfigs: [{ targets: [addresses[job]], labels: { environment } }],
  }));
  const watched = services.map(({ name, port, metricsPath }) => ({
    jobName: name,
    metricsPath,
    staticConfigs: [{ targets: [`${name}:${String(port)}`], labels: { service: name, environment } }],
  }));
  return [...monitoring, ...watched];
}
