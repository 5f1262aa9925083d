import { z } from "zod";
import { grafanaOidc, grafanaSmtp } from "../../constructs/docker/grafana-settings";
import { receiverName } from "../../alerts/receivers/receiver";
import { secretName } from "../../schema/primitives";

const inVariable = z.strictObject({
  /** Name of the sensitive Terraform variable that holds it. */
  secret: secretName,
});

/** How people log in at Grafana by OpenID Connect: docs/grafana-logins.md. */
export const oidcSchema = z.strictObject({
  /** What the button of the login page says after "Sign in with". Default `single sign-on`. */
  name: grafanaOidc.name.default("single sign-on"),
  /**
   * `authorization_endpoint` of the provider's `/.well-known/openid-configuration`, which Grafana does not read by
   * itself. This one and the others are `https://` URLs.
   */
  authorizationEndpoint: grafanaOidc.authorizationEndpoint,
  /** `token_endpoint` there. */
  tokenEndpoint: grafanaOidc.tokenEndpoint,
  /** `userinfo_endpoint` there. */
  userinfoEndpoint: grafanaOidc.userinfoEndpoint,
  /** `end_session_endpoint` there. Default: who signs out of Grafana stays signed in at the provider. */
  endSessionEndpoint: grafanaOidc.endSessionEndpoint.optional(),
  /** Id of the client at the provider, whose redirect URL is `<grafana.url>/login/generic_oauth`. */
  clientId: grafanaOidc.clientId,
  clientSecret: inVariable,
  /** What is asked for. Many providers want one more for the groups. Default `openid`, `profile`, `email`. */
  scopes: grafanaOidc.scopes.default(["openid", "profile", "email"]),
  /** Claim with a person's groups: a name, `realm_access.roles` for one in another, or a URL. Default `groups`. */
  groupsClaim: grafanaOidc.groupsClaim.default("groups"),
  roles: grafanaOidc.roles,
  /** Hours after which everybody has to log in again. Roles are read at each login. Default 12. */
  sessionHours: grafanaOidc.sessionHours.default(12),
  /** Whether who has no session is sent to the provider at once; `/login?disableAutoLogin` shows the page. Default false. */
  autoLogin: grafanaOidc.autoLogin.default(false),
  /** Whether the login page shows the form for a name and a password, by which `admin` logs in. Default true. */
  loginForm: grafanaOidc.loginForm.default(true),
});

/** By which mail server Grafana sends. */
export const smtpSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    /** The mail server, sender, user and password of a receiver of alerts. */
    kind: z.literal("receiver"),
    /** Name of the receiver, which is of the kind `email`. */
    name: receiverName,
  }),
  z.strictObject({
    /** A mail server that is said here. */
    kind: z.literal("server"),
    /** Host and port. TLS is always asked for, and the server must prove its name. */
    smarthost: grafanaSmtp.smarthost,
    /** Sender. */
    from: grafanaSmtp.from,
    /** User at the mail server. Default: the sender. */
    username: grafanaSmtp.username.optional(),
    password: inVariable,
  }),
]);
