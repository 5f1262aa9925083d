import type { Network } from "@cdktf/provider-docker/lib/network";
import type { Construct } from "constructs";
import { Edge } from "../constructs/docker/edge";
import { OAuth2Proxy } from "../constructs/docker/oauth2-proxy";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import { edgeConfigurationOf, oidcLoginOf } from "./edge-sites";
import { imageSource } from "./image-source";

/** The edge of an environment; undefined where it has none. */
export function addEdge(
  scope: Construct,
  environment: Environment,
  networks: readonly Network[],
): Edge | undefined {
  const { docker, edge, name } = environment;
  const image = edge && imageSource(containerNames.edge, name, edge);
  if (!edge || image === undefined) return undefined;
  const { certificates, httpPort, limits, users } = edge;
  const value = (variable: string, description: string) =>
    sensitiveVariable(scope, variable, description).stringValue;
  return new Edge(scope, "edge", {
    name: containerNames.edge,
    image,
    networks,
    limits,
    ...edgeConfigurationOf(environment, edge),
    httpPort,
    publishOn: docker.publishOn,
    passwordHashes: Object.fromEntries(
      users.map((user) => [
        user.name,
        value(user.passwordHash.secret, `edge: bcrypt hash of the password of ${user.name}`),
      ]),
    ),
    ...(certificates.kind === "files" && {
      certificateFiles: {
        certificate: value(certificates.certificate.secret, "edge: certificate and chain, in PEM"),
        key: value(certificates.key.secret, "edge: key of the certificate, in PEM"),
      },
    }),
  });
}

/** What logs people in for the edge, on the management network, on which no service is; undefined where nothing does. */
export function addOAuth2Proxy(
  scope: Construct,
  { docker, edge, images }: Environment,
  network: Network,
): OAuth2Proxy | undefined {
  const login = edge && oidcLoginOf(edge);
  if (!edge?.oidc || !login) return undefined;
  const { clientSecret, cookieSecret, limits } = edge.oidc;
  const value = (variable: string, description: string) =>
    sensitiveVariable(scope, variable, description).stringValue;
  return new OAuth2Proxy(scope, "oauth2-proxy", {
    name: containerNames.oauth2Proxy,
    image: images.oauth2Proxy,
    networks: [network],
    limits,
    login,
    secrets: {
      client: value(clientSecret.secret, "edge: secret of the client at the provider of logins"),
      cookie: value(cookieSecret.secret, "edge: secret by which the cookies of logins are sealed"),
    },
    trustedSubnet: docker.managementSubnet,
  });
}
