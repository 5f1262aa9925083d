import { parse } from "yaml";
import {
  type PrometheusConfiguration,
  type RemoteWrite,
  renderPrometheusConfiguration,
} from "../../../constructs/docker/prometheus-configuration";

const configuration: PrometheusConfiguration = {
  interval: "15s",
  externalLabels: { environment: "dev" },
  limits: { samples: 20_000, labels: 40, labelName: 200, labelValue: 2_000, body: "20MB" },
  maxExemplars: 100_000,
  scrapeConfigs: [
    { jobName: "prometheus", staticConfigs: [{ targets: ["prometheus:9090"] }] },
    {
      jobName: "order-service",
      metricsPath: "/internal/metrics",
      staticConfigs: [{ targets: ["order-service:3003"], labels: { service: "order-service" } }],
      sampleLimit: 500,
    },
  ],
};

it("has a job for each scrape configuration, the intervals, the limits at each job, and exemplars", () => {
  const limits = {
    body_size_limit: "20MB",
    label_limit: 40,
    label_name_length_limit: 200,
    label_value_length_limit: 2_000,
  };
  expect(parse(renderPrometheusConfiguration(configuration))).toEqual({
    global: { scrape_interval: "15s", evaluation_interval: "15s", external_labels: { environment: "dev" } },
    storage: { exemplars: { max_exemplars: 100_000 } },
    scrape_configs: [
      {
        job_name: "prometheus",
        ...limits,
        sample_limit: 20_000,
        static_configs: [{ targets: ["prometheus:9090"] }],
      },
      {
        job_name: "order-service",
        metrics_path: "/internal/metrics",
        ...limits,
        sample_limit: 500,
        static_configs: [{ targets: ["order-service:3003"], labels: { service: "order-service" } }],
      },
    ],
  });
});

it("sends samples on, with each kind of proof, of which no secret stands in it", () => {
  const remoteWrite: RemoteWrite[] = [
    { name: "open", url: "http://mimir:8080/api/v1/push" },
    { name: "amp", url: "https://aps.example.com/write", auth: { kind: "sigv4", region: "eu-central-1" } },
    {
      name: "mimir",
      url: "https://mimir.example.com/push",
      auth: { kind: "basic", username: "shop", passwordFile: "/run/secrets/mimir" },
    },
    {
      name: "token",
      url: "https://x.example.com",
      auth: { kind: "bearer", tokenFile: "/run/secrets/token" },
    },
  ];
  const { remote_write } = parse(renderPrometheusConfiguration({ ...configuration, remoteWrite })) as {
    remote_write: unknown;
  };
  expect(remote_write).toEqual([
    { name: "open", url: "http://mimir:8080/api/v1/push", send_exemplars: true },
    {
      name: "amp",
      url: "https://aps.example.com/write",
      send_exemplars: true,
      sigv4: { region: "eu-central-1" },
    },
    {
      name: "mimir",
      url: "https://mimir.example.com/push",
      send_exemplars: true,
      basic_auth: { username: "shop", password_file: "/run/secrets/mimir" },
    },
    {
      name: "token",
      url: "https://x.example.com",
      send_exemplars: true,
      authorization: { credentials_file: "/run/secrets/token" },
    },
  ]);
});

it("reads rule files where there are any", () => {
  expect(parse(renderPrometheusConfiguration(configuration, ["/rules/*.yml"]))).toMatchObject({
    rule_files: ["/rules/*.yml"],
  });
});

it("names the Alertmanagers where there are any", () => {
  const alertmanagers = ["alertmanager:9093"];
  expect(parse(renderPrometheusConfiguration({ ...configuration, alertmanagers }))).toMatchObject({
    alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] },
  });
});
