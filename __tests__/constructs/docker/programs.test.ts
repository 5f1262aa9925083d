import { cadvisor } from "../../../constructs/docker/cadvisor";
import { Exporter } from "../../../constructs/docker/exporter";
import { Grafana } from "../../../constructs/docker/grafana";
import { Jaeger } from "../../../constructs/docker/jaeger";
import { Loki } from "../../../constructs/docker/loki";
import { Moto } from "../../../constructs/docker/moto";
import { NodeExporter } from "../../../constructs/docker/node-exporter";
import { Prometheus, type PrometheusProps } from "../../../constructs/docker/prometheus";
import type { PrometheusConfiguration } from "../../../constructs/docker/prometheus-configuration";
import { messageOf, type Scope } from "./support";

const wrong = { image: "program:latest", limits: { memoryMb: 5, cpus: 0.5 }, networks: [] };
const wrongProgram = ["image", "limits.memoryMb"];
const published = { ...wrong, hostPort: 0, publishOn: "localhost" };
const wrongPublished = [...wrongProgram, "networks", "hostPort", "publishOn"];
const server = { ...published, externalUrl: "program" };
const wrongServer = [...wrongPublished, "externalUrl"];

const configuration: PrometheusConfiguration = {
  interval: "15s",
  externalLabels: {},
  limits: { samples: 20_000, labels: 40, labelName: 200, labelValue: 2_000, body: "20MB" },
  maxExemplars: 100_000,
  scrapeConfigs: [{ jobName: "shop", staticConfigs: [{ targets: ["shop:8080"] }] }],
};
const kept = { retentionTime: "15d", retentionSize: "10GB" };

it.each<[string, (scope: Scope) => unknown, readonly string[]]>([
  [
    "Exporter",
    ({ stack }) => new Exporter(stack, "it", { ...wrong, program: cadvisor }),
    [...wrongProgram, "networks"],
  ],
  [
    "NodeExporter",
    ({ stack, network }) =>
      new NodeExporter(stack, "it", { ...wrong, network, listenAddress: "172.30.90.1" }),
    [...wrongProgram, "listenAddress"],
  ],
  ["Moto", ({ stack }) => new Moto(stack, "it", { ...published, name: "m" }), ["name", ...wrongPublished]],
  [
    "Jaeger",
    ({ stack }) =>
      new Jaeger(stack, "it", {
        ...published,
        listenHost: "jaeger:16686",
        storage: { kind: "memory", maxTraces: 0 },
        callMetrics: { buckets: [1, 0.5] },
      }),
    [...wrongPublished, "listenHost", "storage.maxTraces", "callMetrics.buckets"],
  ],
  [
    "Loki",
    ({ stack }) => new Loki(stack, "it", { ...wrong, retentionTime: "12h", ingestionMbPerSecond: 0 }),
    [...wrongProgram, "networks", "retentionTime", "ingestionMbPerSecond"],
  ],
  [
    "Grafana",
    ({ stack }) =>
      new Grafana(stack, "it", {
        ...server,
        adminPassword: "",
        oidc: {
          name: "",
          authorizationEndpoint: "http://login.example.com/authorize",
          tokenEndpoint: "",
          userinfoEndpoint: "",
          endSessionEndpoint: "/logout",
          clientId: "$__env{X}",
          clientSecret: "",
          scopes: ["email"],
          groupsClaim: "groups[0]",
          roles: { admin: [], editor: [], viewer: [] },
          sessionHours: 0,
          autoLogin: false,
          loginForm: true,
        },
        smtp: { smarthost: "mail.example.com", from: "grafana", username: "", password: "" },
      }),
    [
      ...wrongServer,
      "oidc.name",
      "oidc.authorizationEndpoint",
      "oidc.tokenEndpoint",
      "oidc.userinfoEndpoint",
      "oidc.endSessionEndpoint",
      "oidc.clientId",
      "oidc.scopes",
      "oidc.groupsClaim",
      "oidc.roles",
      "oidc.sessionHours",
      "externalUrl",
      "smtp.smarthost",
      "smtp.from",
      "smtp.username",
    ],
  ],
  [
    "Prometheus",
    ({ stack }) =>
      new Prometheus(stack, "it", {
        ...server,
        configuration: { ...configuration, interval: "15", maxExemplars: 0 },
        retentionTime: "15 days",
        retentionSize: "1MB",
        listenHost: "",
        ruleFiles: { "services.yaml": "" },
        secrets: { token: "" },
      }),
    [
      ...wrongServer,
      "retentionTime",
      "retentionSize",
      "ruleFiles",
      "secrets",
      "configuration.interval",
      "configuration.maxExemplars",
      "listenHost",
    ],
  ],
])("%s tells all that is wrong at once, and makes nothing", (_, make, props) => {
  const [head, ...lines] = messageOf(make).split("\n");
  expect(head).toBe(`elsewhere/it: ${String(props.length)} problems in its props:`);
  expect(lines.map((line) => /^ {2}(\S+): found .*, allowed: ./.exec(line)?.[1])).toEqual(props);
});

