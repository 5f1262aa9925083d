import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import type { Construct } from "constructs";
import { cadvisorHostPaths } from "../constructs/docker/cadvisor";
import type { Limits } from "../constructs/docker/container-parts";
import { gatewayOf } from "../constructs/docker/engine-settings";
import { Exporter, type ExporterProps } from "../constructs/docker/exporter";
import { type ExporterKey, exporterKeys, exporterPrograms } from "../constructs/docker/exporters";
import { Grafana } from "../constructs/docker/grafana";
import { Jaeger } from "../constructs/docker/jaeger";
import { Loki } from "../constructs/docker/loki";
import { MonitoredContainer } from "../constructs/docker/monitored-container";
import { Moto } from "../constructs/docker/moto";
import { NodeExporter } from "../constructs/docker/node-exporter";
import { Prometheus } from "../constructs/docker/prometheus";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import { machineEngines } from "../environments/machine-engines";
import { inboxPorts } from "../environments/inbox-ports";
import { callBuckets } from "../metrics/span-metrics";
import { alertmanagerAddresses, nodeExporterAddress } from "./addresses";
import { addEdge } from "./edge";
import { publishOnOf } from "./edge-sites";
import { imageSource } from "./image-source";
import { logShipperContainer } from "./log-shipping";
import { MachineExporters } from "./machine-exporters";
import { blackboxFiles } from "./probes";
import { prometheusSecrets } from "./prometheus-secrets";
import { remoteWriteOf } from "./remote-write";
import { grafanaAdminPassword } from "./secrets";
import { SelfContainedStack } from "./self-contained-stack";
import { addServiceContainer } from "./service-container";
import { useStateBackend } from "./state-backend";
import { ruleFilesOf, storedScrapeConfigs } from "./system";

