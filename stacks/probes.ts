import type { z } from "zod";
import {
  type Probe,
  moduleNameOf,
  renderBlackboxConfiguration,
} from "../constructs/docker/blackbox-configuration";
import { blackboxConfigurationPath, blackboxExporter } from "../constructs/docker/blackbox-exporter";
import { probeSchema } from "../constructs/docker/blackbox-settings";
import type { EdgeSite } from "../constructs/docker/edge-configuration";
import type { ContainerFile } from "../constructs/docker/container-parts";
import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { type EdgeProgram, probeJob } from "../metrics/targets";
import { exporterTargets } from "./addresses";
import { edgePagesOf } from "./edge-sites";

/** A URL that is asked from outside, and how it must answer. */
interface NamedProbe extends Probe {
  /** Whose it is: the label `service`. */
  readonly service: string;
}

/**
 * How the first answer of a page at the edge must be, by who asks for the login. One that lets in without a login is
 * wrong; one with a login of its own may send to it.
 */
const rightAnswers = {
  edge: { statuses: [401], followRedirects: false },
  own: { statuses: [200, 302], followRedirects: false },
} as const satisfies Readonly<Record<EdgeSite["login"], z.input<typeof probeSchema>>>;

function serviceProbesOf({ services }: Environment): NamedProbe[] {
  return services.flatMap(({ name: service, publicUrl: url, probe }) =>
    url === undefined ? [] : [{ service, url, ...probeSchema.parse(probe ?? {}) }],
  );
}

function pageProbesOf(environment: Environment): NamedProbe[] {
  return edgePagesOf(environment).map(({ program, url, login }) => ({
    service: program,
    // The edge sends who leaves out the slash of a folder there.
    url: url.endsWith("/") ? url : `${url}/`,
    ...probeSchema.parse(rightAnswers[login]),
  }));
}

function probesOf(environment: Environment): NamedProbe[] {
  return [...serviceProbesOf(environment), ...pageProbesOf(environment)];
}

/** Names of the services that customers reach at a URL of their own, each of which is asked from outside. */
export function publicServicesOf(environment: Environment): readonly string[] {
  return serviceProbesOf(environment).map(({ service }) => service);
}

/** Programs of the monitoring whose pages are asked from outside, at the edge. */
export function publicProgramsOf(environment: Environment): readonly EdgeProgram[] {
  return edgePagesOf(environment).map(({ program }) => program);
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
