import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import type { Construct } from "constructs";
import { cadvisorHostPaths } from "../constructs/docker/cadvisor";
import type { Limits } from "../constructs/docker/container-parts";
import { engineNameOf } from "../constructs/docker/engine-names";
import { gatewayOf } from "../constructs/docker/engine-settings";
import { blackboxCommand } from "../constructs/docker/blackbox-exporter";
import { Exporter, type ExporterProps } from "../constructs/docker/exporter";
import { type ExporterKey, exporterKeys, exporterPrograms } from "../constructs/docker/exporters";
import { Grafana } from "../constructs/docker/grafana";
import { Jaeger } from "../constructs/docker/jaeger";
import { Loki } from "../constructs/docker/loki";
import { MonitoredContainer } from "../constructs/docker/monitored-container";
import { Moto } from "../constructs/docker/moto";
import { NodeExporter } from "../constructs/docker/node-exporter";
import { Prometheus } from "../constructs/docker/prometheus";
import type { PrometheusAgent } from "../constructs/docker/prometheus-agent";
import type { Workspace } from "../constructs/managed-prometheus/workspace";
import { managedPrometheusPlugin } from "../constructs/grafana/prometheus-data-source";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { containerNames, managementName, engineNetworks } from "../environments/container-names";
import { grafanaPlugins } from "../environments/images";
import { machineEngines } from "../environments/machine-engines";
import { type ManagedEngine, managedEngineOf } from "../environments/metrics-engine";
import { inboxPorts } from "../environments/inbox-ports";
import { callBuckets } from "../metrics/span-metrics";
import { alertmanagerAddresses, isOnBoth, nodeExporterAddress } from "./addresses";
import { addEdge, addOAuth2Proxy } from "./edge";
import { publishOnOf } from "./edge-sites";
import { useEngineNames } from "./engine-names";
import { grafanaLogins } from "./grafana-logins";
import { imageSource } from "./image-source";
import { logShipperContainer } from "./log-shipping";
import { MachineExporters } from "./machine-exporters";
import { blackboxFiles } from "./probes";
import { addAgents } from "./prometheus-agents";
import { prometheusSecrets } from "./prometheus-secrets";
import { remoteWriteOf } from "./remote-write";
import { grafanaAdminPassword } from "./secrets";
import { SelfContainedStack } from "./self-contained-stack";
import { addServiceContainer } from "./service-container";
import { useStateBackend } from "./state-backend";
import { externalLabelsOf, ruleFilesOf, storedScrapeConfigs } from "./system";

