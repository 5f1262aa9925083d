import type { Edit } from "../support/edit";
import { roleOf } from "../support/grafana-claims";
import { grafanaContainer } from "../support/grafana-logins";

function grafanaOf(...edits: readonly Edit[]) {
  const { env, files, stack } = grafanaContainer(...edits);
  const secrets = files.map(({ file, content, permissions }) => [file, content, permissions]);
  return { env, secrets, json: stack("docker") };
}

const withoutLogins: Edit[] = [
  ["grafana.oidc", undefined],
  ["grafana.smtp", undefined],
];
const plain = grafanaOf(...withoutLogins);
const { env, secrets, json } = grafanaOf();

/** What the environment says more than one without logins and mails does. */
const added = Object.fromEntries(Object.entries(env).filter(([name]) => !(name in plain.env)));

it("gives Grafana the provider, the client and what it asks for", () => {
  expect(added).toMatchObject({
    GF_AUTH_GENERIC_OAUTH_ENABLED: "true",
    GF_AUTH_GENERIC_OAUTH_NAME: "single sign-on",
    GF_AUTH_GENERIC_OAUTH_CLIENT_ID: "grafana",
    GF_AUTH_GENERIC_OAUTH_AUTH_URL: "https://login.example.com/authorize",
    GF_AUTH_GENERIC_OAUTH_TOKEN_URL: "https://login.example.com/token",
    GF_AUTH_GENERIC_OAUTH_API_URL: "https://login.example.com/userinfo",
    GF_AUTH_GENERIC_OAUTH_SCOPES: "openid profile email",
    GF_AUTH_GENERIC_OAUTH_LOGIN_ATTRIBUTE_PATH: "preferred_username",
    GF_AUTH_GENERIC_OAUTH_AUTO_LOGIN: "false",
  });
});

it("lets in nobody without a role, and nobody as the administrator of the server", () => {
  expect(added).toMatchObject({
    GF_AUTH_GENERIC_OAUTH_USE_PKCE: "true",
    GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_STRICT: "true",
    GF_AUTH_GENERIC_OAUTH_SKIP_ORG_ROLE_SYNC: "false",
    GF_AUTH_GENERIC_OAUTH_ALLOW_ASSIGN_GRAFANA_ADMIN: "false",
    GF_AUTH_OAUTH_ALLOW_INSECURE_EMAIL_LOOKUP: "false",
    GF_AUTH_LOGIN_MAXIMUM_LIFETIME_DURATION: "12h",
  });
  const path = env.GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH ?? "";
  const people = [["ops"], ["/teams/parcels"], ["staff"], ["staff", "ops"], ["chess"], []];
  expect(people.map((groups) => roleOf(path, { groups }))).toEqual([
    ...["Admin", "Editor", "Viewer", "Admin", "refused", "refused"],
  ]);
});

it("makes accounts of logins at the provider alone", () => {
  expect(env.GF_AUTH_GENERIC_OAUTH_ALLOW_SIGN_UP).toBe("true");
  expect(env.GF_USERS_ALLOW_SIGN_UP).toBe("false");
  expect(env.GF_AUTH_ANONYMOUS_ENABLED).toBe("false");
});

it("leaves admin his login, for Terraform", () => {
  expect(env.GF_AUTH_DISABLE_LOGIN_FORM).toBe("false");
  expect(Object.keys(env).filter((name) => name.startsWith("GF_AUTH_BASIC"))).toEqual([]);
  expect(grafanaOf(["grafana.oidc.loginForm", false]).env.GF_AUTH_DISABLE_LOGIN_FORM).toBe("true");
});

it("has cookies sent by TLS alone, and asks nobody for faces, without an edge, too", () => {
  expect(plain.env.GF_SECURITY_COOKIE_SECURE).toBeUndefined();
  expect(added).toMatchObject({
    GF_SECURITY_COOKIE_SECURE: "true",
    // With `strict` a browser would come back from the provider without the cookie of its state.
    GF_SECURITY_COOKIE_SAMESITE: "lax",
    GF_SECURITY_DISABLE_GRAVATAR: "true",
  });
});

