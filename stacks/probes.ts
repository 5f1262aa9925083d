import {
  type Probe,
  moduleNameOf,
  renderBlackboxConfiguration,
} from "../constructs/docker/blackbox-configuration";
import { blackboxConfigurationPath, blackboxExporter } from "../constructs/docker/blackbox-exporter";
import { probeSchema } from "../constructs/docker/blackbox-settings";
import type { ContainerFile } from "../constructs/docker/container-parts";
import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { probeJob } from "../metrics/targets";
import { exporterTargets } from "./addresses";

/** The URL of a service that is asked from outside, and how it must answer. */
interface ServiceProbe extends Probe {
  readonly service: string;
}

function probesOf({ services }: Environment): ServiceProbe[] {
  return services.flatMap(({ name: service, publicUrl: url, probe }) =>
    url === undefined ? [] : [{ service, url, ...probeSchema.parse(probe ?? {}) }],
  );
}

/** Names of the services that customers reach at a URL of their own, each of which is asked from outside. */
export function publicServicesOf(environment: Environment): readonly string[] {
  return probesOf(environment).map(({ service }) => service);
}

/** The job that has these URLs asked; none where there is none. Its targets are all the one exporter, which is told the URL. */
export function probeScrapeConfigs(environment: Environment): ScrapeConfig[] {
  const probes = probesOf(environment);
  const targets = exporterTargets(environment)
    .filter(({ jobName }) => jobName === blackboxExporter.name)
    .map(({ target }) => target);
  if (probes.length === 0) return [];
  return [
    {
      jobName: probeJob,
      metricsPath: "/probe",
      staticConfigs: probes.map(({ service, ...probe }) => ({
        targets,
        labels: {
          service,
          environment: environment.name,
          instance: probe.url,
          // Prometheus makes parameters of the request of these two, and drops them.
          __param_target: probe.url,
          __param_module: moduleNameOf(probe),
        },
      })),
    },
  ];
}

/** The configuration file of the blackbox exporter. */
export function blackboxFiles(environment: Environment): readonly ContainerFile[] {
  const content = terraformLiteral(renderBlackboxConfiguration(probesOf(environment)));
  return [{ path: blackboxConfigurationPath, content }];
}
