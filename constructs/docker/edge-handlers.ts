import type { EdgeConfiguration, EdgePlace, EdgeSite } from "./edge-configuration";
import { type EdgeLogins, type LoginWay, forgeable, loginWays, withoutLoginCookies } from "./edge-login";
import { loginMatcher, loginRoutes } from "./edge-login-routes";

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
  const { oidc, users } = configuration;
  const guarded = sites.filter(({ login }) => login === "edge");
  // Of several at a host, that of the shortest path: it is the last.
  const homes = Object.fromEntries(guarded.map(({ host, path }) => [host, `${path}/`]));
  const loginHosts = oidc === undefined ? [] : Object.keys(homes);
  const match = [...guarded.map(matcherOf), ...loginHosts.map(loginMatcher)];
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
  const logins = { users, hashPathOf: place.hashPathOf, oidc };
  const body = { handler: "request_body", max_size: configuration.maxBodyMb * megabyte };
  return [
    { handle: [limit, body, safeHeaders, ...(oidc === undefined ? [] : [forgedHeaders])] },
    ...(oidc === undefined ? [] : loginRoutes(oidc, homes)),
    ...sites.flatMap((site) => routesOf(site, logins)),
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

/** Where programs have logins of their own. */
const noLogin: LoginWay = { match: {}, steps: [] };

/** Takes off what a client says of who it is. */
const forgedHeaders = { handler: "headers", request: { delete: forgeable } } as const;

function matcherOf({ host, path }: EdgeSite): Handler {
  return path === "" ? { host: [host] } : { host: [host], path: [path, `${path}/*`] };
}

function routesOf(site: EdgeSite, logins: EdgeLogins): Handler[] {
  const { host, path, hidden, stripsPath, login } = site;
  const strips = stripsPath && path !== "";
  const toProgram = [
    ...(strips ? [{ handler: "rewrite", strip_path_prefix: path }] : []),
    proxy(site, logins.oidc !== undefined),
  ];
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
    ...(login === "edge" ? loginWays(logins) : [noLogin]).map(({ match, steps, answers }) => ({
      match: [{ ...matcherOf(site), ...match }],
      handle: [...steps, ...(answers === true ? [] : toProgram)],
      terminal: true,
    })),
  ];
}

function proxy({ upstreams, login }: EdgeSite, hasCookies: boolean): Handler {
  // What proves a login here is nothing to the program behind it.
  const request = {
    ...(login === "edge" && { delete: ["Authorization"] }),
    ...(hasCookies && { replace: withoutLoginCookies }),
  };
  return {
    handler: "reverse_proxy",
    upstreams: upstreams.map((dial) => ({ dial })),
    ...(upstreams.length > 1 && {
      load_balancing: { selection_policy: { policy: "first" }, try_duration: "5s" },
      health_checks: { passive: { fail_duration: "10s", max_fails: 1 } },
    }),
    transport: { protocol: "http", dial_timeout: "3s", response_header_timeout: "150s" },
    ...(Object.keys(request).length > 0 && { headers: { request } }),
  };
}