it("signs out at the provider where its URL is said, and leads back to Grafana", () => {
  expect(env.GF_AUTH_GENERIC_OAUTH_SIGNOUT_REDIRECT_URL).toBeUndefined();
  const signOut = (url: string) =>
    grafanaOf(["grafana.url", url], ["grafana.oidc.endSessionEndpoint", "https://login.example.com/logout"])
      .env.GF_AUTH_GENERIC_OAUTH_SIGNOUT_REDIRECT_URL;
  const back = "https://login.example.com/logout?post_logout_redirect_uri=https%3A%2F%2Fgrafana.example.com";
  expect(signOut("https://grafana.example.com")).toBe(`${back}%2Flogin`);
  expect(signOut("https://grafana.example.com/")).toBe(`${back}%2Flogin`);
  expect(signOut("https://grafana.example.com/graphs/")).toBe(`${back}%2Fgraphs%2Flogin`);
});

it("mails by the server of a receiver of alerts, and asks for its password once", () => {
  expect(added).toMatchObject({
    GF_SMTP_ENABLED: "true",
    GF_SMTP_HOST: "smtp.gmail.com:587",
    GF_SMTP_USER: "alerts@example.com",
    GF_SMTP_FROM_ADDRESS: "alerts@example.com",
    GF_SMTP_STARTTLS_POLICY: "MandatoryStartTLS",
    GF_SMTP_SKIP_VERIFY: "false",
  });
  expect(secrets).toContainEqual([
    "/run/secrets/grafana-smtp-password",
    "${var.email_ops_auth_password}",
    "0440",
  ]);
});

it("mails by a server of its own", () => {
  const own = grafanaOf([
    "grafana.smtp",
    {
      kind: "server",
      smarthost: "mail.example.com:465",
      from: "grafana@example.com",
      username: "grafana",
      password: { secret: "grafana_smtp_password" },
    },
  ]);
  expect(own.env).toMatchObject({
    GF_SMTP_HOST: "mail.example.com:465",
    GF_SMTP_USER: "grafana",
    GF_SMTP_FROM_ADDRESS: "grafana@example.com",
    GF_SMTP_SKIP_VERIFY: "false",
  });
  expect(own.secrets).toContainEqual([
    ...["/run/secrets/grafana-smtp-password", "${var.grafana_smtp_password}", "0440"],
  ]);
});

it("mails to the inbox where one takes the place of the receivers, and asks for no password then", () => {
  const atInbox = grafanaOf(["alerting.inbox", "http://inbox:3000"]);
  expect(atInbox.secrets).toContainEqual(["/run/secrets/grafana-smtp-password", "inbox", "0440"]);
  expect(atInbox.json).not.toContain("email_ops_auth_password");
});

it("keeps the secrets in files that its own group alone reads", () => {
  expect(secrets).toEqual([
    ["/run/secrets/grafana-admin-password", "${var.grafana_admin_password}", "0440"],
    ["/run/secrets/grafana-oidc-client-secret", "${var.grafana_oidc_client_secret}", "0440"],
    ["/run/secrets/grafana-smtp-password", "${var.email_ops_auth_password}", "0440"],
  ]);
  expect(env.GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE).toBe("/run/secrets/grafana-oidc-client-secret");
  expect(env.GF_SMTP_PASSWORD__FILE).toBe("/run/secrets/grafana-smtp-password");
  const { variable } = JSON.parse(json) as {
    variable: Record<string, { sensitive: boolean; default?: string }>;
  };
  expect(variable.grafana_oidc_client_secret).toMatchObject({ sensitive: true });
  expect(variable.grafana_oidc_client_secret?.default).toBeUndefined();
});
