import type { ScrapeConfig, StaticConfig } from "../constructs/docker/prometheus-configuration";
import type { Environment } from "../environments";
import { cadvisor } from "../constructs/docker/cadvisor";
import { logShipper } from "../constructs/docker/log-shipper";
import { containerNames } from "../environments/container-names";
import {
  addresses,
  agentTargets,
  alertmanagerAddresses,
  exporterTargets,
  type ProgramTarget,
  watchedOnBoth,
} from "./addresses";
import { cadvisorTargets, nodeExporterTargets, shipperConfigs } from "./machine-targets";
import { probeScrapeConfigs } from "./probes";
import { serviceScrapeConfig } from "./service-targets";

/** A job for each program of the monitoring, for the machines, for each service, and for what is asked from outside. */
export function scrapeConfigs(environment: Environment): ScrapeConfig[] {
  const { alerting, edge, loki, name, services } = environment;
  const labels = { environment: name };
  const asked = ({ target, instance }: ProgramTarget): StaticConfig => ({
    targets: [target],
    labels: { ...labels, ...(instance !== undefined && { instance }) },
  });
  const agents = agentTargets(environment).flat();
  const monitoring: Readonly<Record<string, readonly StaticConfig[]>> = {
    ...(agents.length > 0
      ? // The workspace has an Alertmanager of its own.
        { prometheus: agents.map(asked) }
      : {
          prometheus: [asked(watchedOnBoth.prometheus)],
          alertmanager: [{ targets: alertmanagerAddresses(alerting.replicas), labels }],
        }),
    grafana: [{ targets: [addresses.grafana], labels }],
    jaeger: [asked(watchedOnBoth.jaegerMetrics)],
    "span-metrics": [asked(watchedOnBoth.spanMetrics)],
    ...(loki && { loki: [{ targets: [addresses.loki], labels }] }),
    ...(edge && {
      // What logs people in is a part of the edge: whether it is there is all that is read of it.
      edge: [{ targets: [addresses.edge, ...(edge.oidc ? [addresses.oauth2ProxyMetrics] : [])], labels }],
    }),
  };
  const elsewhere = (jobName: string) => (jobName === logShipper.name ? shipperConfigs(environment) : []);
  return [
    ...Object.entries(monitoring).map(([jobName, staticConfigs]) => ({ jobName, staticConfigs })),
    ...exporterTargets(environment).map(({ metricsPath, jobName, ...program }) => ({
      jobName,
      ...(metricsPath !== undefined && { metricsPath }),
      ...(jobName === cadvisor.name
        ? cadvisorTargets(environment, program.target)
        : { staticConfigs: [asked(program), ...elsewhere(jobName)] }),
    })),
    { jobName: containerNames.nodeExporter, ...nodeExporterTargets(environment) },
    ...services.map((service) => serviceScrapeConfig(environment, service)),
    ...probeScrapeConfigs(environment),
  ];
}