const remote = { name: "mimir", url: "https://mimir.example.com/push" };

it.each<[string, Partial<PrometheusConfiguration>, string]>([
  [
    "two jobs of one name",
    { scrapeConfigs: [...configuration.scrapeConfigs, ...configuration.scrapeConfigs] },
    `scrapeConfigs[1].jobName: found "shop", allowed: each name once`,
  ],
  [
    "a job without a name",
    { scrapeConfigs: [{ jobName: "", staticConfigs: [] }] },
    `scrapeConfigs[0].jobName: found "", allowed: a text of 1 characters or more`,
  ],
  [
    "a path without a slash",
    { scrapeConfigs: [{ jobName: "shop", metricsPath: "metrics", staticConfigs: [] }] },
    `scrapeConfigs[0].metricsPath: found "metrics", allowed: a path such as "/metrics"`,
  ],
  [
    "a job's limit of no samples, which would be no limit",
    { scrapeConfigs: [{ jobName: "shop", sampleLimit: 0, staticConfigs: [] }] },
    "scrapeConfigs[0].sampleLimit: found 0, allowed: a whole number from 1 to 10000000",
  ],
  [
    "a size that is none",
    { limits: { ...configuration.limits, body: "big" } },
    `limits.body: found "big", allowed: a size such as "512MB" or "10GB"`,
  ],
  [
    "a scrape that may take longer than the interval",
    { timeout: "20s" },
    `timeout: found "20s", allowed: a duration of at most configuration.interval, which is 15s`,
  ],
  [
    "two remote writes of one name",
    { remoteWrite: [remote, remote] },
    `remoteWrite[1].name: found "mimir", allowed: each name once`,
  ],
  [
    "a role that is none",
    { remoteWrite: [{ ...remote, auth: { kind: "sigv4", region: "eu-central-1", roleArn: "write" } }] },
    `remoteWrite[0].auth.roleArn: found "write", allowed: the ARN of a role`,
  ],
  [
    "a user with a colon",
    {
      remoteWrite: [{ ...remote, auth: { kind: "basic", username: "a:b", passwordFile: "/run/secrets/b" } }],
    },
    `remoteWrite[0].auth.username: found "a:b", allowed: a user's name`,
  ],
  [
    "a token's file without a place",
    { remoteWrite: [{ ...remote, auth: { kind: "bearer", tokenFile: "token" } }] },
    `remoteWrite[0].auth.tokenFile: found "token", allowed: an absolute path`,
  ],
])("Prometheus refuses %s", (_, change, problem) => {
  const message = messageOf(({ stack, network }) => {
    const props: PrometheusProps = {
      image: "prom/prometheus:v3.13.5",
      limits: { memoryMb: 512, cpus: 1 },
      networks: [network],
      hostPort: 9090,
      externalUrl: "https://prometheus.example.com",
      configuration: { ...configuration, ...change },
      ...kept,
    };
    new Prometheus(stack, "it", props);
  });
  expect(message).toBe(`elsewhere/it: 1 problem in its props:\n  configuration.${problem}`);
});
