import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";
import { everyService } from "./targets";

const linuxOnly = "the system is not Linux";
const seconds = { unit: "seconds" } as const;
const bytes = { unit: "bytes" } as const;
const resource = { type: open(20) };
const space = { space: open(16) };

/**
 * The default metrics of prom-client 15.1, whose names and types are its own; see also `process.ts`. The event loop's lag
 * has its names, and is measured by the instrumentation.
 */
export const nodejs = owned(
  { owner: "nodejs", title: "Every service: Node.js", exportedBy: [everyService] },
  [
    foreign("counter", "process_cpu_user_seconds_total", {
      ...seconds,
      help: "CPU time spent in user mode.",
    }),
    foreign("counter", "process_cpu_system_seconds_total", {
      ...seconds,
      help: "CPU time spent in the kernel.",
    }),
    foreign("gauge", "process_heap_bytes", {
      ...bytes,
      help: "Data segment of the process.",
      absentWhen: linuxOnly,
    }),
    foreign("gauge", "nodejs_eventloop_lag_seconds", {
      ...seconds,
      help: "Delay of a callback that was due at the moment of the scrape.",
    }),
    foreign("gauge", "nodejs_eventloop_lag_min_seconds", {
      ...seconds,
      help: "Least delay since the last scrape.",
    }),
    foreign("gauge", "nodejs_eventloop_lag_max_seconds", {
      ...seconds,
      help: "Greatest delay since the last scrape.",
    }),
    foreign("gauge", "nodejs_eventloop_lag_mean_seconds", {
      ...seconds,
      help: "Mean delay since the last scrape.",
    }),
    foreign("gauge", "nodejs_eventloop_lag_stddev_seconds", {
      ...seconds,
      help: "Standard deviation of the delays since the last scrape.",
    }),
    foreign("gauge", "nodejs_eventloop_lag_p50_seconds", {
      ...seconds,
      help: "Median delay since the last scrape.",
    }),
    foreign("gauge", "nodejs_eventloop_lag_p90_seconds", {
      ...seconds,
      help: "The 90th percentile of the delays since the last scrape.",
    }),
    foreign("gauge", "nodejs_eventloop_lag_p99_seconds", {
      ...seconds,
      help: "The 99th percentile of the delays since the last scrape.",
    }),
    foreign("gauge", "nodejs_active_resources", {
      unit: "resources",
      help: "Resources that keep the event loop alive, by type.",
      labels: resource,
    }),
    foreign("gauge", "nodejs_active_resources_total", {
      unit: "resources",
      help: "Resources that keep the event loop alive; a gauge in spite of its name.",
    }),
    foreign("gauge", "nodejs_active_handles", {
      unit: "handles",
      help: "Open libuv handles, by type.",
      labels: resource,
    }),
    foreign("gauge", "nodejs_active_handles_total", {
      unit: "handles",
      help: "Open libuv handles; a gauge in spite of its name.",
    }),
    foreign("gauge", "nodejs_active_requests", {
      unit: "requests",
      help: "Running libuv requests, by type.",
      labels: resource,
      absentWhen: "no libuv request is running at the moment of the scrape",
    }),
    foreign("gauge", "nodejs_active_requests_total", {
      unit: "requests",
      help: "Running libuv requests; a gauge in spite of its name.",
    }),
    foreign("gauge", "nodejs_heap_size_total_bytes", { ...bytes, help: "Size of the JavaScript heap." }),
    foreign("gauge", "nodejs_heap_size_used_bytes", { ...bytes, help: "Used part of the JavaScript heap." }),
    foreign("gauge", "nodejs_external_memory_bytes", {
      ...bytes,
      help: "Memory of objects bound to JavaScript ones.",
    }),
    foreign("gauge", "nodejs_heap_space_size_total_bytes", {
      ...bytes,
      help: "Size of a heap space.",
      labels: space,
    }),
    foreign("gauge", "nodejs_heap_space_size_used_bytes", {
      ...bytes,
      help: "Used part of a heap space.",
      labels: space,
    }),
    foreign("gauge", "nodejs_heap_space_size_available_bytes", {
      ...bytes,
      help: "Free part of a heap space.",
      labels: space,
    }),
    foreign("gauge", "nodejs_version_info", {
      unit: "constant 1",
      help: "Version of Node.js, in the labels.",
      labels: { version: open(1), major: open(1), minor: open(1), patch: open(1) },
    }),
    foreign("histogram", "nodejs_gc_duration_seconds", {
      ...seconds,
      help: "Duration of garbage collections, by kind.",
      labels: { kind: oneOf("major", "minor", "incremental", "weakcb") },
      buckets: [0.001, 0.01, 0.1, 1, 2, 5],
    }),
  ],
);
