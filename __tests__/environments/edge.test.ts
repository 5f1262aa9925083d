import type { Edit } from "../support/edit";
import { edgeInput, withEdge } from "../support/edge-environment";
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
