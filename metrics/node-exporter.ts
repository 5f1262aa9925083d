import { nodeExporterDisksAndNetwork } from "./node-exporter-io";
import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";

const seconds = { unit: "seconds" } as const;
const bytes = { unit: "bytes" } as const;
/** Kernel counters that node_exporter announces as untyped. */
const vmstat = { announcedAs: "untyped" } as const;

const cpuAndMemory = owned(
  { owner: "node-exporter", title: "Hosts (node_exporter)", exportedBy: ["node-exporter"] },
  [
    foreign("counter", "node_cpu_seconds_total", {
      ...seconds,
      help: "Time that each CPU spent in each mode.",
      labels: {
        cpu: open(),
        mode: oneOf("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"),
      },
    }),
    foreign("gauge", "node_load1", { unit: "processes", help: "Load average over one minute." }),
    foreign("gauge", "node_load5", { unit: "processes", help: "Load average over five minutes." }),
    foreign("gauge", "node_load15", { unit: "processes", help: "Load average over fifteen minutes." }),
    foreign("gauge", "node_procs_running", { unit: "processes", help: "Processes that run or could run." }),
    foreign("gauge", "node_procs_blocked", { unit: "processes", help: "Processes that wait for I/O." }),
    foreign("counter", "node_context_switches_total", { unit: "switches", help: "Context switches." }),
    foreign("counter", "node_pressure_cpu_waiting_seconds_total", {
      ...seconds,
      help: "Time in which some process waited for a CPU.",
      absentWhen: "the kernel has no pressure stall information",
    }),
    foreign("counter", "node_pressure_memory_waiting_seconds_total", {
      ...seconds,
      help: "Time in which some process waited for memory.",
      absentWhen: "the kernel has no pressure stall information",
    }),
    foreign("counter", "node_pressure_io_waiting_seconds_total", {
      ...seconds,
      help: "Time in which some process waited for I/O.",
      absentWhen: "the kernel has no pressure stall information",
    }),
    foreign("gauge", "node_memory_MemTotal_bytes", { ...bytes, help: "Memory of the host." }),
    foreign("gauge", "node_memory_MemAvailable_bytes", {
      ...bytes,
      help: "Memory that a new process can have without swapping.",
    }),
    foreign("gauge", "node_memory_MemFree_bytes", { ...bytes, help: "Memory that nothing uses." }),
    foreign("gauge", "node_memory_Buffers_bytes", { ...bytes, help: "Memory used for raw block devices." }),
    foreign("gauge", "node_memory_Cached_bytes", { ...bytes, help: "Memory used for the page cache." }),
    foreign("gauge", "node_memory_SwapTotal_bytes", { ...bytes, help: "Swap space of the host." }),
    foreign("gauge", "node_memory_SwapFree_bytes", { ...bytes, help: "Swap space that is free." }),
    foreign("counter", "node_vmstat_pgmajfault", { ...vmstat, unit: "faults", help: "Major page faults." }),
    foreign("counter", "node_vmstat_pswpin", { ...vmstat, unit: "pages", help: "Pages swapped in." }),
    foreign("counter", "node_vmstat_pswpout", { ...vmstat, unit: "pages", help: "Pages swapped out." }),
    foreign("counter", "node_vmstat_oom_kill", {
      ...vmstat,
      unit: "kills",
      help: "Processes that the kernel killed for want of memory.",
    }),
  ],
);

const system = owned({ owner: "node-exporter", exportedBy: ["node-exporter"] }, [
  foreign("gauge", "node_boot_time_seconds", { ...seconds, help: "When the host started, in Unix time." }),
  foreign("gauge", "node_time_seconds", { ...seconds, help: "The host's clock, in Unix time." }),
  foreign("gauge", "node_timex_offset_seconds", {
    ...seconds,
    help: "Offset of the clock from its reference.",
  }),
  foreign("gauge", "node_timex_maxerror_seconds", { ...seconds, help: "Greatest error of the clock." }),
  foreign("gauge", "node_timex_sync_status", {
    unit: "boolean",
    help: "Whether the clock follows a reference (1) or not (0).",
  }),
  foreign("gauge", "node_filefd_allocated", { unit: "file descriptors", help: "File descriptors in use." }),
  foreign("gauge", "node_filefd_maximum", {
    unit: "file descriptors",
    help: "File descriptors that can be used.",
  }),
  foreign("gauge", "node_nf_conntrack_entries", {
    unit: "connections",
    help: "Connections that the firewall tracks.",
    absentWhen: "connection tracking is not loaded",
  }),
  foreign("gauge", "node_nf_conntrack_entries_limit", {
    unit: "connections",
    help: "Connections that the firewall can track.",
    absentWhen: "connection tracking is not loaded",
  }),
  foreign("gauge", "node_uname_info", {
    unit: "constant 1",
    help: "Kernel and name of the host, in the labels.",
    labels: {
      domainname: open(),
      machine: open(),
      nodename: open(),
      release: open(),
      sysname: open(),
      version: open(),
    },
  }),
  foreign("gauge", "node_scrape_collector_success", {
    unit: "boolean",
    help: "Whether a collector gave its metrics (1) or not (0).",
    labels: { collector: open() },
  }),
  foreign("gauge", "node_scrape_collector_duration_seconds", {
    ...seconds,
    help: "Time that a collector took.",
    labels: { collector: open() },
  }),
  foreign("gauge", "node_textfile_scrape_error", {
    unit: "boolean",
    help: "Whether a metrics file could not be read (1).",
  }),
]);

/** What dashboards and rules read of node_exporter, as 1.12 exports it. */
export const nodeExporter = { ...cpuAndMemory, ...system, ...nodeExporterDisksAndNetwork };
