import { loopback } from "../constructs/docker/container-settings";
import type { EdgeConfiguration, EdgeSite } from "../constructs/docker/edge-configuration";
import type { OidcLogin } from "../constructs/docker/oauth2-proxy-configuration";
import type { Environment } from "../environments";
import { managedEngineOf } from "../environments/metrics-engine";
import { addresses, alertmanagerAddresses } from "./addresses";

type Settings = NonNullable<Environment["edge"]>;

/**
 * Address of the host at which all but the edge is published: the edge's own `docker.publishOn` leads around it
 * otherwise.
 */
export function publishOnOf({ docker, edge }: Environment): string {
  return edge ? loopback : docker.publishOn;
}

/** What is behind the edge of an environment, and at which URLs. */
export function edgeSitesOf(environment: Environment): EdgeSite[] {
  const { alerting, grafana, jaeger, prometheus, services } = environment;
  // A workspace has both, and neither has pages.
  const isManaged = managedEngineOf(environment) !== undefined;
  const ofPrograms = [
    siteAt(grafana.url, [addresses.grafana], "own"),
    ...(isManaged
      ? []
      : [
          siteAt(prometheus.url, [addresses.prometheus], "edge"),
          siteAt(alerting.url, alertmanagerAddresses(alerting.replicas), "edge"),
        ]),
    ...(jaeger.url === undefined ? [] : [siteAt(jaeger.url, [addresses.jaeger], "edge")]),
  ];
  const ofServices = services.flatMap(({ name, port, publicUrl, metricsPath, metricsPort, image, build }) => {
    // What runs elsewhere has an edge of its own.
    if (publicUrl === undefined || (image === undefined && build === undefined)) return [];
    return [
      {
        ...siteAt(publicUrl, [`${name}:${String(port)}`], "own"),
        stripsPath: false,
        // Its metrics are nobody's from outside.
        hidden: metricsPort === undefined ? [metricsPath] : [],
      },
    ];
  });
  return [...ofPrograms, ...ofServices];
}

/** The programs keep to the root of their own: a path in their URL is the edge's. */
function siteAt(url: string, upstreams: readonly string[], login: EdgeSite["login"]): EdgeSite {
  const { hostname: host, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, "");
  return { host, path, upstreams: [...upstreams], stripsPath: true, login, hidden: [] };
}

/** What the edge of an environment lets through, and to whom. */
export function edgeConfigurationOf(environment: Environment, settings: Settings): EdgeConfiguration {
  const { certificates, httpsPort, maxBodyMb, oidc, requestsPerMinute, users } = settings;
  return {
    sites: edgeSitesOf(environment),
    certificates: certificates.kind === "acme" ? certificates : { kind: "files" },
    users: users.map(({ name }) => name),
    ...(oidc && { oidc: addresses.oauth2Proxy }),
    requestsPerMinute,
    maxBodyMb,
    httpsPort,
  };
}

/** By which provider people log in at an environment's edge; undefined where they do not. */
export function oidcLoginOf({ oidc }: Settings): OidcLogin | undefined {
  if (!oidc) return undefined;
  const { issuer, clientId, groups, groupsClaim, scopes, sessionHours } = oidc;
  return { issuer, clientId, groups, groupsClaim, scopes, sessionHours };
}