/** The monitoring's networks and containers on one Docker engine, and the services that run there. */
export class DockerStack extends SelfContainedStack {
  /** The network on which everything that watches and is watched meets. */
  readonly monitoringNetwork: Network;
  /** The network on which the services speak to one another. */
  readonly microservicesNetwork: Network;
  readonly prometheus: Prometheus;
  readonly grafana: Grafana;
  readonly jaeger: Jaeger;
  /** Undefined where the environment asks for none. */
  readonly loki: Loki | undefined;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
  ) {
    super(scope, `${environment.name}-docker`);
    const { docker, services } = environment;
    useStateBackend(this, environment);
    new DockerProvider(this, "docker", { host: docker.host });

    this.monitoringNetwork = new Network(this, "monitoring-network", {
      name: "monitoring-network",
      driver: "bridge",
      ipamConfig: [{ subnet: docker.monitoringSubnet, gateway: gatewayOf(docker.monitoringSubnet) }],
    });
    this.microservicesNetwork = new Network(this, "microservices-network", {
      name: "microservices-network",
      driver: "bridge",
    });
    this.prometheus = this.addPrometheus();
    this.grafana = this.addGrafana();
    this.jaeger = new Jaeger(this, "jaeger", {
      ...this.published("jaeger", environment.jaeger),
      storage: environment.jaeger.storage,
      callMetrics: { buckets: callBuckets },
    });
    this.loki = this.addLoki();
    this.addExporters();
    for (const machine of machineEngines(environment)) new MachineExporters(this, environment, machine);
    this.addStandIns();
    const networks = { monitoring: this.monitoringNetwork, microservices: this.microservicesNetwork };
    for (const service of services) addServiceContainer(this, environment, networks, service);
    addEdge(this, environment, [this.monitoringNetwork, this.microservicesNetwork]);
  }

  /** What every program has that is published on the host. */
  private published<
    T extends { readonly hostPort: number; readonly limits: Environment["jaeger"]["limits"] },
  >(program: "prometheus" | "grafana" | "jaeger" | "moto", { hostPort, limits }: T) {
    return {
      name: containerNames[program],
      image: this.environment.images[program],
      networks: [this.monitoringNetwork],
      hostPort,
      publishOn: publishOnOf(this.environment),
      limits,
    };
  }

  private addPrometheus(): Prometheus {
    const { alerting, name, prometheus } = this.environment;
    return new Prometheus(this, "prometheus", {
      ...this.published("prometheus", prometheus),
      configuration: {
        interval: prometheus.scrapeInterval,
        timeout: prometheus.scrapeTimeout,
        externalLabels: { environment: name },
        scrapeConfigs: storedScrapeConfigs(this.environment),
        limits: prometheus.scrapeLimits,
        maxExemplars: prometheus.maxExemplars,
        alertmanagers: alertmanagerAddresses(alerting.replicas),
        remoteWrite: remoteWriteOf(prometheus.remoteWrite),
      },
      ruleFiles: ruleFilesOf(this.environment),
      ...prometheusSecrets(this, this.environment),
      externalUrl: prometheus.url,
      retentionTime: prometheus.retentionTime,
      retentionSize: prometheus.retentionSize,
    });
  }

  private addGrafana(): Grafana {
    const { grafana } = this.environment;
    const { name, description } = grafanaAdminPassword;
    return new Grafana(this, "grafana", {
      ...this.published("grafana", grafana),
      externalUrl: grafana.url,
      secureCookies: this.environment.edge !== undefined,
      adminPassword: sensitiveVariable(this, name, description).stringValue,
    });
  }

  private addLoki(): Loki | undefined {
    const { images, loki } = this.environment;
    if (loki === undefined) return undefined;
    return new Loki(this, "loki", {
      name: containerNames.loki,
      image: images.loki,
      networks: [this.monitoringNetwork],
      ...loki,
    });
  }

  private addExporters(): void {
    const { images, nodeExporter } = this.environment;
    new NodeExporter(this, "node-exporter", {
      name: containerNames.nodeExporter,
      image: images.nodeExporter,
      limits: nodeExporter.limits,
      listenAddress: nodeExporterAddress(this.environment),
      network: this.monitoringNetwork,
    });
    for (const key of exporterKeys) {
      const settings: { readonly limits: Limits } | undefined = this.environment[key];
      if (settings === undefined) continue;
      const program = exporterPrograms[key];
      new Exporter(this, program.name, {
        program,
        image: images[key],
        networks: [this.monitoringNetwork],
        limits: settings.limits,
        own: this.ownOf(key),
      });
    }
  }

  /** What an exporter's container has of this environment. */
  private ownOf(key: ExporterKey): ExporterProps["own"] {
    const { docker, logShipper } = this.environment;
    if (key === "blackboxExporter") return { files: blackboxFiles(this.environment) };
    if (key === "cadvisor") return { hostPaths: cadvisorHostPaths(docker.dataRoot) };
    return key === "logShipper" && logShipper
      ? logShipperContainer(this, this.environment, logShipper)
      : undefined;
  }

  /** What takes the place of accounts elsewhere, where the environment asks for it. */
  private addStandIns(): void {
    const { inbox, moto, name, runbooksUrl } = this.environment;
    if (moto) new Moto(this, "moto", this.published("moto", moto));
    const image = inbox && imageSource(containerNames.inbox, name, inbox);
    if (!inbox || image === undefined) return;
    const port = inboxPorts.http;
    new MonitoredContainer(this, "inbox", {
      name: containerNames.inbox,
      image,
      networks: [this.monitoringNetwork],
      environment: {
        HOST: "0.0.0.0",
        PORT: String(port),
        SMTP_PORT: String(inboxPorts.smtp),
        RUNBOOKS_URLS: terraformLiteral(runbooksUrl),
      },
      healthCheck: { command: ["node", "healthcheck.js"] },
      limits: inbox.limits,
      tmpfs: [{ path: "/tmp", sizeMb: inbox.tmpMb }],
      ports: [{ container: port, host: inbox.hostPort, address: publishOnOf(this.environment) }],
    });
  }
}
