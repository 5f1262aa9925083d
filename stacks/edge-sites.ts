import { loopback } from "../constructs/docker/container-settings";
import type { EdgeConfiguration, EdgeSite } from "../constructs/docker/edge-configuration";
import type { OidcLogin } from "../constructs/docker/oauth2-proxy-configuration";
import type { Environment } from "../environments";
import { managedEngineOf } from "../environments/metrics-engine";
import type { EdgeProgram } from "../metrics/targets";
import { addresses, alertmanagerAddresses } from "./addresses";

type Settings = NonNullable<Environment["edge"]>;

/**
 * Address of the host at which all but the edge is published: the edge's own `docker.publishOn` leads around it
 * otherwise.
 */
export function publishOnOf({ docker, edge }: Environment): string {
  return edge ? loopback : docker.publishOn;
}

/** A program of the monitoring whose pages the edge shows. */
export interface EdgePage {
  readonly program: EdgeProgram;
  /** URL at which it is reached. */
  readonly url: string;
  readonly upstreams: readonly string[];
  readonly login: EdgeSite["login"];
}

/** The programs of the monitoring that are behind the edge of an environment; none where it has none. */
export function edgePagesOf(environment: Environment): EdgePage[] {
  const { alerting, edge, grafana, jaeger, prometheus } = environment;
  if (!edge) return [];
  // A workspace has both, and neither has pages.
  const isManaged = managedEngineOf(environment) !== undefined;
  const onHost: EdgePage[] = [
    { program: "prometheus", url: prometheus.url, upstreams: [addresses.prometheus], login: "edge" },
    {
      program: "alertmanager",
      url: alerting.url,
      upstreams: alertmanagerAddresses(alerting.replicas),
      login: "edge",
    },
  ];
  return [
    { program: "grafana", url: grafana.url, upstreams: [addresses.grafana], login: "own" },
    ...(isManaged ? [] : onHost),
    ...(jaeger.url === undefined
      ? []
      : [{ program: "jaeger", url: jaeger.url, upstreams: [addresses.jaeger], login: "edge" } as const]),
  ];
}

/** What is behind the edge of an environment, and at which URLs. */
export function edgeSitesOf(environment: Environment): EdgeSite[] {
  const { services } = environment;
  const ofPrograms = edgePagesOf(environment).map(({ url, upstreams, login }) =>
    siteAt(url, upstreams, login),
  );
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
