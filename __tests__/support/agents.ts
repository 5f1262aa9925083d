import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { parse } from "yaml";
import { ManagedProcess } from "../../demo/processes";
import type { Environment } from "../../environments";
import { managedEngineOf } from "../../environments/metrics-engine";
import { DockerStack } from "../../stacks/docker-stack";
import { MetricsStack } from "../../stacks/metrics-stack";
import { containerNameOf, Template } from "./template";

/** A part of an agent's configuration file. */
interface AgentFile {
  readonly global: Readonly<Record<string, unknown>>;
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  }[];
  readonly remote_write: readonly Readonly<Record<string, unknown>>[];
}

/** An agent as the docker stack has it. */
export interface RenderedAgent {
  readonly name: string;
  readonly command: readonly string[];
  readonly configuration: AgentFile;
}

/** The agents of an environment, as its docker stack renders them. */
export function renderedAgents(environment: Environment, outdir: string): readonly RenderedAgent[] {
  const engine = managedEngineOf(environment);
  if (!engine) throw new Error(`${environment.name} has no agents.`);
  const app = new App({ outdir, stackTraces: false });
  const { workspace } = new MetricsStack(app, environment, engine);
  const docker: TerraformStack = new DockerStack(app, environment, workspace);
  return Template.synth(docker)
    .resources("docker_container")
    .flatMap((container) => {
      const { command, upload } = container;
      const name = containerNameOf(container);
      if (!/^prometheus-agent-/.test(name)) return [];
      const [file] = upload as readonly { readonly content: string }[];
      return [
        {
          name,
          command: command as readonly string[],
          configuration: parse(file?.content ?? "") as AgentFile,
        },
      ];
    });
}

/** What stands in for what an agent would have in its container. */
export interface AgentPlace {
  readonly folder: string;
  readonly port: number;
  /** Address here of each target. */
  readonly addressOf: (target: string) => string;
  /** URL that it writes to. */
  readonly writeUrl: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts an agent with its own flags and configuration; only addresses and the interval, a second, are others. One that
 * was there before finds its write-ahead log again.
 */
export async function startAgent(agent: RenderedAgent, place: AgentPlace): Promise<ManagedProcess> {
  const folder = join(place.folder, agent.name);
  mkdirSync(folder, { recursive: true });
  const { configuration } = agent;
  const [workspace, ...elsewhere] = configuration.remote_write;
  const file = {
    ...configuration,
    global: { ...configuration.global, scrape_interval: "1s", scrape_timeout: "1s" },
    scrape_configs: configuration.scrape_configs.map((job) => ({
      ...job,
      static_configs: job.static_configs?.map((config) => ({
        ...config,
        targets: config.targets.map(place.addressOf),
      })),
    })),
    remote_write: [{ ...workspace, url: place.writeUrl }, ...elsewhere],
  };
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(file)); // JSON is YAML
  const listen = `127.0.0.1:${String(place.port)}`;
  const process_ = new ManagedProcess({
    name: agent.name,
    command: "prometheus",
    args: [
      // Here it has one address alone.
      ...agent.command
        .filter((flag) => !flag.startsWith("--web.listen-address="))
        .map((flag) =>
          flag
            .replace("/etc/prometheus/prometheus.yml", join(folder, "prometheus.yml"))
            .replace("path=/prometheus", `path=${join(folder, "data")}`),
        ),
      `--web.listen-address=${listen}`,
    ],
    env: { ...process.env, ...place.env },
  });
  await process_.healthy(`http://${listen}/-/ready`, 120_000);
  return process_;
}
