import { Edge, edgePlace, type EdgeProps } from "../../../constructs/docker/edge";
import {
  type EdgeConfiguration,
  type EdgeSite,
  renderEdgeConfiguration,
} from "../../../constructs/docker/edge-configuration";
import { foreignScope, messageOf } from "./support";

const site: EdgeSite = {
  host: "ops.example.com",
  path: "",
  upstreams: ["parcels:8080"],
  stripsPath: true,
  login: "edge",
  hidden: [],
};
const configuration: EdgeConfiguration = {
  sites: [site],
  certificates: { kind: "files" },
  users: ["alice"],
  requestsPerMinute: 1000,
  maxBodyMb: 5,
  httpsPort: 443,
};

interface Rendered {
  readonly admin: unknown;
  readonly logging: { readonly logs: Readonly<Record<string, unknown>> };
  readonly apps: {
    readonly tls: unknown;
    readonly http: {
      readonly metrics: unknown;
      readonly servers: {
        readonly https: {
          readonly routes: readonly Route[];
          readonly tls_connection_policies: readonly object[];
        };
        readonly http: { readonly routes: readonly Route[] };
      };
    };
  };
}
interface Route {
  readonly match?: readonly { readonly host?: readonly string[]; readonly path?: readonly string[] }[];
  readonly handle: readonly Readonly<Record<string, unknown>>[];
}

const rendered = (changes: Partial<EdgeConfiguration> = {}) =>
  JSON.parse(renderEdgeConfiguration({ ...configuration, ...changes }, edgePlace)) as Rendered;
const httpsOf = (changes?: Partial<EdgeConfiguration>) => rendered(changes).apps.http.servers.https;
const handlersOf = (routes: readonly Route[]) =>
  routes.flatMap(({ handle }) => handle.map((each) => each.handler));

it("counts requests before it looks at passwords, and fewer where it asks for one", () => {
  const { routes } = httpsOf();
  const handlers = handlersOf(routes);
  expect(handlers.slice(0, 3)).toEqual(["rate_limit", "request_body", "headers"]);
  // A second one would count each of its requests a second time.
  expect(handlers.filter((handler) => handler === "rate_limit")).toHaveLength(1);
  expect(handlers.indexOf("authentication")).toBeGreaterThan(2);
  const limits = routes.flatMap(({ handle }) => handle.flatMap(({ rate_limits }) => rate_limits ?? []));
  const ofClient = { key: "{http.request.remote.host}", window: "1m" };
  expect(limits).toEqual([
    {
      client: { ...ofClient, max_events: 1000 },
      login: { ...ofClient, max_events: 250, match: [{ host: ["ops.example.com"] }] },
    },
  ]);
});

it("asks who brings no password for one before it looks at passwords, so that wrong ones alone are refused there", () => {
  const { routes } = httpsOf();
  const asking = routes.findIndex(({ match }) => match?.some((each) => "header" in each));
  const looking = routes.findIndex(({ handle }) =>
    handle.some(({ handler }) => handler === "authentication"),
  );
  expect(routes[asking]).toEqual({
    match: [{ host: ["ops.example.com"], header: { Authorization: null } }],
    handle: [
      {
        handler: "static_response",
        status_code: 401,
        headers: { "WWW-Authenticate": ['Basic realm="monitoring"'] },
      },
    ],
    terminal: true,
  });
  expect(asking).toBeLessThan(looking);
});

it("asks nobody for a login where the program does", () => {
  expect(handlersOf(httpsOf({ sites: [{ ...site, login: "own" }] }).routes)).not.toContain("authentication");
});

it("takes the more exact path first, and 404 for all that is nobody's", () => {
  const sites = [site, { ...site, path: "/parcels", upstreams: ["parcels:1"] }];
  const routes = httpsOf({ sites }).routes;
  const proxied = routes.filter(({ handle }) => handle.some(({ handler }) => handler === "reverse_proxy"));
  expect(proxied.map(({ match }) => match?.[0])).toEqual([
    { host: ["ops.example.com"], path: ["/parcels", "/parcels/*"] },
    { host: ["ops.example.com"] },
  ]);
  expect(routes.at(-1)).toEqual({
    handle: [{ handler: "static_response", status_code: 404 }],
    terminal: true,
  });
});

it("leaves out of its log what may hold a secret", () => {
  expect(rendered().logging.logs.access).toMatchObject({
    encoder: { fields: { "request>headers": { filter: "delete" }, resp_headers: { filter: "delete" } } },
  });
});

it("can be changed by nobody while it runs, and refuses names that it does not know in the handshake", () => {
  expect(rendered().admin).toEqual({ disabled: true, config: { persist: false } });
  expect(httpsOf().tls_connection_policies).toMatchObject([
    { match: { sni: ["ops.example.com"] }, protocol_min: "tls1.2" },
  ]);
});

it("makes no series for each host, as a client may send any port with one", () => {
  expect(rendered().apps.http.metrics).toEqual({});
});

it("asks an authority for each host once", () => {
  const certificates = {
    kind: "acme",
    email: "ops@example.com",
    directory: "https://ca.example.com/d",
  } as const;
  const sites = [site, { ...site, path: "/parcels" }, { ...site, host: "api.example.com" }];
  const subjects = ["api.example.com", "ops.example.com"];
  expect(rendered({ certificates, sites }).apps.tls).toEqual({
    certificates: { automate: subjects },
    automation: {
      policies: [
        { subjects, issuers: [{ module: "acme", email: "ops@example.com", ca: "https://ca.example.com/d" }] },
      ],
    },
  });
});

it("sends who comes by HTTP to the port of the host", () => {
  const [redirect] = rendered({ httpsPort: 8443 }).apps.http.servers.http.routes;
  expect(redirect?.handle[0]?.headers).toEqual({
    Location: ["https://{http.request.host}:8443{http.request.uri}"],
  });
});

it("tells all that is wrong with its props at once", () => {
  const { network } = foreignScope();
  expect(network).toBeDefined();
  const props: EdgeProps = {
    ...configuration,
    sites: [{ ...site, path: "/ends/" }],
    users: ["alice", "with space"],
    requestsPerMinute: 1,
    image: "caddy:latest",
    limits: { memoryMb: 5, cpus: 0.5 },
    networks: [],
    passwordHashes: {},
    httpPort: 0,
  };
  const message = messageOf(({ stack }) => new Edge(stack, "it", props));
  for (const prop of [
    ...["sites[0].path", "users[1]", "requestsPerMinute", "image", "limits.memoryMb", "networks"],
    ...["passwordHashes", "httpPort", "certificateFiles"],
  ]) {
    expect(message).toContain(`${prop}: found`);
  }
});
