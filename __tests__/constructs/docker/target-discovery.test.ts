import { Testing } from "cdktf";
import { parse } from "yaml";
import {
  type ScrapeConfig,
  renderPrometheusConfiguration,
} from "../../../constructs/docker/prometheus-configuration";
import { checkConfiguration } from "../../../constructs/docker/prometheus-validation";
import type { DnsDiscovery, Ec2Discovery } from "../../../constructs/docker/target-discovery";
import { Problems, PropsError } from "../../../constructs/props-error";

const ec2: Ec2Discovery = {
  kind: "ec2",
  region: "eu-central-1",
  filters: { "instance-state-name": ["running"], "tag:Role": ["web"] },
  port: 9100,
  refreshInterval: "1m",
};
const dns: DnsDiscovery = {
  kind: "dns",
  name: "machines.example.com",
  type: "A",
  port: 9100,
  refreshInterval: "1m",
};
const job: ScrapeConfig = { jobName: "node-exporter", staticConfigs: [] };

function configurationOf(scrapeConfig: ScrapeConfig) {
  return {
    interval: "15s",
    externalLabels: {},
    limits: { samples: 20_000, labels: 40, labelName: 200, labelValue: 2_000, body: "20MB" },
    maxExemplars: 1,
    scrapeConfigs: [scrapeConfig],
  };
}

function rendered(scrapeConfig: ScrapeConfig): Readonly<Record<string, unknown>> {
  const text = renderPrometheusConfiguration(configurationOf(scrapeConfig));
  const { scrape_configs } = parse(text) as { scrape_configs: Readonly<Record<string, unknown>>[] };
  return scrape_configs[0] ?? {};
}

function wrong(scrapeConfig: ScrapeConfig): readonly string[] {
  const problems = new Problems();
  checkConfiguration(configurationOf(scrapeConfig), problems);
  try {
    problems.throwFor(Testing.app(), "prometheus");
  } catch (error) {
    if (error instanceof PropsError) return error.problems;
  }
  return [];
}

it("asks EC2 and DNS, names each target as people know it, and puts the labels of a list on it", () => {
  const labels = { environment: "prod", price: "$1" };
  const found = rendered({ ...job, discovered: { by: [ec2, dns], labels } });
  expect(found).toMatchObject({
    ec2_sd_configs: [
      {
        region: "eu-central-1",
        port: 9100,
        refresh_interval: "1m",
        filters: [
          { name: "instance-state-name", values: ["running"] },
          { name: "tag:Role", values: ["web"] },
        ],
      },
    ],
    dns_sd_configs: [{ names: ["machines.example.com"], type: "A", port: 9100, refresh_interval: "1m" }],
    relabel_configs: [
      { source_labels: ["__meta_ec2_instance_id"], regex: "(.+)", target_label: "instance" },
      { source_labels: ["__meta_dns_name", "__address__"], target_label: "instance" },
      { source_labels: ["__meta_dns_srv_record_target"], target_label: "instance" },
      { target_label: "environment", replacement: "prod" },
      { target_label: "price", replacement: "$$1" },
    ],
  });
  expect(found).not.toHaveProperty("static_configs");
});

it("takes the port of records that have one, and another place and role of AWS", () => {
  const srv = { ...dns, type: "SRV" } as const;
  expect(rendered({ ...job, discovered: { by: [srv] } }).dns_sd_configs).toEqual([
    { names: ["machines.example.com"], type: "SRV", refresh_interval: "1m" },
  ]);
  const roleArn = "arn:aws:iam::123456789012:role/prometheus";
  const other = { ...ec2, endpoint: "http://moto:5000", roleArn };
  expect(rendered({ ...job, discovered: { by: [other] } }).ec2_sd_configs).toEqual([
    expect.objectContaining({ endpoint: "http://moto:5000", role_arn: roleArn }),
  ]);
});

it("asks over TLS, and proves who it is by files", () => {
  const tls = { caFile: "/run/secrets/ca", certFile: "/c", keyFile: "/k", serverName: "shop.example.com" };
  const auth = { kind: "basic", username: "prometheus", passwordFile: "/run/secrets/password" } as const;
  expect(rendered({ ...job, scheme: "https", tls, auth })).toMatchObject({
    scheme: "https",
    tls_config: {
      ca_file: "/run/secrets/ca",
      cert_file: "/c",
      key_file: "/k",
      server_name: "shop.example.com",
    },
    basic_auth: { username: "prometheus", password_file: "/run/secrets/password" },
  });
});

it.each<[string, ScrapeConfig, string]>([
  [
    "a port that is none",
    { ...job, discovered: { by: [{ ...ec2, port: 0 }] } },
    "configuration.scrapeConfigs[0].discovered.by[0].port: found 0",
  ],
  [
    "a name that is none of DNS",
    { ...job, discovered: { by: [{ ...dns, name: "machines" }] } },
    `discovered.by[0].name: found "machines", allowed: a name in DNS`,
  ],
  [
    "an interval that asks all the time",
    { ...job, discovered: { by: [{ ...dns, refreshInterval: "1s" }] } },
    `discovered.by[0].refreshInterval: found "1s"`,
  ],
  [
    "a filter that nothing meets",
    { ...job, discovered: { by: [{ ...ec2, filters: { "tag:Role": [] } }] } },
    "discovered.by[0].filters.tag:Role: found",
  ],
  ["TLS without https", { ...job, tls: {} }, "scrapeConfigs[0].tls: found"],
  [
    "a certificate without its key",
    { ...job, scheme: "https", tls: { certFile: "/c" } },
    "scrapeConfigs[0].tls.keyFile: found",
  ],
  [
    "a secret in no file",
    { ...job, auth: { kind: "bearer", tokenFile: "token" } },
    `scrapeConfigs[0].auth.tokenFile: found "token"`,
  ],
])("refuses %s", (_, scrapeConfig, expected) => {
  expect(wrong(scrapeConfig)).toEqual([expect.stringContaining(expected)]);
});
