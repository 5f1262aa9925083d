import type { EdgeConfiguration, EdgePlace, EdgeSite } from "./edge-configuration";

/** A step of Caddy's, or a route of steps. */
type Handler = Readonly<Record<string, unknown>>;

const aMinute = "1m";
/** A year, from which on lists of browsers take a host (https://hstspreload.org, 28 Nov 2026). */
const hstsSeconds = 31_536_000;
const megabyte = 1_000_000;

/** Of the requests, those that may go where a password is asked for. */
const shareOfLogins = 0.25;

/** The routes of the edge's HTTPS: each site, the more exact path first, and 404 for all else. */
export function edgeHandlers(configuration: EdgeConfiguration, place: EdgePlace): readonly Handler[] {
  const sites = [...configuration.sites].sort((a, b) => b.path.length - a.path.length);
  // Of all sites one count: else a client had as many as there are sites.
  const byClient = (max: number) => ({
    key: "{http.request.remote.host}",
    window: aMinute,
    max_events: Math.floor(max),
  });
  const match = sites.filter(({ login }) => login === "edge").map(matcherOf);
  // One handler, before the password is looked at: each counts the requests that it lets through.
  const limit = {
    handler: "rate_limit",
    rate_limits: {
      client: byClient(configuration.requestsPerMinute),
      ...(match.length > 0 && {
        login: { match, ...byClient(configuration.requestsPerMinute * shareOfLogins) },
      }),
    },
  };
  const body = { handler: "request_body", max_size: configuration.maxBodyMb * megabyte };
  return [
    { handle: [limit, body, safeHeaders] },
    ...sites.flatMap((site) => routesOf(site, configuration.users, place)),
    { handle: [{ handler: "static_response", status_code: 404 }], terminal: true },
  ];
}

/** What browsers are told with each answer, and what nobody is. */
export const safeHeaders = {
  handler: "headers",
  response: {
    // After the program answered, so that its own cannot weaken them.
    deferred: true,
    set: {
      "Strict-Transport-Security": [`max-age=${String(hstsSeconds)}`],
      "X-Content-Type-Options": ["nosniff"],
      "X-Frame-Options": ["SAMEORIGIN"],
      "Referrer-Policy": ["strict-origin-when-cross-origin"],
    },
    delete: ["Server", "Via", "X-Powered-By"],
  },
} as const;

function matcherOf({ host, path }: EdgeSite): Handler {
  return path === "" ? { host: [host] } : { host: [host], path: [path, `${path}/*`] };
}

function routesOf(site: EdgeSite, users: readonly string[], place: EdgePlace): Handler[] {
  const { host, path, hidden, stripsPath, login } = site;
  const strips = stripsPath && path !== "";
  return [
    ...(hidden.length === 0
      ? []
      : [
          {
            match: [{ host: [host], path: hidden.flatMap((each) => [each, `${each}/*`]) }],
            handle: [{ handler: "static_response", status_code: 404 }],
            terminal: true,
          },
        ]),
    // Links of its pages begin at the folder.
    ...(strips
      ? [
          {
            match: [{ host: [host], path: [path] }],
            handle: [{ handler: "static_response", status_code: 308, headers: { Location: [`${path}/`] } }],
            terminal: true,
          },
        ]
      : []),
    // Who brings no password is asked for one; `authentication` counts wrong ones alone.
    ...(login === "edge"
      ? [{ match: [{ ...matcherOf(site), header: { Authorization: null } }], ...asksForLogin }]
      : []),
    {
      match: [matcherOf(site)],
      handle: [
        ...(login === "edge" ? [basicLogin(users, place)] : []),
        ...(strips ? [{ handler: "rewrite", strip_path_prefix: path }] : []),
        proxy(site),
      ],
      terminal: true,
    },
  ];
}

const realm = "monitoring";

const asksForLogin = {
  handle: [
    {
      handler: "static_response",
      status_code: 401,
      headers: { "WWW-Authenticate": [`Basic realm="${realm}"`] },
    },
  ],
  terminal: true,
} as const;

function basicLogin(users: readonly string[], place: EdgePlace): Handler {
  return {
    handler: "authentication",
    providers: {
      http_basic: {
        realm,
        hash: { algorithm: "bcrypt" },
        // A page asks often, and a hash takes long by intent.
        hash_cache: {},
        accounts: users.map((username) => ({ username, password: `{file.${place.hashPathOf(username)}}` })),
      },
    },
  };
}

function proxy({ upstreams, login }: EdgeSite): Handler {
  return {
    handler: "reverse_proxy",
    upstreams: upstreams.map((dial) => ({ dial })),
    ...(upstreams.length > 1 && {
      load_balancing: { selection_policy: { policy: "first" }, try_duration: "5s" },
      health_checks: { passive: { fail_duration: "10s", max_fails: 1 } },
    }),
    transport: { protocol: "http", dial_timeout: "3s", response_header_timeout: "150s" },
    // What proves a login here is nothing to the program behind it.
    ...(login === "edge" && { headers: { request: { delete: ["Authorization"] } } }),
  };
}
