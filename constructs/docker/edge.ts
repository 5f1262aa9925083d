import { Construct } from "constructs";
import { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import type { ImageBuild, Limits } from "./container-parts";
import { containerName, limits, pinnedImage, publishAddress, secretsFolder } from "./container-settings";
import { dataVolume } from "./data-volume";
import { type EdgeConfiguration, type EdgePlace, renderEdgeConfiguration } from "./edge-configuration";
import { edgeConfiguration } from "./edge-settings";
import { MonitoredContainer } from "./monitored-container";
import type { NetworkedProgramProps } from "./program-props";
import { programs } from "./programs";
import { port } from "../../schema/primitives";

const { name: defaultName, httpsPort, httpPort, metricsPort } = programs.edge;
const configPath = "/etc/caddy/caddy.json";

/** Where the edge of the container listens, reads and writes. */
export const edgePlace: EdgePlace = {
  ports: { https: httpsPort, http: httpPort, metrics: metricsPort },
  dataPath: "/data",
  certificatePath: `${secretsFolder}/edge-certificate`,
  keyPath: `${secretsFolder}/edge-key`,
  hashPathOf: (user) => `${secretsFolder}/edge-user-${user}`,
};

/** Caddy 2.11 or newer with the module caddy-ratelimit. */
export interface EdgeProps extends EdgeConfiguration, Pick<NetworkedProgramProps, "networks"> {
  /**
   * An image that is pinned, or how it is built. It has `caddy` with the module caddy-ratelimit and `wget` on its path,
   * and a folder `/data` that the user 1000 or the group 0 may write to, as `edge-image/Dockerfile` makes it.
   */
  readonly image: string | ImageBuild;
  /** Memory and CPU that it may use at most. */
  readonly limits: Limits;
  /**
   * Name of the container on its networks.
   * @default "edge"
   */
  readonly name?: string;
  /** Hash (bcrypt) of each user's password, by the user's name: values of sensitive variables. */
  readonly passwordHashes: Readonly<Record<string, string>>;
  /**
   * Certificate with those that lead to its authority, and its key, in PEM: values of sensitive variables. Needed where
   * `certificates` is of the kind `files`; refused with the other.
   * @default - none
   */
  readonly certificateFiles?: { readonly certificate: string; readonly key: string };
  /** Port of the host at which HTTP is published: it sends to HTTPS, and an authority asks there. */
  readonly httpPort: number;
  /**
   * IPv4 address of the host at which it is published.
   * @default "127.0.0.1" - reached from the host alone
   */
  readonly publishOn?: string;
}

/**
 * A reverse proxy in front of what people reach: it ends TLS, asks for logins where a program has none of its own, and
 * bounds what a client may send. Certificates that it got by ACME are in the volume `<name>-data`.
 */
export class Edge extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine or Caddy would refuse or what could not work */
  constructor(scope: Construct, id: string, props: EdgeProps) {
    checkEdge(props).throwFor(scope, id);
    super(scope, id);
    const { certificateFiles, certificates, name = defaultName, passwordHashes, publishOn: address } = props;
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      entrypoint: ["caddy", "run", "--config", configPath],
      healthCheck: {
        command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(metricsPort)}/health`],
      },
      limits: props.limits,
      user: "1000:0",
      // Above 1023, so that no capability is needed to listen there.
      ports: [
        { container: httpsPort, host: props.httpsPort, address },
        { container: httpPort, host: props.httpPort, address },
      ],
      ...(certificates.kind === "acme" && {
        volumes: [{ volume: dataVolume(this, `${name}-data`), path: edgePlace.dataPath }],
      }),
      files: [
        { path: configPath, content: terraformLiteral(renderEdgeConfiguration(props, edgePlace)) },
        ...Object.entries(passwordHashes).map(([user, content]) => ({
          path: edgePlace.hashPathOf(user),
          content,
          secret: true,
        })),
        ...(certificateFiles
          ? [
              { path: edgePlace.certificatePath, content: certificateFiles.certificate, secret: true },
              { path: edgePlace.keyPath, content: certificateFiles.key, secret: true },
            ]
          : []),
      ],
    });
  }
}

function checkEdge(props: EdgeProps): Problems {
  const { sites, certificates, users, oidc, requestsPerMinute, maxBodyMb, httpsPort: https } = props;
  const problems = new Problems()
    .mayHold(containerName, "name", props.name)
    .holds(limits, "limits", props.limits)
    .holds(port, "httpPort", props.httpPort)
    .mayHold(publishAddress, "publishOn", props.publishOn)
    .expect(props.networks.length > 0, "networks", [], "one network or more");
  if (typeof props.image === "string") problems.holds(pinnedImage, "image", props.image);
  const configuration = { sites, certificates, users, oidc, requestsPerMinute, maxBodyMb, httpsPort: https };
  for (const [prop, schema] of Object.entries(edgeConfiguration.shape)) {
    problems.holds(schema, prop, Reflect.get(configuration, prop));
  }
  const asksForLogin = sites.some(({ login }) => login === "edge");
  return problems
    .expect(
      users.length > 0 || oidc !== undefined || !asksForLogin,
      "users",
      users,
      "one or more, or oidc, as a site asks for a login",
    )
    .expect(
      users.every((user) => Object.hasOwn(props.passwordHashes, user)),
      "passwordHashes",
      Object.keys(props.passwordHashes),
      "a hash for each of the users",
    )
    .expect(
      (props.certificateFiles !== undefined) === (certificates.kind === "files"),
      "certificateFiles",
      props.certificateFiles && "files",
      'with certificates of the kind "files", and with no others',
    );
}
