import { App } from "cdktf";
import { parse } from "yaml";
import { EnvironmentError, type Environment } from "../../environments";
import { managedEngineOf } from "../../environments/metrics-engine";
import { parseEnvironment } from "../../environments/validation";
import { DockerStack } from "../../stacks/docker-stack";
import { GrafanaStack } from "../../stacks/grafana-stack";
import { MetricsStack } from "../../stacks/metrics-stack";
import { scrapeConfigs } from "../../stacks/scrape-configs";
import { managed } from "../support/environments/managed";
import { managedWith } from "../support/environments/managed-agents";
import { type Block, containerNameOf, parsed, Template } from "../support/template";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();

function stacksOf(environment: Environment) {
  const engine = managedEngineOf(environment);
  if (!engine) throw new Error("The environment has another engine.");
  const app = new App({ outdir: outdir(), stackTraces: false });
  const metrics = new MetricsStack(app, environment, engine);
  const docker = new DockerStack(app, environment, metrics.workspace);
  const grafana = new GrafanaStack(app, environment, docker, metrics.workspace);
  return {
    metrics: Template.synth(metrics),
    docker: Template.synth(docker),
    grafana: Template.synth(grafana),
  };
}

interface Configuration {
  readonly global: { readonly external_labels: Readonly<Record<string, string>> };
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly static_configs?: readonly { readonly targets: readonly string[] }[];
    readonly relabel_configs?: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly remote_write: readonly { readonly name: string; readonly url: string }[];
}

function agentsOf(docker: Template): readonly Block[] {
  return docker
    .resources("docker_container")
    .filter((each) => /^prometheus-agent-/.test(containerNameOf(each)));
}

function configurationOf({ upload }: Block): Configuration {
  const [file] = upload as readonly { content: string }[];
  return parse(file?.content ?? "") as Configuration;
}

function ownTargets({ scrape_configs }: Configuration): readonly string[] {
  const own = scrape_configs.find(({ job_name }) => job_name === "prometheus");
  return own?.static_configs?.flatMap(({ targets }) => targets) ?? [];
}

const four = stacksOf(managedWith({ shards: 2, replicas: 2 }));
const agents = agentsOf(four.docker);

