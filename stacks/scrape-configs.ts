import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import type { Environment } from "../environments";
import { cadvisor } from "../constructs/docker/cadvisor";
import { logShipper } from "../constructs/docker/log-shipper";
import { containerNames } from "../environments/container-names";
import { addresses, alertmanagerAddresses, exporterTargets } from "./addresses";
import { cadvisorTargets, nodeExporterTargets, shipperConfigs } from "./machine-targets";
import { probeScrapeConfigs } from "./probes";
import { serviceScrapeConfig } from "./service-targets";

/** A job for each program of the monitoring, for the machines, for each service, and for what is asked from outside. */
export function scrapeConfigs(environment: Environment): ScrapeConfig[] {
  const { alerting, edge, loki, name, services } = environment;
  const labels = { environment: name };
  const monitoring = {
    prometheus: [addresses.prometheus],
    alertmanager: alertmanagerAddresses(alerting.replicas),
    grafana: [addresses.grafana],
    jaeger: [addresses.jaegerMetrics],
    "span-metrics": [addresses.spanMetrics],
    ...(loki && { loki: [addresses.loki] }),
    ...(edge && { edge: [addresses.edge] }),
  };
  const elsewhere = (jobName: string) => (jobName === logShipper.name ? shipperConfigs(environment) : []);
  return [
    ...Object.entries(monitoring).map(([jobName, targets]) => ({
      jobName,
      staticConfigs: [{ targets, labels }],
    })),
    ...exporterTargets(environment).map(({ metricsPath, jobName, target }) => ({
      jobName,
      ...(metricsPath !== undefined && { metricsPath }),
      ...(jobName === cadvisor.name
        ? cadvisorTargets(environment, target)
        : { staticConfigs: [{ targets: [target], labels }, ...elsewhere(jobName)] }),
    })),
    { jobName: containerNames.nodeExporter, ...nodeExporterTargets(environment) },
    ...services.map((service) => serviceScrapeConfig(environment, service)),
    ...probeScrapeConfigs(environment),
  ];
}
