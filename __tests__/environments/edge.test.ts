import type { Edit } from "../support/edit";
import { edgeInput, oidcInput, withEdge } from "../support/edge-environment";
import { problems, problemsOf } from "../support/environment-problems";
import { parseEnvironment } from "../support/environments";

it("has defaults for all but its certificates and users", () => {
  const { edge } = parseEnvironment(withEdge(), "prod.ts");
  expect(edge).toEqual({
    ...edgeInput,
    build: {
      context: "constructs/docker/edge-image",
      dockerfile: "Dockerfile",
      args: {},
      sources: ["Dockerfile", "go.mod", "go.sum", "main.go"],
    },
    httpsPort: 443,
    httpPort: 80,
    requestsPerMinute: 1200,
    maxBodyMb: 10,
    limits: { memoryMb: 256, cpus: 1 },
  });
});

it("has defaults for logins by OpenID Connect", () => {
  const { issuer, clientId, clientSecret, cookieSecret, groups } = oidcInput;
  const said = { issuer, clientId, clientSecret, cookieSecret, groups };
  const { edge } = parseEnvironment(withEdge(["edge.oidc", said], ["edge.users", undefined]), "prod.ts");
  expect([edge?.users, edge?.oidc]).toEqual([
    [],
    {
      ...said,
      groupsClaim: "groups",
      scopes: ["openid", "email", "profile"],
      sessionHours: 12,
      limits: { memoryMb: 128, cpus: 0.5 },
    },
  ]);
});

it.each<[string, Edit, string]>([
  ["nobody of any group", ["edge.oidc.groups", []], "edge.oidc.groups: found an empty list"],
  [
    "a provider that is asked without TLS",
    ["edge.oidc.issuer", "http://login.example.com"],
    'edge.oidc.issuer: found "http://login.example.com", allowed: an https:// URL',
  ],
  [
    "a secret in place of the variable that holds it",
    ["edge.oidc.clientSecret", "abc"],
    "edge.oidc.clientSecret: found",
  ],
  [
    "scopes without the address of mail",
    ["edge.oidc.scopes", ["openid", "groups"]],
    'edge.oidc.scopes: found a list of 2, allowed: scopes with "openid" and "email" among them',
  ],
  ["two scopes as one", ["edge.oidc.scopes", ["openid email"]], "edge.oidc.scopes[0]: found"],
  [
    "a claim of two lines",
    ["edge.oidc.groupsClaim", "groups\ncookie_secure = false"],
    "edge.oidc.groupsClaim: found",
  ],
  ["a login for longer than a week", ["edge.oidc.sessionHours", 169], "edge.oidc.sessionHours: found 169"],
  [
    "a program where people log in",
    ["alerting.url", "https://ops.example.com/oauth2/alertmanager"],
    'alerting.url: found "https://ops.example.com/***", allowed: another path: below /oauth2',
  ],
])("refuses %s", (_, edit, problem) => {
  expect(problemsOf(withEdge(["edge.oidc", structuredClone(oidcInput)], edit))).toContainEqual(
    expect.stringContaining(problem),
  );
});

it("refuses an edge at which nobody may log in, where a program without logins is behind it", () => {
  const problem = expect.stringMatching(
    /edge\.users: found nobody, allowed: one user or more, or oidc: /,
  ) as string;
  expect(problemsOf(withEdge(["edge.users", undefined]))).toEqual([problem]);
  expect(problemsOf(withEdge(["edge.users", undefined], ["edge.oidc", oidcInput]))).toEqual([]);
});

it("asks Let's Encrypt where no other authority is said", () => {
  const certificates = { kind: "acme", email: "ops@example.com" };
  const { edge } = parseEnvironment(withEdge(["edge.certificates", certificates]), "prod.ts");
  expect(edge?.certificates).toEqual({
    ...certificates,
    directory: "https://acme-v02.api.letsencrypt.org/directory",
  });
});

it("lets nobody reach programs without a login from elsewhere, unless an edge is in front", () => {
  expect(problemsOf(withEdge())).toEqual([]);
  expect(problems(["docker.publishOn", "0.0.0.0"])).toEqual([
    expect.stringMatching(
      /docker\.publishOn: found "0\.0\.0\.0", allowed: "127\.0\.0\.1", as Prometheus, .* or an edge: /,
    ),
  ]);
  expect(problems(["docker.publishOn", "127.0.0.2"])).toEqual([]);
});

it.each<[string, Edit, string]>([
  ["no user", ["edge.users", []], "edge.users: found an empty list, allowed: a list of 1 to 100 entries"],
  [
    "a hash in place of the variable that holds it",
    ["edge.users.0.passwordHash.secret", "$2a$10$abc"],
    "edge.users[0].passwordHash.secret: found",
  ],
  [
    "two users of a name",
    ["edge.users.1.name", "alice"],
    'edge.users[1].name: found "alice", allowed: a name that no',
  ],
  [
    "an authority that is asked without TLS",
    ["edge.certificates", { kind: "acme", email: "ops@example.com", directory: "http://ca.example.com" }],
    "edge.certificates.directory: found",
  ],
  [
    "a program's URL without TLS",
    ["grafana.url", "http://grafana.example.com"],
    'grafana.url: found "http://grafana.example.com", allowed: an https:// URL with a host\'s name and no port',
  ],
  ["an address for a name", ["grafana.url", "https://10.0.0.5"], "grafana.url: found"],
  [
    "a port that is not the edge's",
    ["prometheus.url", "https://p.example.com:9090"],
    "prometheus.url: found",
  ],
  [
    "a service's URL without TLS",
    ["services.0.publicUrl", "http://api.example.com"],
    "services[0].publicUrl: found",
  ],
  [
    "a URL that another program has",
    ["jaeger.url", "https://prometheus.example.com/"],
    'jaeger.url: found "https://prometheus.example.com/", allowed: a URL of its own: it is that of prometheus.url',
  ],
  ["a path for Jaeger", ["jaeger.url", "https://ops.example.com/jaeger"], "jaeger.url: found"],
  [
    "a port of the host twice",
    ["edge.httpPort", 443],
    "edge.httpPort: found 443, allowed: a port of the host that is free",
  ],
  ["the port of another program", ["edge.httpsPort", 9090], "edge.httpsPort: found 9090"],
])("refuses %s", (_, edit, problem) => {
  expect(problemsOf(withEdge(edit))).toContainEqual(expect.stringContaining(problem));
});

it("refuses a URL of Jaeger at which nobody answers", () => {
  expect(problems(["jaeger", { url: "https://jaeger.example.com" }])).toEqual([
    expect.stringMatching(/jaeger\.url: found .*, allowed: nothing where there is no edge/),
  ]);
});

it("takes paths of one host for programs that know of them", () => {
  const paths: Edit[] = [
    ["prometheus.url", "https://ops.example.com/prometheus"],
    ["alerting.url", "https://ops.example.com/alertmanager/"],
  ];
  expect(problemsOf(withEdge(...paths))).toEqual([]);
});

it("has its URLs asked from outside, whether or not a service's is", () => {
  const withoutServices: Edit = ["services.0.publicUrl", undefined];
  expect(problemsOf(withEdge(withoutServices))).toEqual([]);
  expect(problemsOf(withEdge(withoutServices, ["blackboxExporter", undefined]))).toEqual([
    "prod.ts: blackboxExporter: found nothing, allowed: {}, as there is an edge: the blackbox exporter asks the URLs of what is behind it",
  ]);
});