describe("the agents of an environment", () => {
  it("take the place of Prometheus: so many of each shard", () => {
    expect(agents.map(containerNameOf).sort()).toEqual([
      ...["prometheus-agent-1-1", "prometheus-agent-1-2", "prometheus-agent-2-1", "prometheus-agent-2-2"],
    ]);
    const names = four.docker.resources("docker_container").map(containerNameOf);
    expect(names).not.toContain("prometheus");
    expect(names).not.toContain("alertmanager");
  });

  it("are told apart by the workspace: a cluster of each shard, a replica of each agent", () => {
    expect(agents.map((agent) => configurationOf(agent).global.external_labels)).toEqual([
      { environment: "managed", cluster: "managed-1", __replica__: "prometheus-agent-1-1" },
      { environment: "managed", cluster: "managed-1", __replica__: "prometheus-agent-1-2" },
      { environment: "managed", cluster: "managed-2", __replica__: "prometheus-agent-2-1" },
      { environment: "managed", cluster: "managed-2", __replica__: "prometheus-agent-2-2" },
    ]);
  });

  it("have the labels of one Prometheus where there is one of each", () => {
    const [only, ...others] = agentsOf(stacksOf(managedWith({ shards: 1, replicas: 1 })).docker);
    expect(others).toEqual([]);
    const configuration = configurationOf(only ?? {});
    expect(configuration.global.external_labels).toEqual({ environment: "managed" });
    const sharded = configuration.scrape_configs
      .flatMap(({ relabel_configs = [] }) => relabel_configs)
      .filter(({ action }) => action === "hashmod");
    expect(sharded).toEqual([]);
  });

  it("watch those of their own shard, and by its hash every other target", () => {
    const configurations = agents.map(configurationOf);
    expect(configurations.map(ownTargets)).toEqual([
      ["prometheus-agent-1-1.management:9090", "prometheus-agent-1-2.management:9090"],
      ["prometheus-agent-1-1.management:9090", "prometheus-agent-1-2.management:9090"],
      ["prometheus-agent-2-1.management:9090", "prometheus-agent-2-2.management:9090"],
      ["prometheus-agent-2-1.management:9090", "prometheus-agent-2-2.management:9090"],
    ]);
    const jobs = scrapeConfigs(managedWith({ shards: 2, replicas: 2 })).map(({ jobName }) => jobName);
    expect(jobs).not.toContain("alertmanager");
    for (const { scrape_configs, global } of configurations) {
      expect(scrape_configs.map(({ job_name }) => job_name)).toEqual(jobs);
      const others = scrape_configs.filter(({ job_name }) => job_name !== "prometheus");
      const index = global.external_labels.cluster === "managed-1" ? "0" : "1";
      for (const { relabel_configs: [hash, keep] = [] } of others) {
        expect(hash).toMatchObject({ action: "hashmod", modulus: 2 });
        expect(keep).toMatchObject({ action: "keep", regex: index });
      }
    }
  });

  it("write to the workspace that another stack makes, and where the environment says besides", () => {
    const reference = /^\$\{data\.terraform_remote_state\..+prometheus_endpoint\}api\/v1\/remote_write$/;
    for (const agent of agents) {
      const { remote_write } = configurationOf(agent);
      expect(remote_write.map(({ name }) => name)).toEqual(["workspace"]);
      expect(remote_write[0]?.url).toMatch(reference);
    }
    const archive = { name: "archive", url: "https://archive.example.com/write" };
    const both = stacksOf(managedWith({ shards: 1, replicas: 1 }, { remoteWrite: [archive] }));
    const [agent] = agentsOf(both.docker);
    expect(configurationOf(agent ?? {}).remote_write.map(({ name }) => name)).toEqual([
      ...["workspace", "archive"],
    ]);
  });

  it("have the environment's access key as a file, and none in the JSON", () => {
    const key = {
      kind: "access-key",
      accessKeyId: { secret: "metrics_key_id" },
      secretAccessKey: { secret: "metrics_key" },
    } as const;
    const engine = { kind: "amazon-managed-prometheus", awsCredentials: key } as const;
    const { docker, grafana } = stacksOf(managedWith({ shards: 1, replicas: 1 }, { engine }));
    const [agent] = agentsOf(docker);
    expect(agent?.env).toEqual(["AWS_SHARED_CREDENTIALS_FILE=/run/secrets/aws-credentials"]);
    expect(agent?.upload).toContainEqual({
      file: "/run/secrets/aws-credentials",
      content:
        "[default]\naws_access_key_id = ${var.metrics_key_id}\naws_secret_access_key = ${var.metrics_key}\n",
      permissions: "0440",
    });
    const source = grafana.resources("grafana_data_source").find(({ uid }) => uid === "prometheus");
    expect(parsed(source ?? {}, "json_data_encoded")).toMatchObject({ sigV4AuthType: "keys" });
    expect(String(source?.secure_json_data_encoded)).toContain("var.metrics_key");
  });

  it("have one access to AWS: a second key is refused", () => {
    const wrong = {
      ...managed,
      prometheus: {
        ...managed.prometheus,
        awsCredentials: {
          kind: "access-key",
          accessKeyId: { secret: "an_id" },
          secretAccessKey: { secret: "a_key" },
        },
      },
    };
    const read = () => parseEnvironment(wrong, "environments/managed.ts");
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow("prometheus.awsCredentials: found an access key beside the engine");
  });

  it("have names that no service can have", () => {
    const [service, ...others] = managed.services;
    const wrong = { ...managed, services: [{ ...service, name: "prometheus-agent-3-1" }, ...others] };
    expect(() => parseEnvironment(wrong, "environments/managed.ts")).toThrow(
      `services[0].name: found "prometheus-agent-3-1"`,
    );
  });
});

describe("Grafana of an environment on a workspace", () => {
  it("asks the workspace for samples and alerts, signed", () => {
    const sources = four.grafana.resources("grafana_data_source");
    const signed = { sigV4Auth: true, sigV4AuthType: "default", sigV4Region: "eu-central-1" };
    for (const [uid, type, url] of [
      ["prometheus", "grafana-amazonprometheus-datasource", /prometheus_endpoint\}$/],
      ["alertmanager", "alertmanager", /prometheus_endpoint\}alertmanager$/],
    ] as const) {
      const source = sources.find((each) => each.uid === uid);
      expect(source?.type).toBe(type);
      expect(source?.url).toMatch(url);
      expect(parsed(source ?? {}, "json_data_encoded")).toMatchObject(signed);
    }
  });

  it("has the plugin for it in one version, and may sign", () => {
    const server = four.docker
      .resources("docker_container")
      .find((each) => containerNameOf(each) === "grafana");
    expect(server?.env).toEqual(
      expect.arrayContaining([
        "GF_PLUGINS_PREINSTALL_SYNC=grafana-amazonprometheus-datasource@3.2.0",
        "GF_PLUGINS_PREINSTALL_AUTO_UPDATE=false",
        "GF_AUTH_SIGV4_AUTH_ENABLED=true",
      ]),
    );
    expect(server?.env).not.toContain("GF_PLUGINS_PREINSTALL_DISABLED=true");
  });
});
