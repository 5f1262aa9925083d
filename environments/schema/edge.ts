import { z } from "zod";
import {
  acme,
  edgeUserName,
  letsEncrypt,
  maxBodyMb,
  requestsPerMinute,
} from "../../constructs/docker/edge-settings";
import { limits } from "../../constructs/docker/container-settings";
import { list, port, secretName } from "../../schema/primitives";
import { buildSchema, containerShape } from "./services";

const inVariable = z.strictObject({
  /** Name of the sensitive Terraform variable that holds it. */
  secret: secretName,
});

/** Where the image of the edge is built from. */
const ownImage = "constructs/docker/edge-image";

/**
 * A reverse proxy in front of what people reach, at the URLs that the environment names: `grafana.url`,
 * `prometheus.url`, `alerting.url`, `jaeger.url` and each `services[].publicUrl`. With it nothing but the edge is
 * published elsewhere than on the loopback of the engine's host; `docker.publishOn` is the edge's alone.
 */
export const edgeSchema = z.strictObject({
  /** Image, pinned, in place of `build`: what it needs says `EdgeProps.image`. Default: none. */
  image: containerShape.image,
  /** How its image is built where there is no `image`. Default: from `constructs/docker/edge-image`. */
  build: buildSchema.prefault({ context: ownImage, sources: ["Dockerfile", "go.mod", "go.sum", "main.go"] }),
  /** Port of the host for HTTPS. Default 443. */
  httpsPort: port.default(443),
  /** Port of the host for HTTP, which sends to HTTPS; authorities ask there, too. Default 80. */
  httpPort: port.default(80),
  /** How it comes to its certificates. */
  certificates: z.discriminatedUnion("kind", [
    z.strictObject({
      /** It asks an authority for them, and renews them by itself (ACME). The authority must reach `httpPort` as port 80. */
      kind: z.literal("acme"),
      email: acme.email,
      /** Default: that of Let's Encrypt. */
      directory: acme.directory.default(letsEncrypt),
    }),
    z.strictObject({
      /** They are given to it. A new one is a new deployment. */
      kind: z.literal("files"),
      /** Certificate for all hosts, followed by those that lead to its authority, in PEM. */
      certificate: inVariable,
      /** Its key, in PEM. */
      key: inVariable,
    }),
  ]),
  /** Who may log in where a program has no logins of its own: Prometheus, Alertmanager, Jaeger. */
  users: list(
    z.strictObject({
      /** Name by which to log in. */
      name: edgeUserName,
      /** The hash of the password, by bcrypt: what `caddy hash-password` prints. */
      passwordHash: inVariable,
    }),
    1,
    100,
  ),
  /**
   * Requests that one client may send in a minute to all that is behind it, a quarter of them where a login is
   * asked for; beyond it is answered with 429. Default 1200.
   */
  requestsPerMinute: requestsPerMinute.default(1200),
  /** Size of the greatest body of a request in MB; beyond it is answered with 413. Default 10. */
  maxBodyMb: maxBodyMb.default(10),
  /** Default 256 MiB and 1 CPU. */
  limits: limits.default({ memoryMb: 256, cpus: 1 }),
});
