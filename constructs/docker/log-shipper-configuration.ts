import { toYaml } from "../../schema/yaml";
import { engineParser, joinLongLines, stackParser } from "./log-shipper-lines";

/** A log group of CloudWatch that takes the lines. */
export interface CloudWatchDestination {
  /** Region of the group, such as `eu-central-1`. */
  readonly region: string;
  /** Name of the group. It must be there: the shipper makes streams, and no group. */
  readonly logGroupName: string;
  /**
   * Host and port of an emulator of AWS that takes its place. It must speak TLS, as Fluent Bit does without exception;
   * its certificate is not checked.
   * @default - AWS itself
   */
  readonly emulator?: { readonly host: string; readonly port: number };
  /**
   * ARN of a role that it takes on.
   * @default - none
   */
  readonly roleArn?: string;
}

/** A Loki that takes the lines. */
export interface LokiDestination {
  /** Name or address at which it is reached. */
  readonly host: string;
  /** Its port, of plain HTTP. */
  readonly port: number;
  /** Labels of all lines besides `container`. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What a log shipper does. */
export interface LogShipperConfiguration {
  /** Folder of the engine's containers, as the shipper sees it: in it, each has a folder with its `<id>-json.log`. */
  readonly containersFolder: string;
  /** Folder for what waits and for how far each file is read. It must last. */
  readonly stateFolder: string;
  /** What may wait for each destination, in MiB. */
  readonly waitingMb: number;
  /** Address and port at which its metrics are asked. */
  readonly metrics: { readonly address: string; readonly port: number };
  /** Name of its own container, whose lines are left out: a line about lines that cannot be sent would make more of them. */
  readonly ownName: string;
  /**
   * What the streams' names begin with, such as `web-1/` for the machine `web-1`.
   * @default "" - a stream has the container's name
   */
  readonly streamPrefix?: string;
  /**
   * A log group of CloudWatch that takes the lines.
   * @default - none
   */
  readonly cloudWatch?: CloudWatchDestination;
  /**
   * A Loki that takes the lines.
   * @default - none
   */
  readonly loki?: LokiDestination;
}

/** What all lines are called in it. */
const lines = "container.*";

/** Where the engine's `json-file` driver writes the container's name, as `tag: "{{.Name}}"` among its options asks. */
const containerName = "$attrs['tag']";

/** The configuration file of Fluent Bit, in YAML, for 5.1 and newer. */
export function renderLogShipperConfiguration(settings: LogShipperConfiguration): string {
  return toYaml({
    service: service(settings),
    parsers: [engineParser],
    multiline_parsers: [stackParser],
    pipeline: { inputs: [input(settings)], filters: filters(settings), outputs: outputs(settings) },
  });
}

function service({ stateFolder, metrics }: LogShipperConfiguration) {
  return {
    flush: 1,
    grace: 5,
    log_level: "warn",
    http_server: "on",
    http_listen: metrics.address,
    http_port: metrics.port,
    "storage.path": `${stateFolder}/waiting`,
    "storage.sync": "normal",
    // What waits is read back a part at a time: all of it would not fit into memory.
    "storage.max_chunks_up": 32,
    "storage.backlog.mem_limit": "16M",
    "storage.metrics": "on",
    // Of retries, in seconds: what is back again gets its lines in time.
    "scheduler.base": 1,
    "scheduler.cap": 10,
  };
}

function input({ containersFolder, stateFolder }: LogShipperConfiguration) {
  return {
    name: "tail",
    alias: "containers",
    path: `${containersFolder}/*/*-json.log`,
    // The engine's files begin with a container's id; the first twelve digits of it are what `docker ps` shows.
    tag: "container.<id>",
    tag_regex: "/(?<id>[0-9a-f]{12})[0-9a-f]*-json\\.log$",
    // In the input itself: what the filter of the same name still holds when the shipper ends is lost (5.1.1).
    "multiline.parser": stackParser.name,
    db: `${stateFolder}/read.db`,
    "db.locking": true,
    read_from_head: true,
    refresh_interval: 5,
    rotate_wait: 30,
    buffer_max_size: "1M",
    skip_long_lines: true,
    mem_buf_limit: "16M",
    "storage.type": "filesystem",
  };
}

function filters({ ownName }: LogShipperConfiguration) {
  return [
    {
      name: "grep",
      alias: "own-lines",
      match: lines,
      exclude: `${containerName} ^${ownName.replaceAll(".", "\\.")}$`,
    },
    { name: "lua", alias: "long-lines", match: lines, call: "join", code: joinLongLines },
  ];
}

function outputs({ cloudWatch, loki, streamPrefix = "", waitingMb }: LogShipperConfiguration) {
  const waits = {
    match: lines,
    // As long as there is room for what waits.
    retry_limit: "no_limits",
    "storage.total_limit_size": `${String(waitingMb)}M`,
    workers: 1,
  };
  return [
    ...(cloudWatch ? [{ name: "cloudwatch_logs", ...toCloudWatch(cloudWatch, streamPrefix), ...waits }] : []),
    ...(loki ? [{ name: "loki", ...toLoki(loki), ...waits }] : []),
  ];
}

function toCloudWatch(destination: CloudWatchDestination, streamPrefix: string) {
  const { region, logGroupName, emulator, roleArn } = destination;
  return {
    alias: "cloudwatch",
    region,
    log_group_name: logGroupName,
    // Of containers whose lines do not have the name, as somebody else made them: `unnamed-container.<id>`.
    log_stream_prefix: `${streamPrefix}unnamed-`,
    log_stream_template: `${streamPrefix}${containerName}`,
    // The line as it was written, and nothing around it.
    log_key: "log",
    ...(emulator && { endpoint: emulator.host, port: emulator.port, "tls.verify": false }),
    ...(roleArn !== undefined && { role_arn: roleArn }),
  };
}

function toLoki({ host, port, labels }: LokiDestination) {
  const fixed = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return {
    alias: "loki",
    host,
    port,
    labels: [...fixed, `container=${containerName}`].join(", "),
    line_format: "key_value",
    drop_single_key: "raw",
    remove_keys: "attrs, stream",
  };
}
