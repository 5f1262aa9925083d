import { edgeSitesOf } from "../../stacks/edge-sites";
import { scrapeConfigs } from "../../stacks/scrape-configs";
import { oidcInput, withEdge } from "../support/edge-environment";
import { problemsOf } from "../support/environment-problems";
import { parseEnvironment } from "../support/environments";
import { prod } from "../support/environments/prod";
import { synthesizedStacks } from "../support/edge-stacks";

interface Container {
  readonly name: string;
  readonly ports?: readonly { readonly ip: string; readonly external: number; readonly internal: number }[];
  readonly upload?: readonly {
    readonly file: string;
    readonly content: string;
    readonly permissions: string;
  }[];
  readonly networks_advanced?: readonly unknown[];
  readonly volumes?: readonly unknown[];
  readonly user?: string;
  readonly env?: readonly string[];
  readonly capabilities?: unknown;
}

const environment = parseEnvironment(withEdge(), "prod.ts");
const { containers, json } = synthesizedStacks<Container>(environment);
const edge = containers.find(({ name }) => name === "prod-edge");

it("has what people reach behind it, at the URLs of the environment", () => {
  const shown = edgeSitesOf(environment).map(
    ({ host, upstreams, login }) => `${host} ${upstreams.join(" ")} ${login}`,
  );
  expect(shown).toEqual([
    "grafana.example.com grafana:3000 own",
    "prometheus.example.com prometheus:9090 edge",
    "alertmanager.example.com alertmanager:9093 alertmanager-2:9093 edge",
    "jaeger.example.com jaeger:16686 edge",
    "api.example.com api-gateway:3000 own",
  ]);
});

it("does not show the metrics of a service that has no port of their own for them", () => {
  const hidden = (metricsPort: number | undefined) =>
    edgeSitesOf(parseEnvironment(withEdge(["services.0.metricsPort", metricsPort]), "prod.ts")).find(
      ({ host }) => host === "api.example.com",
    )?.hidden;
  expect(hidden(undefined)).toEqual(["/metrics"]);
  expect(hidden(9464)).toEqual([]);
});

it("is all that is published elsewhere than on the host's loopback", () => {
  const published = containers.flatMap(({ name, ports = [] }) => ports.map((port) => ({ name, ...port })));
  expect(published.length).toBeGreaterThan(5);
  expect(published.filter(({ ip }) => ip !== "127.0.0.1")).toEqual([
    { name: "prod-edge", ip: "0.0.0.0", external: 443, internal: 8443 },
    { name: "prod-edge", ip: "0.0.0.0", external: 80, internal: 8080 },
  ]);
});

it("keeps certificate, key and hashes in files that its own group alone reads, and out of the JSON", () => {
  const secrets = (edge?.upload ?? []).filter(({ permissions }) => permissions === "0440");
  expect(secrets.map(({ file, content }) => [file, content])).toEqual([
    ["/run/secrets/edge-user-alice", "${var.edge_hash_alice}"],
    ["/run/secrets/edge-user-ci", "${var.edge_hash_ci}"],
    ["/run/secrets/edge-certificate", "${var.edge_certificate}"],
    ["/run/secrets/edge-key", "${var.edge_key}"],
  ]);
  expect(edge?.user).toBe("1000:0");
});

it("has Grafana's cookies sent by TLS alone", () => {
  const grafana = containers.find(({ name }) => name === "prod-grafana");
  expect(grafana?.env).toEqual(
    expect.arrayContaining(["GF_SECURITY_COOKIE_SECURE=true", "GF_SECURITY_COOKIE_SAMESITE=lax"]),
  );
});

it("needs no capability, and is on both networks", () => {
  expect(edge?.capabilities).toEqual({ drop: ["ALL"] });
  expect(edge?.networks_advanced).toHaveLength(2);
});

it("keeps what it got by ACME in a volume, and has none where it is given files", () => {
  expect(edge?.volumes).toBeUndefined();
  const acme = parseEnvironment(
    withEdge(["edge.certificates", { kind: "acme", email: "ops@example.com" }]),
    "prod.ts",
  );
  const found = synthesizedStacks<Container>(acme).containers.find(({ name }) => name === "prod-edge");
  expect(found?.volumes).toEqual([
    { container_path: "/data", volume_name: "${docker_volume.edge-data.name}" },
  ]);
  expect(found?.upload?.filter(({ permissions }) => permissions === "0440")).toHaveLength(2);
});

it("gives the same bytes twice, and nothing to an environment without one", () => {
  expect(synthesizedStacks(environment).json).toEqual(json);
  const without = synthesizedStacks<Container>(parseEnvironment(prod, "prod.ts"));
  expect(without.containers.some(({ name }) => name === "edge")).toBe(false);
});

describe("with logins by OpenID Connect", () => {
  const withLogins = parseEnvironment(
    withEdge(["edge.oidc", oidcInput], ["edge.users", undefined]),
    "prod.ts",
  );
  const stacks = synthesizedStacks<Container & { readonly read_only?: boolean }>(withLogins);
  const login = stacks.containers.find(({ name }) => name === "prod-oauth2-proxy");

  it("has oauth2-proxy on the management network alone, published nowhere, without a capability", () => {
    expect(login?.networks_advanced).toEqual([
      { aliases: ["oauth2-proxy"], name: "${docker_network.management-network.id}" },
    ]);
    expect([login?.ports, login?.capabilities, login?.user]).toEqual([
      undefined,
      { drop: ["ALL"] },
      "1000:0",
    ]);
  });

  it("keeps its secrets in files that its own group alone reads, and out of the JSON and the environment", () => {
    const secrets = (login?.upload ?? []).filter(({ permissions }) => permissions === "0440");
    expect(secrets.map(({ file, content }) => [file, content])).toEqual([
      ["/run/secrets/oidc-client-secret", "${var.edge_client_secret}"],
      ["/run/secrets/oidc-cookie-secret", "${var.edge_cookie_secret}"],
    ]);
    expect(login?.env).toBeUndefined();
  });

  it("believes what is said of a request to those of the management network alone", () => {
    const file = login?.upload?.find(({ file: path }) => path.endsWith(".cfg"));
    expect(file?.content).toContain('trusted_proxy_ips = ["172.30.89.0/24"]');
  });

  it("has the edge ask it", () => {
    const asking = stacks.containers.find(({ name }) => name === "prod-edge");
    const file = asking?.upload?.find(({ file: path }) => path.endsWith("caddy.json"));
    expect(file?.content).toContain('"dial": "oauth2-proxy:4180"');
    expect(edge?.upload?.find(({ file: path }) => path.endsWith("caddy.json"))?.content).not.toContain(
      "oauth2",
    );
  });

  it("is scraped as a part of the edge", () => {
    const targets = (of: typeof environment) =>
      scrapeConfigs(of)
        .find(({ jobName }) => jobName === "edge")
        ?.staticConfigs?.flatMap((each) => each.targets);
    expect(targets(withLogins)).toEqual(["edge:9180", "oauth2-proxy:4181"]);
    expect(targets(environment)).toEqual(["edge:9180"]);
  });

  it("gives the same bytes twice, and no service its name", () => {
    expect(synthesizedStacks(withLogins).json).toEqual(stacks.json);
    expect(problemsOf(withEdge(["services.0.name", "oauth2-proxy"]))).toContainEqual(
      expect.stringContaining('services[0].name: found "oauth2-proxy"'),
    );
  });
});
