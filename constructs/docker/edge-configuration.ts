import type { z } from "zod";
import { edgeHandlers, safeHeaders } from "./edge-handlers";
import { loginErrors } from "./edge-login-routes";
import type { edgeCertificates, edgeSite } from "./edge-settings";

/** What is behind a URL: host and path, `host:port` of the programs that answer, and who asks for the login. */
export type EdgeSite = Readonly<z.output<typeof edgeSite>>;

/** By ACME, or from files. */
export type EdgeCertificates = Readonly<z.output<typeof edgeCertificates>>;

/** What the edge lets through, and to whom. */
export interface EdgeConfiguration {
  /** What is behind it. */
  readonly sites: readonly EdgeSite[];
  /** How its certificates come to it. */
  readonly certificates: EdgeCertificates;
  /** Who may log in, by name: a file beside each holds the hash of the password. */
  readonly users: readonly string[];
  /**
   * The `host:port` of oauth2-proxy, by which people log in with OpenID Connect; with it `users` log in, too.
   * @default - passwords alone
   */
  readonly oidc?: string;
  /**
   * Requests that one client may send in a minute, 10 or more; a quarter of them to sites that ask for a login, as each
   * wrong password costs the time of a hash. What is beyond is answered with 429.
   */
  readonly requestsPerMinute: number;
  /** Size of the greatest body of a request in MB, 1 or more. What is beyond is answered with 413. */
  readonly maxBodyMb: number;
  /** Port of the host at which it is published for HTTPS: where it sends those who come by HTTP. */
  readonly httpsPort: number;
}

/** Where it listens, reads and writes. */
export interface EdgePlace {
  /** Ports of its container. */
  readonly ports: { readonly https: number; readonly http: number; readonly metrics: number };
  /** Folder of the certificates that it got by ACME. */
  readonly dataPath: string;
  /** File of the certificate, with those that lead to its authority, in PEM. */
  readonly certificatePath: string;
  /** File of its key, in PEM. */
  readonly keyPath: string;
  /** File with the bcrypt hash of a user's password. */
  readonly hashPathOf: (user: string) => string;
}

/**
 * TLS 1.2 with forward secrecy and authenticated encryption alone, as Mozilla's "intermediate" has it
 * (https://wiki.mozilla.org/Security/Server_Side_TLS, 28 Nov 2026). TLS 1.3 has no others.
 */
export const cipherSuites = [
  "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
] as const;

/** How long a client may take. Only what is slower than anybody's line is cut. */
export const timeouts = {
  /** For the head of a request. */
  read_header_timeout: "10s",
  /** For a whole request with its body. */
  read_timeout: "60s",
  /** For a whole answer: a query of Prometheus may take two minutes. */
  write_timeout: "180s",
  /** Between two requests of one connection. */
  idle_timeout: "120s",
} as const;

const maxHeaderBytes = 32_768;

/** What the edge's access log has of a request: nothing of its headers and its query, in which secrets are. */
const accessLogFields = {
  "request>headers": { filter: "delete" },
  resp_headers: { filter: "delete" },
  "request>tls": { filter: "delete" },
  "request>uri": { filter: "regexp", regexp: "[?].*$", value: "?..." },
} as const;

/** The configuration of Caddy 2.11 with the module caddy-ratelimit, in JSON. */
export function renderEdgeConfiguration(configuration: EdgeConfiguration, place: EdgePlace): string {
  const hosts = [...new Set(configuration.sites.map(({ host }) => host))].sort();
  return JSON.stringify(
    {
      // Nobody changes a running edge: another configuration is another container.
      admin: { disabled: true, config: { persist: false } },
      logging: logging(),
      storage: { module: "file_system", root: place.dataPath },
      apps: {
        http: {
          http_port: place.ports.http,
          https_port: place.ports.https,
          grace_period: "10s",
          // Not by host: who sends another port in each Host header would make a series each.
          metrics: {},
          servers: servers(configuration, place, hosts),
        },
        tls: tls(configuration.certificates, place, hosts),
      },
    },
    undefined,
    2,
  );
}

function logging() {
  return {
    logs: {
      default: { writer: { output: "stderr" }, level: "INFO", exclude: ["http.log.access"] },
      access: {
        writer: { output: "stdout" },
        encoder: { format: "filter", wrap: { format: "json" }, fields: accessLogFields },
        include: ["http.log.access"],
      },
    },
  };
}

function tls(certificates: EdgeCertificates, place: EdgePlace, hosts: readonly string[]) {
  if (certificates.kind === "files") {
    return { certificates: { load_files: [{ certificate: place.certificatePath, key: place.keyPath }] } };
  }
  const { email, directory } = certificates;
  return {
    certificates: { automate: hosts },
    automation: { policies: [{ subjects: hosts, issuers: [{ module: "acme", email, ca: directory }] }] },
  };
}

function servers(configuration: EdgeConfiguration, place: EdgePlace, hosts: readonly string[]) {
  const { ports } = place;
  const common = { ...timeouts, max_header_bytes: maxHeaderBytes, automatic_https: { disable: true } };
  return {
    https: {
      ...common,
      listen: [`:${String(ports.https)}`],
      // HTTP/3 would need a port of UDP.
      protocols: ["h1", "h2"],
      tls_connection_policies: [
        // Others are refused in the handshake, whatever the certificate is for.
        {
          match: { sni: hosts },
          protocol_min: "tls1.2",
          cipher_suites: cipherSuites,
          curves: ["x25519mlkem768", "x25519", "secp256r1"],
        },
      ],
      strict_sni_host: true,
      logs: {},
      routes: edgeHandlers(configuration, place),
      // An error leaves the routes, and their headers with them.
      errors: {
        routes: [
          ...(configuration.oidc === undefined ? [] : loginErrors(safeHeaders)),
          { handle: [safeHeaders, { handler: "static_response", body: "" }] },
        ],
      },
    },
    http: {
      ...common,
      listen: [`:${String(ports.http)}`],
      protocols: ["h1"],
      logs: {},
      routes: [redirect(configuration.httpsPort, hosts), { handle: [status(404)], terminal: true }],
    },
    metrics: {
      ...common,
      listen: [`:${String(ports.metrics)}`],
      protocols: ["h1"],
      routes: [
        { match: [{ path: ["/metrics"] }], handle: [{ handler: "metrics" }], terminal: true },
        { match: [{ path: ["/health"] }], handle: [status(200)], terminal: true },
        { handle: [status(404)], terminal: true },
      ],
    },
  };
}

function redirect(httpsPort: number, hosts: readonly string[]) {
  const port = httpsPort === 443 ? "" : `:${String(httpsPort)}`;
  const location = [`https://{http.request.host}${port}{http.request.uri}`];
  return {
    match: [{ host: hosts }],
    handle: [{ handler: "static_response", status_code: 308, headers: { Location: location } }],
    terminal: true,
  };
}

function status(code: number) {
  return { handler: "static_response", status_code: code };
}