/** The monitoring's networks and containers on one Docker engine, and the services that run there. */
export class DockerStack extends SelfContainedStack {
  /** The network of the monitoring's own programs, on which no service is: their pages and APIs are there alone. */
  readonly managementNetwork: Network;
  /** The network on which Prometheus scrapes the services and they send their spans. */
  readonly monitoringNetwork: Network;
  /** The network on which the services speak to one another. */
  readonly microservicesNetwork: Network;
  /** Undefined where a workspace is the engine. */
  readonly prometheus: Prometheus | undefined;
  /** What writes to the workspace that is the engine; none where there is none. */
  readonly agents: readonly PrometheusAgent[];
  readonly grafana: Grafana;
  readonly jaeger: Jaeger;
  protected override readonly takesOfOthers: boolean;
  /** Undefined where the environment asks for none. */
  readonly loki: Loki | undefined;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
    workspace?: Pick<Workspace, "remoteWriteUrl">,
  ) {
    super(scope, `${environment.name}-docker`);
    const { docker, services } = environment;
    useEngineNames(this, environment);
    useStateBackend(this, environment);
    new DockerProvider(this, "docker", { host: docker.host });

    this.managementNetwork = this.addNetwork(engineNetworks.management, docker.managementSubnet);
    this.monitoringNetwork = this.addNetwork(engineNetworks.monitoring, docker.monitoringSubnet);
    this.microservicesNetwork = this.addNetwork(engineNetworks.microservices);
    const engine = managedEngineOf(environment);
    this.takesOfOthers = engine !== undefined;
    this.prometheus = engine ? undefined : this.addPrometheus();
    this.agents = engine ? this.addAgents(engine, workspace) : [];
    this.grafana = this.addGrafana();
    this.jaeger = new Jaeger(this, "jaeger", {
      ...this.published("jaeger", environment.jaeger),
      ...this.onBoth(containerNames.jaeger),
      storage: environment.jaeger.storage,
      callMetrics: { buckets: callBuckets },
    });
    this.loki = this.addLoki();
    this.addExporters();
    for (const machine of machineEngines(environment)) new MachineExporters(this, environment, machine);
    this.addStandIns();
    const networks = { monitoring: this.monitoringNetwork, microservices: this.microservicesNetwork };
    for (const service of services) addServiceContainer(this, environment, networks, service);
    addOAuth2Proxy(this, environment, this.managementNetwork);
    addEdge(this, environment, [this.managementNetwork, this.microservicesNetwork]);
  }

  private addNetwork(name: string, subnet?: string): Network {
    const ipamConfig = subnet === undefined ? undefined : [{ subnet, gateway: gatewayOf(subnet) }];
    return new Network(this, name, {
      name: engineNameOf(this, name),
      driver: "bridge",
      ...(ipamConfig && { ipamConfig }),
    });
  }

  /** What a program has that services reach, or that reaches them, and that they are not to ask anything. */
  private onBoth(name: string) {
    const alias = managementName(name);
    const networks = [{ network: this.managementNetwork, aliases: [alias] }, this.monitoringNetwork];
    return { networks, listenHost: alias };
  }

  /** What every program has that is published on the host. */
  private published<
    T extends { readonly hostPort: number; readonly limits: Environment["jaeger"]["limits"] },
  >(program: "prometheus" | "grafana" | "jaeger" | "moto", { hostPort, limits }: T) {
    return {
      name: containerNames[program],
      image: this.environment.images[program],
      networks: [this.managementNetwork],
      hostPort,
      publishOn: publishOnOf(this.environment),
      limits,
    };
  }

  private addPrometheus(): Prometheus {
    const { alerting, prometheus } = this.environment;
    return new Prometheus(this, "prometheus", {
      ...this.published("prometheus", prometheus),
      ...this.onBoth(containerNames.prometheus),
      configuration: {
        interval: prometheus.scrapeInterval,
        timeout: prometheus.scrapeTimeout,
        externalLabels: externalLabelsOf(this.environment),
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

  private addAgents(
    engine: ManagedEngine,
    workspace: Pick<Workspace, "remoteWriteUrl"> | undefined,
  ): PrometheusAgent[] {
    if (!workspace) throw new Error(`The agents of ${this.environment.name} need its workspace.`);
    const { image, limits } = this.published("prometheus", this.environment.prometheus);
    const placement = (name: string) => this.onBoth(name);
    return addAgents(this, this.environment, engine, { workspace, placement, image, limits });
  }

  private addGrafana(): Grafana {
    const { grafana } = this.environment;
    const { name, description } = grafanaAdminPassword;
    return new Grafana(this, "grafana", {
      ...this.published("grafana", grafana),
      externalUrl: grafana.url,
      secureCookies: this.environment.edge !== undefined,
      adminPassword: sensitiveVariable(this, name, description).stringValue,
      ...grafanaLogins(this, this.environment),
      ...(managedEngineOf(this.environment) && {
        plugins: { [managedPrometheusPlugin]: grafanaPlugins.managedPrometheus },
        signsRequests: true,
      }),
    });
  }

  private addLoki(): Loki | undefined {
    const { images, loki } = this.environment;
    if (loki === undefined) return undefined;
    return new Loki(this, "loki", {
      name: containerNames.loki,
      image: images.loki,
      networks: [this.managementNetwork],
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
      network: this.managementNetwork,
    });
    for (const key of exporterKeys) {
      const settings: { readonly limits: Limits } | undefined = this.environment[key];
      if (settings === undefined) continue;
      const program = exporterPrograms[key];
      new Exporter(this, program.name, {
        program,
        image: images[key],
        networks: isOnBoth(key) ? this.onBoth(program.name).networks : [this.managementNetwork],
        limits: settings.limits,
        own: this.ownOf(key),
      });
    }
  }

  /** What an exporter's container has of this environment. */
  private ownOf(key: ExporterKey): ExporterProps["own"] {
    const { docker, logShipper } = this.environment;
    if (key === "blackboxExporter") {
      const { listenHost } = this.onBoth(exporterPrograms[key].name);
      return { files: blackboxFiles(this.environment), command: blackboxCommand({ listenHost }) };
    }
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
      networks: [this.managementNetwork],
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
