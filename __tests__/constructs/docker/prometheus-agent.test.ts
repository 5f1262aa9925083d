import { parse } from "yaml";
import { PrometheusAgent, type PrometheusAgentProps } from "../../../constructs/docker/prometheus-agent";
import { Template } from "../../support/template";
import { foreignScope, messageOf } from "./support";

type Props = Omit<PrometheusAgentProps, "networks">;

const props: Props = {
  name: "agent-1",
  image: "prom/prometheus:v3.13.5",
  limits: { memoryMb: 256, cpus: 1 },
  workspace: {
    remoteWriteUrl: "${var.write_url}",
    region: "eu-central-1",
    roleArn: "arn:aws:iam::123456789012:role/writes",
  },
  configuration: {
    interval: "15s",
    externalLabels: { environment: "dev" },
    limits: { samples: 20_000, labels: 40, labelName: 200, labelValue: 2_000, body: "20MB" },
    scrapeConfigs: [
      {
        jobName: "parcels",
        staticConfigs: [{ targets: ["parcels:8080"], labels: { note: "${kept}" } }],
        shard: { index: 1, of: 3 },
      },
      { jobName: "payments", staticConfigs: [{ targets: ["payments:8080"] }], shard: { index: 0, of: 1 } },
    ],
    remoteWrite: [{ name: "archive", url: "https://archive.example.com/write" }],
  },
};

function synthesized(changed: Partial<Props> = {}) {
  const { stack, network } = foreignScope();
  new PrometheusAgent(stack, "agent", { ...props, ...changed, networks: [network] });
  const template = Template.synth(stack);
  const container = template.resource("docker_container");
  const uploads = container.upload as readonly { file: string; content: string; permissions?: string }[];
  return { template, container, uploads, configuration: uploads[0]?.content ?? "" };
}

describe("PrometheusAgent", () => {
  it("runs as an agent, keeps what is not sent for half a day, and loses it by no mistake", () => {
    const { container, template } = synthesized();
    expect(container.command).toEqual([
      "--agent",
      "--config.file=/etc/prometheus/prometheus.yml",
      "--storage.agent.path=/prometheus",
      "--storage.agent.retention.max-time=12h",
    ]);
    expect(template.resource("docker_volume")).toMatchObject({
      name: "agent-1-data",
      lifecycle: { prevent_destroy: true },
    });
    expect(synthesized({ keepUnsentFor: "2d" }).container.command).toContain(
      "--storage.agent.retention.max-time=2d",
    );
  });

  it("is published at no port of the host", () => {
    expect(synthesized().container.ports).toBeUndefined();
  });

  it("writes to the workspace first, signed, in portions, and again what came too fast", () => {
    const { remote_write } = parse(synthesized().configuration) as { remote_write: unknown };
    expect(remote_write).toEqual([
      {
        name: "workspace",
        url: "${var.write_url}",
        send_exemplars: false,
        sigv4: { region: "eu-central-1", role_arn: "arn:aws:iam::123456789012:role/writes" },
        queue_config: {
          capacity: 2_500,
          max_shards: 20,
          max_samples_per_send: 1_000,
          retry_on_http_429: true,
        },
      },
      { name: "archive", url: "https://archive.example.com/write", send_exemplars: true },
    ]);
  });

  it("has no rules, no Alertmanagers and no storage, with which an agent does not start", () => {
    const written = parse(synthesized().configuration) as Record<string, unknown>;
    expect(Object.keys(written)).toEqual(["global", "scrape_configs", "remote_write"]);
    expect(written.global).toEqual({ scrape_interval: "15s", external_labels: { environment: "dev" } });
  });

  it("keeps the targets of its shard, before all else is done with them", () => {
    const { scrape_configs } = parse(synthesized().configuration) as {
      scrape_configs: readonly { relabel_configs?: unknown }[];
    };
    expect(scrape_configs[0]?.relabel_configs).toEqual([
      {
        source_labels: ["__address__", "__param_target"],
        action: "hashmod",
        modulus: 3,
        target_label: "__tmp_shard",
      },
      { source_labels: ["__tmp_shard"], action: "keep", regex: "1" },
    ]);
    expect(scrape_configs[1]?.relabel_configs).toBeUndefined();
  });

  it("quotes texts for Terraform, and not the reference to the workspace", () => {
    const { configuration } = synthesized();
    expect(configuration).toContain("note: $${kept}");
    expect(configuration).toContain("url: ${var.write_url}");
  });

  it("has secrets in files that it alone reads", () => {
    const { uploads } = synthesized({ secrets: { "/run/secrets/key": "${var.key}" } });
    expect(uploads[1]).toEqual({ file: "/run/secrets/key", content: "${var.key}", permissions: "0440" });
  });

  it("tells all that is wrong at once, and makes nothing", () => {
    const wrong: Props = {
      ...props,
      name: "an agent",
      image: "prometheus:latest",
      workspace: { remoteWriteUrl: "x", region: "", roleArn: "writes" },
      keepUnsentFor: "5m",
      secrets: { token: "" },
      configuration: {
        ...props.configuration,
        scrapeConfigs: [{ jobName: "parcels", staticConfigs: [], shard: { index: 2, of: 2 } }],
        remoteWrite: [{ name: "workspace", url: "https://x.example.com" }],
      },
    };
    const [head, ...lines] = messageOf(
      ({ stack }) => new PrometheusAgent(stack, "it", { ...wrong, networks: [] }),
    ).split("\n");
    const paths = lines.map((line) => /^ {2}(\S+): found .*, allowed: ./.exec(line)?.[1]);
    expect(paths).toEqual([
      ...["name", "image", "networks", "workspace.region", "workspace.roleArn", "keepUnsentFor", "secrets"],
      ...["configuration.scrapeConfigs[0].shard.index", "configuration.remoteWrite[0].name"],
    ]);
    expect(head).toContain("elsewhere/it: ");
    expect(lines.join("\n")).toContain(
      "shard.index: found 2, allowed: a whole number from 0 on that is less than",
    );
  });
});
