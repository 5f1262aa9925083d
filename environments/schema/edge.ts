import { z } from "zod";
import {
  acme,
  edgeUserName,
  letsEncrypt,
  maxBodyMb,
  requestsPerMinute,
} from "../../constructs/docker/edge-settings";
import { limits } from "../../constructs/docker/container-settings";
import { defaultScopes, oidcLogin } from "../../constructs/docker/oauth2-proxy-settings";
import { list, port, secretName } from "../../schema/primitives";
import { buildSchema, containerShape } from "./services";

const inVariable = z.strictObject({
  /** Name of the sensitive Terraform variable that holds it. */
  secret: secretName,
});

const { issuer, clientId, groups, groupsClaim, scopes, sessionHours } = oidcLogin.shape;

/** How people log in by OpenID Connect, of which oauth2-proxy takes care. */
const oidcSchema = z.strictObject({
  /** The provider's issuer, such as `https://login.example.com/realms/ops`. */
  issuer,
  /** What the provider calls this client. */
  clientId,
  /** The client's secret at the provider. */
  clientSecret: inVariable,
  /** By what the edge's cookies are sealed: 32 random bytes in base64 of the URL's kind. Another one ends all logins. */
  cookieSecret: inVariable,
  /** Who may come in: those who are in one of these groups, spelt as the claim has them. */
  groups,
  /** The claim that holds the groups. Default `groups`. */
  groupsClaim: groupsClaim.default("groups"),
  /** Scopes that are asked for. Default `openid`, `email`, `profile`; many providers want `groups`, too. */
  scopes: scopes.default(defaultScopes),
  /** Hours after which a login ends and the provider is asked again: who left a group is in until then. Default 12. */
  sessionHours: sessionHours.default(12),
  /** Of oauth2-proxy. Default 128 MiB and 0.5 CPU. */
  limits: limits.default({ memoryMb: 128, cpus: 0.5 }),
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
  /** How people log in by OpenID Connect where a program has no logins of its own. Default: with passwords alone. */
  oidc: oidcSchema.optional(),
  /**
   * Who may log in with a password where a program has no logins of its own: Prometheus, Alertmanager, Jaeger. Default:
   * nobody, which needs `oidc`.
   */
  users: list(
    z.strictObject({
      /** Name by which to log in. */
      name: edgeUserName,
      /** The hash of the password, by bcrypt: what `caddy hash-password` prints. */
      passwordHash: inVariable,
    }),
    1,
    100,
  ).default([]),
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
