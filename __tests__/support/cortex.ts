import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ManagedProcess } from "../../demo/processes";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { requestJson, requestText } from "../../operations/clients/json-client";
import { freePorts } from "../../operations/loopback-port";
import { quotas } from "../../alerts/managed/quotas";
import type { Program } from "./require-program";

/** What Amazon Managed Prometheus is made of. */
export const cortexProgram: Program = {
  name: "cortex",
  hint: ".ci/install-programs cortex builds it with Go and prints the line that puts it on the PATH.",
};

/** An alert of a workspace's Alertmanager. */
export interface CortexAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly status: { readonly state: string; readonly inhibitedBy: readonly string[] };
}

/** Seconds between two looks at what was put. */
const pollSeconds = 1;

/**
 * A Cortex as one process, which stands for a workspace: a ruler, an Alertmanager, and samples of agents that scrape the same
 * taken from one of them alone, on this machine's loopback. It has one tenant, and asks for no signature.
 */
export class Cortex {
  private process: ManagedProcess | undefined;

  private constructor(
    private readonly folder: string,
    /** Base URL, without a slash at its end. */
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param folder that is empty or not there
   * @param evaluationInterval of rule groups that say none
   * @param env variables besides those of this process, such as credentials for SNS
   */
  static async start(
    folder: string,
    evaluationInterval: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Cortex> {
    mkdirSync(folder, { recursive: true });
    const [http = 0, grpc = 0, gossip = 0] = await freePorts(3);
    const configuration = configurationOf(folder, { http, grpc, gossip }, evaluationInterval);
    writeFileSync(join(folder, "cortex.yml"), stringify(configuration));
    const cortex = new Cortex(folder, `http://127.0.0.1:${String(http)}`, env);
    await cortex.run();
    return cortex;
  }

  /** URL that agents write to. */
  get writeUrl(): string {
    return `${this.url}/api/v1/push`;
  }

  /** Its Prometheus's API. */
  get prometheus(): PrometheusClient {
    return new PrometheusClient(`${this.url}/prometheus`);
  }

  /** Starts it, on what it had before. */
  async run(): Promise<void> {
    // The SDK of AWS in it stumbles over the bundle.
    const inherited = { ...process.env };
    delete inherited.AWS_CA_BUNDLE;
    this.process = new ManagedProcess({
      name: "cortex",
      command: cortexProgram.name,
      args: [`-config.file=${join(this.folder, "cortex.yml")}`],
      env: { ...inherited, ...this.env },
    });
    await this.process.healthy(`${this.url}/ready`, 120_000);
  }

  /** Ends it; what it has stays. */
  async stop(): Promise<void> {
    await this.process?.stop();
    this.process = undefined;
  }

  /** Puts the groups of one namespace, as the service takes them. @throws RequestError where one is refused */
  async putRules(namespace: string, yaml: string): Promise<void> {
    const { groups } = parse(yaml) as { readonly groups: readonly object[] };
    for (const group of groups) {
      await requestText(`${this.url}/api/v1/rules/${encodeURIComponent(namespace)}`, {
        method: "POST",
        headers: { "content-type": "application/yaml" },
        body: stringify(group, { lineWidth: 0 }),
      });
    }
  }

  /** Puts the definition of its Alertmanager. @throws RequestError where it is refused */
  async putDefinition(yaml: string): Promise<void> {
    await requestText(`${this.url}/api/v1/alerts`, { method: "POST", body: yaml });
  }

  /** The alerts that its Alertmanager has. */
  alerts(): Promise<readonly CortexAlert[]> {
    return requestJson(`${this.url}/alertmanager/api/v2/alerts`);
  }
}

function configurationOf(
  folder: string,
  ports: Readonly<Record<"http" | "grpc" | "gossip", number>>,
  evaluationInterval: string,
) {
  const at = (name: string) => join(folder, name);
  const inMemory = { kvstore: { store: "inmemory" }, instance_addr: "127.0.0.1" };
  const files = (name: string) => ({ backend: "filesystem", filesystem: { dir: at(name) } });
  const alertmanager = `http://127.0.0.1:${String(ports.http)}/alertmanager`;
  return {
    target: "all,alertmanager",
    auth_enabled: false,
    server: {
      http_listen_address: "127.0.0.1",
      http_listen_port: ports.http,
      grpc_listen_address: "127.0.0.1",
      grpc_listen_port: ports.grpc,
      log_level: "warn",
    },
    memberlist: { bind_addr: ["127.0.0.1"], bind_port: ports.gossip, advertise_addr: "127.0.0.1" },
    distributor: {
      ring: inMemory,
      ha_tracker: {
        enable_ha_tracker: true,
        // It takes no store in memory.
        kvstore: { store: "memberlist" },
        ha_tracker_update_timeout: "1s",
        ha_tracker_update_timeout_jitter_max: "0s",
        // That of a workspace is 30 s.
        ha_tracker_failover_timeout: "3s",
      },
    },
    ingester: {
      lifecycler: {
        address: "127.0.0.1",
        ring: { kvstore: { store: "inmemory" }, replication_factor: 1 },
        min_ready_duration: "0s",
        join_after: "0s",
        final_sleep: "0s",
        num_tokens: 8,
      },
    },
    blocks_storage: {
      ...files("blocks"),
      tsdb: { dir: at("tsdb") },
      bucket_store: { sync_dir: at("sync") },
    },
    store_gateway: { sharding_ring: inMemory },
    compactor: { data_dir: at("compactor"), sharding_ring: inMemory },
    ruler: {
      rule_path: at("rules"),
      enable_api: true,
      alertmanager_url: alertmanager,
      poll_interval: `${String(pollSeconds)}s`,
      evaluation_interval: evaluationInterval,
      ring: inMemory,
      // As agents write a moment after they scrape.
      resend_delay: "1s",
    },
    ruler_storage: files("rule-store"),
    alertmanager: {
      data_dir: at("alertmanager"),
      enable_api: true,
      external_url: alertmanager,
      poll_interval: `${String(pollSeconds)}s`,
      cluster: { listen_address: "" },
      sharding_ring: inMemory,
    },
    alertmanager_storage: files("alertmanager-store"),
    limits: {
      accept_ha_samples: true,
      ha_cluster_label: "cluster",
      ha_replica_label: "__replica__",
      out_of_order_time_window: "60s",
      max_label_names_per_series: quotas.labels.value,
    },
  };
}
