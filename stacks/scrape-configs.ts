import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import { probeScrapeConfigs } from "./probes";
import { addresses, alertmanagerAddresses, exporterTargets, nodeExporterAddress } from "./addresses";

/** A job for each program of the monitoring, for the machines, for each service, and for what is asked from outside. */
export function scrapeConfigs(environment: Environment): ScrapeConfig[] {
  const { alerting, loki, name, nodeExporter, services } = environment;
  const labels = { environment: name };
  const monitoring = {
    prometheus: [addresses.prometheus],
    alertmanager: alertmanagerAddresses(alerting.replicas),
    grafana: [addresses.grafana],
    jaeger: [addresses.jaegerMetrics],
    ...(loki && { loki: [addresses.loki] }),
  };
  const machines = [
    { instance: nodeExporter.instance, address: nodeExporterAddress(environment) },
    ...nodeExporter.otherHosts,
  ];
  return [
    ...Object.entries(monitoring).map(([jobName, targets]) => ({
      jobName,
      staticConfigs: [{ targets, labels }],
    })),
    ...exporterTargets(environment).map(({ metricsPath, jobName, target }) => ({
      jobName,
      ...(metricsPath !== undefined && { metricsPath }),
      staticConfigs: [{ targets: [target], labels }],
    })),
    {
      jobName: containerNames.nodeExporter,
      staticConfigs: machines.map(({ instance, address }) => ({
        targets: [address],
        labels: { ...labels, instance },
      })),
    },
    ...services.map(({ name: service, port, metricsPort = port, metricsPath, sampleLimit }) => ({
      jobName: service,
      metricsPath,
      ...(sampleLimit !== undefined && { sampleLimit }),
      staticConfigs: [{ targets: [`${service}:${String(metricsPort)}`], labels: { service, ...labels } }],
    })),
    ...probeScrapeConfigs(environment),
  ];
}
