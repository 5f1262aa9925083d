import type { z } from "zod";
import { loginPage } from "./login-pages";
import type { oidcLogin } from "./oauth2-proxy-settings";

/** By which provider people log in, and who of them may come in. */
export type OidcLogin = Readonly<z.output<typeof oidcLogin>>;

/** Where oauth2-proxy listens and reads. */
export interface OAuth2ProxyPlace {
  /** Where the edge asks it: an address, or none for all, and a port. */
  readonly listenAddress: string;
  /** Where its metrics are. */
  readonly metricsAddress: string;
  /** Addresses of who may say for whom he asks, as a range: of the edge alone, or of its network. */
  readonly trustedSubnet: string;
  /** File of the client's secret. */
  readonly clientSecretPath: string;
  /** File of the secret by which cookies are sealed. */
  readonly cookieSecretPath: string;
  /** Folder of its pages. */
  readonly pagesPath: string;
}

/** Name of the cookies. With this prefix browsers take them from this very host alone, by TLS, for all of its paths. */
export const loginCookie = "__Host-edge";

/** Path below which oauth2-proxy answers at each host. */
export const loginPrefix = "/oauth2";

/** Path at each host that leads to what is there to see. */
export const beginPath = `${loginPrefix}/`;

/** The configuration of oauth2-proxy 7.15, in TOML. */
export function renderOAuth2ProxyConfiguration(login: OidcLogin, place: OAuth2ProxyPlace): string {
  return toml({
    http_address: place.listenAddress,
    metrics_address: place.metricsAddress,
    reverse_proxy: true,
    trusted_proxy_ips: [place.trustedSubnet],
    // The edge writes it anew. X-Real-IP, the default, is the client's own.
    real_client_ip_header: "X-Forwarded-For",
    // It answers whether somebody is logged in; the edge has the programs.
    upstreams: ["static://404"],
    proxy_prefix: loginPrefix,

    provider: "oidc",
    oidc_issuer_url: login.issuer,
    client_id: login.clientId,
    client_secret_file: place.clientSecretPath,
    scope: login.scopes.join(" "),
    code_challenge_method: "S256",
    // By default it looks at no nonce.
    insecure_oidc_skip_nonce: false,
    skip_provider_button: true,

    // Who may come in is said by groups.
    email_domains: ["*"],
    oidc_groups_claim: login.groupsClaim,
    allowed_groups: login.groups,

    cookie_name: loginCookie,
    cookie_secret_file: place.cookieSecretPath,
    cookie_secure: true,
    cookie_httponly: true,
    cookie_samesite: "lax",
    cookie_expire: `${String(login.sessionHours)}h`,
    // For each tab that asks for a login, as one cookie would be the last one's.
    cookie_csrf_per_request: true,
    cookie_csrf_per_request_limit: 10,
    // Tokens of the provider stay nowhere.
    session_cookie_minimal: true,

    // For the edge's access log. Nothing is given to the programs.
    set_xauthrequest: true,
    pass_basic_auth: false,
    pass_user_headers: false,
    pass_access_token: false,
    pass_authorization_header: false,

    custom_templates_dir: place.pagesPath,
    // The edge writes a line for each request; in the paths here are codes of the provider.
    request_logging: false,
    logging_local_time: false,
  });
}

/** The page of what did not succeed, as a template of Go's `html/template`. */
export const refusedPage = loginPage({
  title: `{{if ne .StatusCode 403}}The login did not succeed{{else if eq (printf "%.13s" .Message) "Login Failed:"}}The login did not succeed{{else}}You may not come in here{{end}}`,
  text: [
    `{{if ne .StatusCode 403}}The provider of logins did not answer as it should. Wait a minute and try again.`,
    `{{else if eq (printf "%.13s" .Message) "Login Failed:"}}It was broken off, took too long, or was begun in another browser. Try again.`,
    "{{else}}The provider of logins knows you, but you are in none of the groups that may come in, " +
      "or your e-mail address is not confirmed there. Ask those who look after the monitoring to let you in.{{end}}",
  ].join(""),
  link: { text: "Try again", path: beginPath },
});

type Value = string | boolean | number | readonly string[];

/** Each value in a form that TOML and JSON share. */
function toml(settings: Readonly<Record<string, Value>>): string {
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return `${lines.join("\n")}\n`;
}
