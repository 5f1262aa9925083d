import type { z } from "zod";
import type { Problems } from "../props-error";
import type { ContainerFile } from "./container-parts";
import { secretsFolder } from "./container-settings";
import { type GrafanaRoles, roleAttributePath } from "./grafana-roles";
import { grafanaOidc, grafanaSmtp } from "./grafana-settings";

/** How people log in at Grafana by OpenID Connect. Terraform goes on to log in as `admin`, by HTTP Basic. */
export interface GrafanaOidc {
  /** What the button of the login page says after "Sign in with". */
  readonly name: string;
  /** `authorization_endpoint` of the provider's `/.well-known/openid-configuration`: an `https://` URL. */
  readonly authorizationEndpoint: string;
  /** `token_endpoint` there. */
  readonly tokenEndpoint: string;
  /** `userinfo_endpoint` there. */
  readonly userinfoEndpoint: string;
  /**
   * `end_session_endpoint` there.
   * @default - who signs out of Grafana stays signed in at the provider
   */
  readonly endSessionEndpoint?: string;
  /** Id of the client at the provider. */
  readonly clientId: string;
  /** Its secret: the value of a sensitive variable. It is a file in the container. */
  readonly clientSecret: string;
  /** What is asked for, `openid` among it. */
  readonly scopes: readonly string[];
  /** The claim with a person's groups; dots lead into another claim, unless it is a URL. */
  readonly groupsClaim: string;
  /** Which groups have which role. Whoever is in none of them is refused. */
  readonly roles: GrafanaRoles;
  /** Hours after which everybody has to log in again, 1 to 720. */
  readonly sessionHours: number;
  /** Whether who has no session is sent to the provider at once. */
  readonly autoLogin: boolean;
  /** Whether the login page shows the form for a name and a password. */
  readonly loginForm: boolean;
}

/** By which mail server Grafana sends invitations and links to reset a password. */
export interface GrafanaSmtp {
  /** Host and port. TLS is always asked for. */
  readonly smarthost: string;
  /** Sender. */
  readonly from: string;
  /** User at the mail server. */
  readonly username: string;
  /** His password: the value of a sensitive variable. It is a file in the container. */
  readonly password: string;
  /**
   * Whether the mail server must prove its name.
   * @default true
   */
  readonly verifyCertificate?: boolean;
}

const clientSecretPath = `${secretsFolder}/grafana-oidc-client-secret`;
const smtpPasswordPath = `${secretsFolder}/grafana-smtp-password`;

/** Grafana's settings for logins by OpenID Connect. */
export function oidcEnvironment(oidc: GrafanaOidc, externalUrl: string): Record<string, string> {
  const { endSessionEndpoint } = oidc;
  return {
    GF_AUTH_GENERIC_OAUTH_ENABLED: "true",
    GF_AUTH_GENERIC_OAUTH_NAME: oidc.name,
    GF_AUTH_GENERIC_OAUTH_CLIENT_ID: oidc.clientId,
    GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE: clientSecretPath,
    GF_AUTH_GENERIC_OAUTH_SCOPES: oidc.scopes.join(" "),
    GF_AUTH_GENERIC_OAUTH_AUTH_URL: oidc.authorizationEndpoint,
    GF_AUTH_GENERIC_OAUTH_TOKEN_URL: oidc.tokenEndpoint,
    GF_AUTH_GENERIC_OAUTH_API_URL: oidc.userinfoEndpoint,
    GF_AUTH_GENERIC_OAUTH_USE_PKCE: "true",
    // The session's own end bounds how long a change at the provider is not seen; refresh tokens are not everywhere.
    GF_AUTH_GENERIC_OAUTH_USE_REFRESH_TOKEN: "false",
    // Accounts come of logins here; GF_USERS_ALLOW_SIGN_UP stays false.
    GF_AUTH_GENERIC_OAUTH_ALLOW_SIGN_UP: "true",
    GF_AUTH_GENERIC_OAUTH_LOGIN_ATTRIBUTE_PATH: "preferred_username",
    GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH: roleAttributePath(oidc.groupsClaim, oidc.roles),
    GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_STRICT: "true",
    GF_AUTH_GENERIC_OAUTH_SKIP_ORG_ROLE_SYNC: "false",
    GF_AUTH_GENERIC_OAUTH_ALLOW_ASSIGN_GRAFANA_ADMIN: "false",
    GF_AUTH_GENERIC_OAUTH_AUTO_LOGIN: String(oidc.autoLogin),
    ...(endSessionEndpoint !== undefined && {
      GF_AUTH_GENERIC_OAUTH_SIGNOUT_REDIRECT_URL: signOutUrl(endSessionEndpoint, externalUrl),
    }),
    // A provider that lets people choose their address would give them the accounts of others.
    GF_AUTH_OAUTH_ALLOW_INSECURE_EMAIL_LOOKUP: "false",
    GF_AUTH_DISABLE_LOGIN_FORM: String(!oidc.loginForm),
    GF_AUTH_LOGIN_MAXIMUM_LIFETIME_DURATION: `${String(oidc.sessionHours)}h`,
  };
}

