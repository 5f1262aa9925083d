import type { FileAuth, ScrapeConfig, ScrapeTls } from "../constructs/docker/prometheus-configuration";
import type { TargetDiscovery } from "../constructs/docker/target-discovery";
import type { Environment } from "../environments";
import { prometheusSecretPath } from "./prometheus-secrets";
import { ec2Discovery, withTags } from "./target-discovery";

type Service = Environment["services"][number];
type Elsewhere = NonNullable<Service["elsewhere"]>;

/** The job of a service: at its name on the monitoring network, or where its instances are elsewhere. */
export function serviceScrapeConfig(environment: Environment, service: Service): ScrapeConfig {
  const { name, metricsPath, sampleLimit, elsewhere, metricsPort: port = service.port } = service;
  const labels = { service: name, environment: environment.name };
  const job = { jobName: name, metricsPath, ...(sampleLimit !== undefined && { sampleLimit }) };
  if (!elsewhere) return { ...job, staticConfigs: [{ targets: [`${name}:${String(port)}`], labels }] };
  const { scheme, tls, auth, targets } = elsewhere;
  const asked = {
    ...job,
    ...(scheme === "https" && { scheme }),
    ...(tls && { tls: tlsOf(tls) }),
    ...(auth && { auth: fileAuthOf(auth) }),
  };
  return targets.kind === "addresses"
    ? { ...asked, staticConfigs: [{ targets: targets.addresses, labels }] }
    : { ...asked, staticConfigs: [], discovered: { by: [discoveryOf(environment, targets, port)], labels } };
}

/** Names of the services whose targets are all discovered, so that there may be none. */
export function discoveredServices({ services }: Environment): readonly string[] {
  return services.filter(isDiscovered).map(({ name }) => name);
}

/** Whether a service can have more than one target. */
export function hasReplicas(service: Service): boolean {
  const targets = service.elsewhere?.targets;
  return isDiscovered(service) || (targets?.kind === "addresses" && targets.addresses.length > 1);
}

function isDiscovered({ elsewhere }: Service): boolean {
  return elsewhere !== undefined && elsewhere.targets.kind !== "addresses";
}

function discoveryOf(
  environment: Environment,
  targets: Exclude<Elsewhere["targets"], { kind: "addresses" }>,
  port: number,
): TargetDiscovery {
  const { refreshInterval } = targets;
  if (targets.kind === "dns") return { ...targets, port };
  return ec2Discovery(environment, { filters: withTags(targets.tags), port, refreshInterval });
}

function tlsOf({ ca, certificate, key, serverName }: NonNullable<Elsewhere["tls"]>): ScrapeTls {
  return {
    ...(ca && { caFile: prometheusSecretPath(ca.secret) }),
    ...(certificate && { certFile: prometheusSecretPath(certificate.secret) }),
    ...(key && { keyFile: prometheusSecretPath(key.secret) }),
    ...(serverName !== undefined && { serverName }),
  };
}

/** A proof by a secret, with the file that the secret is in. */
export function fileAuthOf(auth: NonNullable<Elsewhere["auth"]>): FileAuth {
  switch (auth.kind) {
    case "basic":
      return { kind: auth.kind, username: auth.username, passwordFile: prometheusSecretPath(auth.password) };
    case "bearer":
      return { kind: auth.kind, tokenFile: prometheusSecretPath(auth.token) };
  }
}
