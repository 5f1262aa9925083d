import {
  anyOf,
  avg,
  div,
  gt,
  matches,
  max,
  mul,
  not,
  notMatches,
  or,
  quantile,
  rate,
  ratio,
  recorded,
  select,
  sub,
  sum,
  unless,
  eq,
} from "./promql";

// What dashboards and alerts read often, computed once. Names are `level:metric:operation`: the labels that are left,
// what is measured, how. Read one by `select(records.<name>, { ... })`.

const perService = { by: ["service"] } as const;

const requests = sum(rate(select("http_requests_total"), "5m"), perService);
const serverErrors = sum(
  rate(select("http_requests_total", { status_code: matches("5..") }), "5m"),
  perService,
);

/** File systems that hold data and can be written: none of the kernel's, of containers or of images. */
export const realFilesystem = {
  fstype: notMatches("tmpfs|ramfs|devtmpfs|overlay|squashfs|iso9660|erofs|nsfs|autofs|fuse\\..*"),
  mountpoint: not(""),
} as const;

/** Network interfaces of the host itself: neither the loopback nor those that Docker makes. */
export const realInterface = { device: notMatches("lo|veth.*|br-.*|docker.*") } as const;

/** Containers: cAdvisor tells of the machine's own control groups, too, and these have no name. */
export const realContainer = { name: not("") } as const;

/** A container is known by its machine and its name: two machines may each have one of the same name. */
export const perContainer = { by: ["instance", "name"] } as const;

/** HTTP requests per second of each service. */
export const requestRate = recorded("service:http_requests:rate5m", requests);

/** Share of each service's requests that it answered with 500 or above; 0 before the first one. Silent without traffic. */
export const errorRatio = recorded(
  "service:http_requests_errors:ratio_rate5m",
  ratio(or(serverErrors, mul(requests, 0)), requests),
);

/** Seconds in which 95 % of each service's requests were answered. */
export const latencyP95 = recorded(
  "service:http_request_duration_seconds:p95_5m",
  quantile(0.95, rate(select("http_request_duration_seconds_bucket"), "5m"), perService),
);

/** Share of the time in which a host's CPUs were busy. Steal is counted as idle: the host cannot help it. */
export const hostCpu = recorded(
  "instance:node_cpu_utilisation:ratio_rate5m",
  sub(
    1,
    avg(
      sum(rate(select("node_cpu_seconds_total", { mode: anyOf("idle", "iowait", "steal") }), "5m"), {
        without: ["mode"],
      }),
      { without: ["cpu"] },
    ),
  ),
);

/** Share of a host's memory that a new process could not have. */
export const hostMemory = recorded(
  "instance:node_memory_utilisation:ratio",
  sub(1, div(select("node_memory_MemAvailable_bytes"), select("node_memory_MemTotal_bytes"))),
);

/** Share of a file system's space that is used, of those that hold data and can be written. */
export const filesystemUsed = recorded(
  "instance:node_filesystem_usage:ratio",
  unless(
    sub(
      1,
      ratio(
        select("node_filesystem_avail_bytes", realFilesystem),
        select("node_filesystem_size_bytes", realFilesystem),
      ),
    ),
    eq(select("node_filesystem_readonly", realFilesystem), 1),
  ),
);

/** Memory that a container cannot give back, as a share of its limit. Silent where there is no limit. */
export const containerMemory = recorded(
  "instance_name:container_memory_working_set:ratio_limit",
  ratio(
    max(select("container_memory_working_set_bytes", realContainer), perContainer),
    max(select("container_spec_memory_limit_bytes", realContainer), perContainer),
  ),
);

/** CPU time that a container used, as a share of its limit. Silent where there is no limit. */
export const containerCpu = recorded(
  "instance_name:container_cpu_usage:ratio_limit_rate5m",
  ratio(
    sum(rate(select("container_cpu_usage_seconds_total", realContainer), "5m"), perContainer),
    div(
      max(select("container_spec_cpu_quota", realContainer), perContainer),
      gt(max(select("container_spec_cpu_period", realContainer), perContainer), 0),
    ),
  ),
);

/** What every system records but for objectives, which are in `objectives.ts`. */
export const records = {
  requestRate,
  errorRatio,
  latencyP95,
  hostCpu,
  hostMemory,
  filesystemUsed,
  containerMemory,
  containerCpu,
} as const;