/** Grafana adds the `id_token_hint` where it finds the parameter (OpenID Connect RP-Initiated Logout 1.0). */
function signOutUrl(endSessionEndpoint: string, externalUrl: string): string {
  const login = `${externalUrl.replace(/\/+$/, "")}/login`;
  return `${endSessionEndpoint}?post_logout_redirect_uri=${encodeURIComponent(login)}`;
}

/** Grafana's settings for mails. */
export function smtpEnvironment(smtp: GrafanaSmtp): Record<string, string> {
  return {
    GF_SMTP_ENABLED: "true",
    GF_SMTP_HOST: smtp.smarthost,
    GF_SMTP_USER: smtp.username,
    GF_SMTP_PASSWORD__FILE: smtpPasswordPath,
    GF_SMTP_FROM_ADDRESS: smtp.from,
    // At port 465 TLS comes first; elsewhere no password is sent before it.
    GF_SMTP_STARTTLS_POLICY: "MandatoryStartTLS",
    GF_SMTP_SKIP_VERIFY: String(smtp.verifyCertificate === false),
  };
}

/** The files with the secrets of both. */
export function loginFiles(oidc: GrafanaOidc | undefined, smtp: GrafanaSmtp | undefined): ContainerFile[] {
  return [
    ...(oidc ? [{ path: clientSecretPath, content: oidc.clientSecret, secret: true }] : []),
    ...(smtp ? [{ path: smtpPasswordPath, content: smtp.password, secret: true }] : []),
  ];
}

/** Notes what Grafana would stumble over, or what lets in the wrong people. */
export function checkLogins(
  problems: Problems,
  { externalUrl, oidc, smtp }: { externalUrl: string; oidc?: GrafanaOidc; smtp?: GrafanaSmtp },
): Problems {
  if (oidc) {
    holdAll(problems, "oidc", grafanaOidc, oidc, "endSessionEndpoint");
    problems.expect(
      externalUrl.startsWith("https://"),
      "externalUrl",
      externalUrl,
      "an https:// URL, as oidc is there",
    );
  }
  if (smtp) holdAll(problems, "smtp", grafanaSmtp, smtp, "verifyCertificate");
  return problems;
}

/** Notes each value that does not hold; the one that is optional may be left out. */
function holdAll(
  problems: Problems,
  prop: string,
  schemas: Readonly<Record<string, z.ZodType>>,
  values: object,
  optional: string,
): void {
  for (const [key, schema] of Object.entries(schemas)) {
    const value: unknown = Reflect.get(values, key);
    if (key !== optional || value !== undefined) problems.holds(schema, `${prop}.${key}`, value);
  }
}
