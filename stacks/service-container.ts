import type { Network } from "@cdktf/provider-docker/lib/network";
import type { Construct } from "constructs";
import { MonitoredContainer } from "../constructs/docker/monitored-container";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import { addresses } from "./addresses";
import { publishOnOf } from "./edge-sites";
import { imageSource } from "./image-source";

type Service = Environment["services"][number];

/** The networks by the names that an environment's file has for them. */
export type Networks = Readonly<Record<Service["networks"][number], Network>>;

/** The container of a service. Nothing for one that runs elsewhere and is a target only. */
export function addServiceContainer(
  scope: Construct,
  environment: Environment,
  networks: Networks,
  service: Service,
): MonitoredContainer | undefined {
  const { name, port, hostPort, healthCheck, limits, tmpMb, user, secrets } = service;
  const image = imageSource(name, environment.name, service);
  if (image === undefined || !healthCheck) return undefined;
  const files = Object.entries(secrets).map(([path, variable]) => ({
    path,
    content: sensitiveVariable(scope, variable, `${name}: ${path}`).stringValue,
    secret: true,
  }));
  return new MonitoredContainer(scope, name, {
    name,
    image,
    networks: service.networks.map((network) => networks[network]),
    environment: { ...telemetry(environment.name, service), ...literals(service.environment) },
    healthCheck: { command: healthCheck.map(terraformLiteral) },
    limits,
    // Roots are read-only, and there are programs that start with no place for a temporary file.
    tmpfs: [{ path: "/tmp", sizeMb: tmpMb }],
    ...(user !== undefined && { user }),
    ...(hostPort !== undefined && {
      ports: [{ container: port, host: hostPort, address: publishOnOf(environment) }],
    }),
    ...(files.length > 0 && { files }),
  });
}

/** Who a service is and where its spans go, for OpenTelemetry in any language; its own variables come first. */
function telemetry(environment: string, { name, environment: own }: Service): Record<string, string> {
  return {
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${environment}`,
    // Who is told another host keeps to it: the endpoint would come before it.
    ...(own.JAEGER_AGENT_HOST === undefined && {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://${addresses.jaegerOtlp}`,
      // The default differs from SDK to SDK, and the port is that of HTTP.
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      // What Jaeger's clients of old read.
      JAEGER_AGENT_HOST: containerNames.jaeger,
    }),
  };
}

function literals(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, terraformLiteral(value)]));
}
