import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { quotas } from "../../alerts/managed/quotas";
import { ManagedProcess } from "../../demo/processes";
import { requestJson } from "../../operations/clients/json-client";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { freePorts } from "../../operations/loopback-port";

/**
 * How long a replica must be silent until the samples of another are taken. A workspace waits for 30 s, which
 * `MANAGED_FAILOVER_SECONDS=30` has Cortex do, too.
 */
export const failoverSeconds = Number(process.env.MANAGED_FAILOVER_SECONDS ?? "5");

/** What is told to a Cortex besides. */
export interface CortexOptions {
  /** Seconds between two evaluations of a group that says none, in a duration such as `2s`. Default: Cortex's own. */
  readonly evaluationInterval?: string;
  /** How long an alert that fires is not sent again, in a duration such as `5s`. Default: Cortex's own. */
  readonly resendDelay?: string;
  /** Limits by Cortex's names, in place of the quotas of a workspace or besides. Default: none. */
  readonly limits?: Readonly<Record<string, unknown>>;
  /** Variables of its process besides those of this one. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
}

/** An alert of its Alertmanager. */
export interface CortexAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: string; readonly inhibitedBy: readonly string[] };
}

/** A real Cortex as one process: what a workspace of Amazon Managed Service for Prometheus is behind its API. */
export class TestCortex {
  private program: ManagedProcess | undefined;

