import {
  add,
  clampMin,
  count,
  deriv,
  div,
  lt,
  mul,
  predictLinear,
  rate,
  ratio,
  select,
  sub,
  sum,
  variable,
  unless,
  eq,
} from "../metrics/promql";
import { filesystemUsed, hostCpu, hostMemory, realFilesystem, realInterface } from "../metrics/recorded";
import { instanceVariable } from "./variables";

/** Selectors of the hosts that the reader chose. */
export const onHost = { job: "node-exporter", instance: variable(instanceVariable) } as const;

const range = "$__rate_interval";
const perHost = { by: ["instance"] } as const;
const perFilesystem = { by: ["instance", "mountpoint"] } as const;
const disks = { ...onHost, ...realFilesystem } as const;
const interfaces = { ...onHost, ...realInterface } as const;
const chosen = { instance: variable(instanceVariable) } as const;

/** Of all of a host's own interfaces together: summed before anything else, so that fewer series are matched. */
const perSecond = (
  name: `node_network_${"receive" | "transmit"}_${"bytes" | "packets" | "errs" | "drop"}_total`,
) => sum(rate(select(name, interfaces), range), perHost);

/** What is asked of hosts, each by `instance`. */
export const hosts = {
  up: select("up", onHost),
  cpu: select(hostCpu, chosen),
  memory: select(hostMemory, chosen),
  loadPerCore: div(
    sum(select("node_load5", onHost), perHost),
    count(select("node_cpu_seconds_total", { ...onHost, mode: "idle" }), perHost),
  ),
  received: perSecond("node_network_receive_bytes_total"),
  sent: perSecond("node_network_transmit_bytes_total"),
  /** Share of packets with errors. */
  networkErrors: ratio(
    add(perSecond("node_network_receive_errs_total"), perSecond("node_network_transmit_errs_total")),
    add(perSecond("node_network_receive_packets_total"), perSecond("node_network_transmit_packets_total")),
  ),
  receivedDrops: perSecond("node_network_receive_drop_total"),
  sentDrops: perSecond("node_network_transmit_drop_total"),
  read: sum(rate(select("node_disk_read_bytes_total", onHost), range), perHost),
  written: sum(rate(select("node_disk_written_bytes_total", onHost), range), perHost),
  /** Share of the time in which a disk was busy. */
  diskBusy: rate(select("node_disk_io_time_seconds_total", onHost), range),
  /** Requests that waited for a disk or were worked on, on average. */
  diskQueue: rate(select("node_disk_io_time_weighted_seconds_total", onHost), range),
  /** Seconds that a read took, and a write; none where there was none. */
  readTime: ratio(
    rate(select("node_disk_read_time_seconds_total", onHost), range),
    rate(select("node_disk_reads_completed_total", onHost), range),
  ),
  writeTime: ratio(
    rate(select("node_disk_write_time_seconds_total", onHost), range),
    rate(select("node_disk_writes_completed_total", onHost), range),
  ),
  /** Share of the time in which some process waited. */
  waiting: {
    cpu: rate(select("node_pressure_cpu_waiting_seconds_total", onHost), range),
    memory: rate(select("node_pressure_memory_waiting_seconds_total", onHost), range),
    disks: rate(select("node_pressure_io_waiting_seconds_total", onHost), range),
  },
  /** Share of the connections that the firewall can track; none where it tracks none. */
  connectionsTracked: ratio(
    select("node_nf_conntrack_entries", onHost),
    select("node_nf_conntrack_entries_limit", onHost),
  ),
  majorFaults: rate(select("node_vmstat_pgmajfault", onHost), range),
  /** Share of the swap space that is used; none where there is no swap space. */
  swap: sub(
    1,
    ratio(select("node_memory_SwapFree_bytes", onHost), select("node_memory_SwapTotal_bytes", onHost)),
  ),
  fileDescriptors: ratio(select("node_filefd_allocated", onHost), select("node_filefd_maximum", onHost)),
  clockOffset: select("node_timex_offset_seconds", onHost),
} as const;

const available = select("node_filesystem_avail_bytes", disks);
/** One series for each file system, though it may be mounted from several devices. */
const writable = unless(available, eq(select("node_filesystem_readonly", disks), 1));

/** What is asked of file systems that hold data and can be written, each by `instance` and `mountpoint`. */
export const filesystems = {
  used: select(filesystemUsed, chosen),
  free: sum(writable, perFilesystem),
  /** Share of the space that will be used in so many hours, at the growth of the last six. */
  usedIn: (hours: number) =>
    clampMin(
      sub(
        1,
        ratio(
          sum(predictLinear(available, "6h", hours * 3600), perFilesystem),
          sum(select("node_filesystem_size_bytes", disks), perFilesystem),
        ),
      ),
      0,
    ),
  /** Seconds until a file system is full, at the growth of the last six hours; none for one that does not grow. */
  fullIn: div(sum(writable, perFilesystem), mul(-1, lt(sum(deriv(available, "6h"), perFilesystem), 0))),
  inodes: sub(
    1,
    ratio(
      sum(select("node_filesystem_files_free", disks), perFilesystem),
      sum(select("node_filesystem_files", disks), perFilesystem),
    ),
  ),
} as const;
