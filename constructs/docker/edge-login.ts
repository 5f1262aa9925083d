import { loginCookie, loginPrefix } from "./oauth2-proxy-configuration";

/** A step of Caddy's, or a route of steps. */
export type Handler = Readonly<Record<string, unknown>>;

/** How the edge asks for a login. */
export interface EdgeLogins {
  /** Who may log in with a password, by name. */
  readonly users: readonly string[];
  /** File with the bcrypt hash of a user's password. */
  readonly hashPathOf: (user: string) => string;
  /** The `host:port` of oauth2-proxy; undefined where nobody logs in by OIDC. */
  readonly oidc: string | undefined;
}

const realm = "monitoring";

/** One way to log in: which requests take it, and the steps that let in who is logged in and answer all others. */
export interface LoginWay {
  /** What is matched beside host and path. */
  readonly match: Handler;
  /** What is done before the request goes to the program. */
  readonly steps: readonly Handler[];
  /**
   * Whether these steps answer, and nothing goes to the program.
   * @default false
   */
  readonly answers?: boolean;
}

/**
 * The ways to log in, of which a request takes the first that matches. Their steps stand in routes of the server and in no
 * subroute, in which Caddy counts no requests.
 */
export function loginWays({ users, hashPathOf, oidc }: EdgeLogins): readonly LoginWay[] {
  const byPassword = () => [passwordLogin(users, hashPathOf)];
  if (oidc === undefined) {
    // Who brings no password is asked for one; `authentication` counts wrong ones alone.
    return [
      { match: { header: { Authorization: null } }, steps: [asksForPassword], answers: true },
      { match: {}, steps: byPassword() },
    ];
  }
  const byOidc = { match: {}, steps: oidcLogin(oidc, users.length > 0) };
  if (users.length === 0) return [byOidc];
  const withPassword = { header_regexp: { Authorization: { pattern: "(?i)^basic " } } };
  return [{ match: withPassword, steps: byPassword() }, byOidc];
}

const asksForPassword = {
  handler: "static_response",
  status_code: 401,
  headers: { "WWW-Authenticate": [`Basic realm="${realm}"`] },
} as const;

function passwordLogin(users: readonly string[], hashPathOf: EdgeLogins["hashPathOf"]): Handler {
  return {
    handler: "authentication",
    providers: {
      http_basic: {
        realm,
        hash: { algorithm: "bcrypt" },
        // A page asks often, and a hash takes long by intent.
        hash_cache: {},
        accounts: users.map((username) => ({ username, password: `{file.${hashPathOf(username)}}` })),
      },
    },
  };
}

/** Who takes pages is a person with a browser. */
export const takesPages = { header: { Accept: ["*text/html*"] } };

const notLoggedIn = "You are not logged in.";

/** Asks oauth2-proxy about a request. Its errors are told apart from those of programs by `login` (`loginErrors`). */
function oidcLogin(dial: string, hasUsers: boolean): readonly Handler[] {
  const unknown = { handler: "static_response", status_code: 401, body: notLoggedIn };
  // A browser would ask for a password in place of the page that asked.
  const challenged = {
    match: [{ not: [{ header: { "Sec-Fetch-Mode": ["*"] } }] }],
    handle: [{ ...unknown, headers: { "WWW-Authenticate": [`Basic realm="${realm}"`] } }],
    terminal: true,
  };
  return [
    { handler: "vars", login: "asked" },
    {
      ...toOAuth2Proxy(dial),
      rewrite: { method: "GET", uri: `${loginPrefix}/auth` },
      headers: {
        request: {
          delete: ["Authorization"],
          set: { "X-Forwarded-Method": ["{http.request.method}"], "X-Forwarded-Uri": ["{http.request.uri}"] },
        },
      },
      handle_response: [
        {
          match: { status_code: [2] },
          routes: [
            {
              handle: [
                { handler: "vars", login: "known", user: "{http.reverse_proxy.header.X-Auth-Request-Email}" },
              ],
            },
          ],
        },
        {
          match: { status_code: [401, 403] },
          routes: [
            {
              match: [{ method: ["GET", "HEAD"], ...takesPages }],
              handle: [redirectTo(`${loginPrefix}/start?rd={http.request.uri_escaped}`)],
              terminal: true,
            },
            ...(hasUsers ? [challenged] : []),
            { handle: [unknown], terminal: true },
          ],
        },
      ],
    },
    // Read on the way back, when what oauth2-proxy answered is gone.
    { handler: "log_append", key: "oidc_user", value: "{http.vars.user}" },
  ];
}

/** Hands a request to oauth2-proxy. */
export function toOAuth2Proxy(dial: string): Handler {
  return {
    handler: "reverse_proxy",
    upstreams: [{ dial }],
    transport: { protocol: "http", dial_timeout: "3s", response_header_timeout: "30s" },
  };
}

/** Sends a browser to a path, this time alone. */
export function redirectTo(location: string): Handler {
  return {
    handler: "static_response",
    status_code: 302,
    headers: { Location: [location], "Cache-Control": ["no-store"] },
  };
}

/** Headers by which programs may be told who asks: nobody is to say so of himself. */
export const forgeable = [
  "X-Auth-Request-*",
  "X-Forwarded-User",
  "X-Forwarded-Email",
  "X-Forwarded-Groups",
  "X-Forwarded-Preferred-Username",
  "X-Forwarded-Access-Token",
  "X-Forwarded-Uri",
  "X-Forwarded-Method",
] as const;

/** Takes the login's cookies, which are nothing to programs, out of what is sent to these. */
export const withoutLoginCookies = {
  Cookie: [
    { search_regexp: `(?:^|;\\s*)${loginCookie}[^=;]*=[^;]*`, replace: "" },
    { search_regexp: "^[;\\s]+", replace: "" },
  ],
} as const;