  private constructor(
    private readonly file: string,
    /** Its address, without a slash at its end. */
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** @param folder in which its data are put: a restart finds them there */
  static async start(folder: string, options: CortexOptions = {}): Promise<TestCortex> {
    const ports = await freePorts(3);
    const file = join(folder, "cortex.yaml");
    writeFileSync(file, JSON.stringify(configurationOf(folder, ports, options))); // JSON is YAML
    const cortex = new TestCortex(file, `http://127.0.0.1:${String(ports[0])}`, options.env ?? {});
    await cortex.begin();
    return cortex;
  }

  /** Where agents write. */
  get writeUrl(): string {
    return `${this.url}/api/v1/push`;
  }

  /** Prometheus's API, without a slash at its end. */
  get queryUrl(): string {
    return `${this.url}/prometheus`;
  }

  /** Asks for samples, rules and alerts. */
  get client(): PrometheusClient {
    return new PrometheusClient(this.queryUrl);
  }

  /**
   * Takes the rule groups of a namespace, as the file of a workspace's namespace has them.
   * @param groups each as YAML or JSON: Cortex takes one at a time, where AWS takes the file and does so itself
   * @throws Error with what Cortex says, where it refuses
   */
  async putRules(namespace: string, groups: readonly string[]): Promise<void> {
    for (const group of groups) await this.post(`/api/v1/rules/${encodeURIComponent(namespace)}`, group);
  }

  /** Takes a group of rules away. */
  async removeGroup(namespace: string, group: string): Promise<void> {
    const path = `/api/v1/rules/${encodeURIComponent(namespace)}/${encodeURIComponent(group)}`;
    await fetch(`${this.url}${path}`, { method: "DELETE" });
  }

  /**
   * Takes the definition of its Alertmanager, in the form that a workspace takes.
   * @throws Error with what Cortex says, where it refuses
   */
  async putDefinition(definition: string): Promise<void> {
    await this.post("/api/v1/alerts", definition);
  }

  /** The alerts that its Alertmanager has. */
  alerts(): Promise<readonly CortexAlert[]> {
    return requestJson(`${this.url}/alertmanager/api/v2/alerts`);
  }

  /** Ends it. Its data stay. */
  async stop(signal?: NodeJS.Signals): Promise<void> {
    if (signal) {
      this.program?.kill(signal);
      await this.program?.exited;
    } else {
      await this.program?.stop();
    }
    this.program = undefined;
  }

  /** Starts it again with its data, at the same address. */
  async restart(): Promise<void> {
    await this.stop();
    await this.begin();
  }

  private async begin(): Promise<void> {
    const program = new ManagedProcess({
      name: "cortex",
      command: "cortex",
      args: ["-target=all,alertmanager", `-config.file=${this.file}`],
      // AWS's SDK in it cannot have both this file and a client of its own.
      env: {
        ...process.env,
        AWS_CA_BUNDLE: undefined,
        AWS_ACCESS_KEY_ID: "moto",
        AWS_SECRET_ACCESS_KEY: "moto",
        ...this.env,
      },
    });
    this.program = program;
    await program.healthy(`${this.url}/ready`, 60_000);
  }

  private async post(path: string, body: string): Promise<void> {
    const headers = { "content-type": "application/yaml" };
    const response = await fetch(`${this.url}${path}`, { method: "POST", headers, body });
    if (!response.ok) {
      throw new Error(`Cortex refuses ${path}: ${String(response.status)} ${await response.text()}`);
    }
  }
}

/** Its whole state is in the folder; its rings are in the process, as it is alone in them. */
function configurationOf(
  folder: string,
  [http = 0, grpc = 0, gossip = 0]: readonly number[],
  { evaluationInterval, resendDelay, limits }: CortexOptions,
) {
  const at = (name: string) => {
    const path = join(folder, name);
    if (!existsSync(path)) mkdirSync(path);
    return path;
  };
  const inMemory = { store: "inmemory" };
  const files = (name: string) => ({ backend: "filesystem", filesystem: { dir: at(name) } });
  const alertmanager = `http://127.0.0.1:${String(http)}/alertmanager`;
  return {
    auth_enabled: false,
    server: {
      http_listen_address: "127.0.0.1",
      http_listen_port: http,
      grpc_listen_address: "127.0.0.1",
      grpc_listen_port: grpc,
      log_level: "warn",
    },
    distributor: {
      ring: { kvstore: inMemory, instance_addr: "127.0.0.1" },
      ha_tracker: {
        enable_ha_tracker: true,
        ha_tracker_update_timeout: "1s",
        ha_tracker_update_timeout_jitter_max: "0s",
        ha_tracker_failover_timeout: `${String(failoverSeconds)}s`,
        // It takes no store in memory.
        kvstore: { store: "memberlist" },
      },
    },
    memberlist: { bind_addr: ["127.0.0.1"], bind_port: gossip },
    limits: {
      accept_ha_samples: true,
      ha_cluster_label: "cluster",
      ha_replica_label: "__replica__",
      out_of_order_time_window: "1h",
      max_exemplars: 10_000,
      max_label_names_per_series: quotas.labels.value,
      max_labels_size_bytes: quotas.labelSize.value,
      ingestion_rate: quotas.ingestionRate.value,
      alertmanager_max_config_size_bytes: quotas.definitionSize.value,
      alertmanager_max_templates_count: quotas.templates.value,
      alertmanager_max_alerts_count: quotas.alerts.value,
      alertmanager_max_alerts_size_bytes: quotas.alertsSize.value,
      ...limits,
    },
    ingester: {
      lifecycler: {
        address: "127.0.0.1",
        ring: { replication_factor: 1, kvstore: inMemory },
        min_ready_duration: "0s",
        final_sleep: "0s",
      },
    },
    blocks_storage: {
      ...files("blocks"),
      tsdb: { dir: at("tsdb") },
      bucket_store: { sync_dir: at("sync") },
    },
    compactor: { data_dir: at("compactor") },
    // Otherwise it writes where it was started.
    querier: { active_query_tracker_dir: at("queries") },
    ruler_storage: files("rules"),
    ruler: {
      enable_api: true,
      rule_path: at("rule-files"),
      poll_interval: "1s",
      ...(evaluationInterval !== undefined && { evaluation_interval: evaluationInterval }),
      ...(resendDelay !== undefined && { resend_delay: resendDelay }),
      alertmanager_url: alertmanager,
    },
    alertmanager: {
      enable_api: true,
      data_dir: at("alertmanager"),
      external_url: alertmanager,
      poll_interval: "1s",
      cluster: { listen_address: "" },
    },
    alertmanager_storage: files("definitions"),
  };
}

/** The groups of a file of rules, a text each, as `putRules` takes them. */
export function groupsIn(yaml: string): string[] {
  const { groups } = parse(yaml) as { readonly groups: readonly object[] };
  return groups.map((group) => stringify(group, { lineWidth: 0 }));
}
