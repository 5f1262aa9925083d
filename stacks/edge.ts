import type { Network } from "@cdktf/provider-docker/lib/network";
import type { Construct } from "constructs";
import { Edge } from "../constructs/docker/edge";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import { edgeConfigurationOf } from "./edge-sites";
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
