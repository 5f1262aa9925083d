import { toYaml } from "../../schema/yaml";

/** What Loki keeps and takes. */
export interface LokiConfiguration {
  /** How long lines are kept, such as `7d`: a day to ten years. */
  readonly retentionTime: string;
  /** MB of lines that it takes per second, 1 to 1,000; what is beyond is refused, and the sender tries again. */
  readonly ingestionMbPerSecond: number;
}

/** Where it listens and writes. */
export interface LokiPlace {
  /** Port of its API and its metrics. */
  readonly port: number;
  /** The folder of its data. */
  readonly dataPath: string;
}

/** Of its own calls within the process. */
const grpcPort = 9095;
const loopback = "127.0.0.1";

/** A burst is what a sender gives at once that could not send for a while. */
const burstFactor = 4;

/** A line beyond this is cut: a whole stack is far below it. */
const longestLine = "256KB";

/** Any day before the first line will do. */
const firstDay = "2024-01-01";

/** The configuration of Loki 3 as one process that keeps its lines in a folder, in YAML. */
export function renderLokiConfiguration(
  { retentionTime, ingestionMbPerSecond }: LokiConfiguration,
  { port, dataPath }: LokiPlace,
): string {
  const inData = (folder: string) => `${dataPath}/${folder}`;
  return toYaml({
    // Whoever reaches it on its network may write and read. It is published nowhere.
    auth_enabled: false,
    server: {
      http_listen_port: port,
      grpc_listen_address: loopback,
      grpc_listen_port: grpcPort,
      // At `info` it writes a line for each query.
      log_level: "warn",
    },
    common: {
      instance_addr: loopback,
      path_prefix: dataPath,
      replication_factor: 1,
      ring: { kvstore: { store: "inmemory" } },
      storage: {
        filesystem: { chunks_directory: inData("chunks"), rules_directory: inData("rules") },
      },
    },
    schema_config: {
      configs: [
        {
          from: firstDay,
          store: "tsdb",
          object_store: "filesystem",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    compactor: {
      working_directory: inData("compactor"),
      retention_enabled: true,
      delete_request_store: "filesystem",
    },
    limits_config: {
      retention_period: retentionTime,
      ingestion_rate_mb: ingestionMbPerSecond,
      ingestion_burst_size_mb: ingestionMbPerSecond * burstFactor,
      // A container is one stream: it may have all that there is.
      per_stream_rate_limit: `${String(ingestionMbPerSecond)}MB`,
      per_stream_rate_limit_burst: `${String(ingestionMbPerSecond * burstFactor)}MB`,
      max_line_size: longestLine,
      max_line_size_truncate: true,
      // It would add `service_name`, which is the container's name once more.
      discover_service_name: [],
    },
    analytics: { reporting_enabled: false },
  });
}
