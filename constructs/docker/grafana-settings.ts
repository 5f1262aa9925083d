import { z } from "zod";
import {
  emailAddress,
  hostAndPort,
  httpsUrl,
  list,
  text,
  textThat,
  wholeNumber,
} from "../../schema/primitives";

const group = textThat(
  (value) => value.trim() === value && value !== "" && value.length <= 200 && !/\p{Cc}/u.test(value),
  `a group's name as the claim has it, such as "ops" or "/ops/on-call", of 1 to 200 characters`,
);
const groups = list(group, 0, 100).default([]);

/** Which groups of the provider have which role. Whoever is in several has the highest; whoever is in none is refused. */
export const grafanaRoles = z
  .strictObject({
    /** May change everything in the organization. Default: nobody but Grafana's own `admin`. */
    admin: groups,
    /** Sees folders that are visible from `Editor` on. Default: nobody. */
    editor: groups,
    /** Sees folders that are visible from `Viewer` on. Default: nobody. */
    viewer: groups,
  })
  .superRefine((roles, context) => {
    const named = Object.entries(roles).flatMap(([role, names]) =>
      names.map((name, index) => ({ role, index, name })),
    );
    if (named.length === 0) {
      context.addIssue({
        code: "custom",
        path: [],
        message: "a group in one of admin, editor and viewer, or nobody gets in",
      });
    }
    named.forEach(({ role, index, name }, position) => {
      const other = named.slice(0, position).find((earlier) => earlier.name === name);
      if (!other) return;
      const message = `a group that is named once: it has the role ${other.role}`;
      context.addIssue({ code: "custom", path: [role, index], message });
    });
  });

/** How people log in by OpenID Connect, without the client's secret. */
export const grafanaOidc = {
  /** What the button of the login page says after "Sign in with". */
  name: text(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u, "a name of 1 to 40 letters, digits, spaces and . _ -"),
  /** `authorization_endpoint` of the provider's `/.well-known/openid-configuration`. */
  authorizationEndpoint: httpsUrl,
  /** `token_endpoint` there. */
  tokenEndpoint: httpsUrl,
  /** `userinfo_endpoint` there. */
  userinfoEndpoint: httpsUrl,
  /** `end_session_endpoint` there: who signs out of Grafana is signed out of the provider, too. */
  endSessionEndpoint: httpsUrl,
  /** Id of the client that is registered at the provider. */
  clientId: text(/^[\w.:@/~-]{1,200}$/, "a client's id of 1 to 200 letters, digits and _ . : @ / ~ -"),
  /** What is asked for. */
  scopes: list(text(/^[\w.:/~-]{1,200}$/, `a scope such as "profile"`), 1, 20).refine(
    (scopes) => scopes.includes("openid"),
    { error: `a list with "openid", without which a provider tells nobody who logs in` },
  ),
  /** The claim that holds a person's groups: its name, `realm_access.roles` for one in another, or a URL. */
  groupsClaim: text(
    /^(?:https?:\/\/[\w.:/~-]{1,200}|[\w:-]{1,100}(?:\.[\w:-]{1,100}){0,5})$/,
    `a claim's name such as "groups", "realm_access.roles" or "https://example.com/groups"`,
  ),
  roles: grafanaRoles,
  /** Hours after which everybody has to log in again. A change of groups counts from then on at the latest. */
  sessionHours: wholeNumber(1, 720),
  /** Whether who has no session is sent to the provider at once. */
  autoLogin: z.boolean(),
  /** Whether the login page shows the form for a name and a password. */
  loginForm: z.boolean(),
} as const;

/** How Grafana sends mails, without the password. */
export const grafanaSmtp = {
  /** Mail server, host and port. TLS is always asked for. */
  smarthost: hostAndPort,
  /** Sender. */
  from: emailAddress,
  /** User at the mail server. */
  username: text(/^[\x21-\x7e]{1,255}$/, "a user's name of 1 to 255 characters without spaces"),
  /** Whether the mail server must prove its name. */
  verifyCertificate: z.boolean(),
} as const;
