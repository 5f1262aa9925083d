import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { oauth2ProxyPlace } from "../../constructs/docker/oauth2-proxy";
import {
  type OidcLogin,
  refusedPage,
  renderOAuth2ProxyConfiguration,
} from "../../constructs/docker/oauth2-proxy-configuration";
import { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import { edgeConfigurationOf, oidcLoginOf } from "../../stacks/edge-sites";
import { Behind, TestEdge } from "./edge";
import { oidcInput, withEdge } from "./edge-environment";
import { passwords } from "./edge-running";
import { parseEnvironment } from "./environments";
import { startOidcProvider } from "./oidc-provider";
import { certificateFor, type MadeCertificate } from "./server-certificate";

/** Secrets of the login. */
export const oidcSecrets = {
  client: "known to the provider and oauth2-proxy",
  cookie: "c2VhbHMtdGhlLWNvb2tpZXMtb2YtdGhpcy10ZXN0LS0",
} as const;

/** Who can log in at the provider. */
const people = {
  anna: { email: "anna@example.com", email_verified: true, name: "Anna", groups: ["sales", "on-call"] },
  lea: { email: "lea@example.com", email_verified: true, name: "Lea", groups: ["/ops/leads, all"] },
  otto: { email: "otto@example.com", email_verified: true, name: "Otto", groups: ["on-call-not", "sales"] },
  nemo: { email: "nemo@example.com", email_verified: true, name: "Nemo" },
} as const;

/** A person that the provider knows. */
export type Person = keyof typeof people;

/** A real edge, a real oauth2-proxy and a provider, each of which can be stopped and started again. */
export class OidcRunning {
  private proxy: ManagedProcess | undefined;
  private provider: ManagedProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly edge: TestEdge,
    readonly behind: Behind,
    readonly issuer: string,
    private readonly login: OidcLogin,
    private readonly ports: { readonly proxy: number; readonly metrics: number },
    private readonly certificate: MadeCertificate,
  ) {}

  /** The configuration that is deployed, with other addresses, ports and paths of files alone. */
  static async start(folder: string): Promise<OidcRunning> {
    const [proxy = 0, metrics = 0, ofProvider = 0] = await freePorts(3);
    const issuer = `https://127.0.0.1:${String(ofProvider)}`;
    const environment = parseEnvironment(
      withEdge(
        ["edge.oidc", { ...oidcInput, issuer }],
        ["edge.requestsPerMinute", 100_000],
        ["alerting.url", "https://prometheus.example.com/alertmanager"],
      ),
      "prod.ts",
    );
    const settings = environment.edge;
    const login = settings && oidcLoginOf(settings);
    if (!settings || !login) throw new Error("No edge with logins by OpenID Connect.");
    const behind = new Behind();
    const upstream = await behind.start();
    const configuration = edgeConfigurationOf(environment, settings);
    const sites = configuration.sites.map((site) => ({ ...site, upstreams: [upstream] }));
    const oidc = `127.0.0.1:${String(proxy)}`;
    const edge = await TestEdge.start(folder, { ...configuration, sites, oidc }, passwords);
    const certificate = certificateFor(2, folder);
    const running = new OidcRunning(folder, edge, behind, issuer, login, { proxy, metrics }, certificate);
    await running.startProvider();
    await running.startProxy();
    return running;
  }

  /** URL of a path at a host of the edge. */
  urlOf(host: string, path: string): string {
    return `https://${host}:${String(this.edge.ports.https)}${path}`;
  }

  async startProvider(): Promise<void> {
    const { certificate, folder, issuer, login } = this;
    const hosts = ["prometheus.example.com", "jaeger.example.com"];
    const redirectUris = hosts.map((host) => this.urlOf(host, "/oauth2/callback"));
    const client = { id: login.clientId, secret: oidcSecrets.client, redirectUris };
    this.provider = await startOidcProvider(folder, { issuer, certificate, client, people });
  }

  async stopProvider(): Promise<void> {
    await this.provider?.stop();
  }

  /** @param more of its command line, which goes before its configuration. Default: none */
  async startProxy(more: readonly string[] = []): Promise<void> {
    this.proxy = this.proxyProcess(more);
    await this.proxy.healthy(`http://127.0.0.1:${String(this.ports.proxy)}/ping`, 60_000);
  }

  async stopProxy(): Promise<void> {
    await this.proxy?.stop();
  }

  /** Starts it where the provider is away: it ends, and so does this. */
  async tryProxy(): Promise<void> {
    await this.proxyProcess([]).exited;
  }

  private proxyProcess(more: readonly string[]): ManagedProcess {
    const { certificate, folder, login, ports } = this;
    const at = (port: number) => `127.0.0.1:${String(port)}`;
    const place = {
      listenAddress: at(ports.proxy),
      metricsAddress: at(ports.metrics),
      trustedSubnet: "127.0.0.1/32",
      clientSecretPath: join(folder, "oidc-client-secret"),
      cookieSecretPath: join(folder, "oidc-cookie-secret"),
      pagesPath: join(folder, "pages"),
    } satisfies typeof oauth2ProxyPlace & { readonly trustedSubnet: string };
    mkdirSync(place.pagesPath, { recursive: true });
    writeFileSync(join(place.pagesPath, "error.html"), refusedPage);
    writeFileSync(place.clientSecretPath, oidcSecrets.client);
    writeFileSync(place.cookieSecretPath, oidcSecrets.cookie);
    const file = join(folder, "oauth2-proxy.cfg");
    writeFileSync(file, renderOAuth2ProxyConfiguration(login, place));
    const run = `exec oauth2-proxy --config '${file}' ${more.join(" ")} >>'${folder}/oauth2-proxy.log' 2>&1`;
    // Its provider is believed by the test's certificate.
    const env = { ...process.env, SSL_CERT_FILE: certificate.file };
    return new ManagedProcess({ name: "oauth2-proxy", command: "sh", args: ["-c", run], env });
  }

  /** What oauth2-proxy wrote. */
  proxyLog(): string {
    return readFileSync(join(this.folder, "oauth2-proxy.log"), "utf8");
  }

  /** What oauth2-proxy measures. */
  async proxyMetrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${String(this.ports.metrics)}/metrics`)).text();
  }

  async stop(): Promise<void> {
    this.behind.stop();
    await Promise.all([this.proxy?.stop(), this.provider?.stop(), this.edge.stop()]);
  }
}
