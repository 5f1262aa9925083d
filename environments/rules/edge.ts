import { z } from "zod";
import { loopback, publishAddress } from "../../constructs/docker/container-settings";
import { loginPrefix } from "../../constructs/docker/oauth2-proxy-configuration";
import { describeValue } from "../describe";
import { edgeSchema } from "../schema/edge";
import { duplicates, namedList, type Path, type Problem, type Rule, rule } from "./rule";

const published = z.looseObject({
  docker: z.looseObject({ publishOn: publishAddress.optional() }).optional(),
  edge: z.unknown().optional(),
});

/** Prometheus, Alertmanager and Jaeger ask nobody who they are. */
const nobodyComesInUnasked = rule(published, ({ docker, edge }) =>
  edge !== undefined || docker?.publishOn === undefined || docker.publishOn.startsWith("127.")
    ? []
    : [
        {
          path: ["docker", "publishOn"],
          found: describeValue(docker.publishOn),
          allowed:
            `${describeValue(loopback)}, as Prometheus, Alertmanager and Jaeger ask nobody for a login; ` +
            "or an edge: { … }, which asks for it and is then all that is published there (docs/edge.md)",
        },
      ],
);

const withUrl = z.looseObject({ url: z.string().optional() }).optional().catch(undefined);
const service = z.looseObject({
  publicUrl: z.string().optional(),
  image: z.unknown().optional(),
  build: z.unknown().optional(),
});
const fronted = z.looseObject({
  edge: z.looseObject({ httpsPort: edgeSchema.shape.httpsPort }),
  grafana: withUrl,
  prometheus: withUrl,
  alerting: withUrl,
  jaeger: withUrl,
  services: z.array(service.catch({ publicUrl: undefined, image: undefined, build: undefined })).catch([]),
});

interface Named {
  readonly path: Path;
  readonly url: string;
}

function namedUrls({ grafana, prometheus, alerting, jaeger, services }: z.output<typeof fronted>): Named[] {
  const programs = Object.entries({ grafana, prometheus, alerting, jaeger }).map(([name, each]) => ({
    path: [name, "url"],
    url: each?.url,
  }));
  const ofServices = services
    .map(({ publicUrl, image, build }, index) => ({
      path: ["services", index, "publicUrl"],
      // One that runs elsewhere is not behind this edge.
      url: image === undefined && build === undefined ? undefined : publicUrl,
    }))
    .filter(({ url }) => url !== undefined);
  return [...programs, ...ofServices].flatMap(({ path, url }) =>
    url !== undefined && URL.canParse(url) ? [{ path, url }] : [],
  );
}

const isAddress = (host: string) => /^[\d.]+$|^\[/.test(host);

const urlsAreTheEdges = rule(fronted, (environment) => {
  const { httpsPort } = environment.edge;
  const port = httpsPort === 443 ? "" : String(httpsPort);
  return namedUrls(environment).flatMap(({ path, url }): Problem[] => {
    const { protocol, port: found, hostname, pathname } = new URL(url);
    const allowed =
      "an https:// URL with a host's name" +
      `${port === "" ? " and no port" : ` and the port ${port}`}, as the edge answers there`;
    if (protocol !== "https:" || found !== port || isAddress(hostname)) {
      return [{ path, found: describeValue(url), allowed }];
    }
    return path[0] === "jaeger" && pathname !== "/"
      ? [{ path, found: describeValue(url), allowed: "a URL without a path: Jaeger's pages know none" }]
      : [];
  });
});

const urlsAreDifferent = rule(fronted, (environment) => {
  const urls = namedUrls(environment).map(({ path, url }) => ({ path, url, name: siteKey(url) }));
  return urls.flatMap(({ path, url, name }, index) => {
    const other = urls.slice(0, index).find((earlier) => earlier.name === name);
    if (!other) return [];
    const owner = other.path.join(".").replace(/\.(\d+)/, "[$1]");
    return [{ path, found: describeValue(url), allowed: `a URL of its own: it is that of ${owner}, too` }];
  });
});

function siteKey(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, "")}`;
}

const jaegerHasAnEdge = rule(
  z.looseObject({ edge: z.unknown().optional(), jaeger: z.looseObject({ url: z.unknown().optional() }) }),
  ({ edge, jaeger }) =>
    edge === undefined && jaeger.url !== undefined
      ? [
          {
            path: ["jaeger", "url"],
            found: describeValue(jaeger.url),
            allowed: "nothing where there is no edge: { … }, which alone answers at it",
          },
        ]
      : [],
);

const guarded = z.looseObject({
  edge: z.looseObject({ users: z.array(z.unknown()).default([]), oidc: z.unknown().optional() }),
  prometheus: z.looseObject({ engine: z.looseObject({ kind: z.string() }).optional() }),
  jaeger: z.looseObject({ url: z.unknown().optional() }).default({}),
});

const somebodyMayLogIn = rule(guarded, ({ edge, jaeger, prometheus }) => {
  // Prometheus and Alertmanager are behind the edge wherever they are of one's own.
  const asksForLogin = prometheus.engine?.kind !== "amazon-managed-prometheus" || jaeger.url !== undefined;
  return edge.users.length > 0 || edge.oidc !== undefined || !asksForLogin
    ? []
    : [
        {
          path: ["edge", "users"],
          found: "nobody",
          allowed:
            "one user or more, or oidc: { … }, as programs without logins are behind the edge (docs/edge.md)",
        },
      ];
});

const loginPathsAreFree = rule(
  z.looseObject({ ...fronted.shape, edge: fronted.shape.edge.extend({ oidc: z.looseObject({}) }) }),
  (environment) =>
    namedUrls(environment).flatMap(({ path, url }) =>
      `${new URL(url).pathname}/`.startsWith(`${loginPrefix}/`)
        ? [{ path, found: describeValue(url), allowed: `another path: below ${loginPrefix} people log in` }]
        : [],
    ),
);

const usersAreDifferent = rule(z.looseObject({ edge: z.looseObject({ users: namedList }) }), ({ edge }) =>
  duplicates(edge.users, ["edge", "users"], "a name that no other user has"),
);

/** Rules of the reverse proxy in front of what people reach. */
export const edgeRules: readonly Rule[] = [
  nobodyComesInUnasked,
  urlsAreTheEdges,
  urlsAreDifferent,
  jaegerHasAnEdge,
  somebodyMayLogIn,
  loginPathsAreFree,
  usersAreDifferent,
];
