import { add, changes, max, rate, ratio, select, sub, sum, time } from "../metrics/promql";
import type { Row } from "./dashboard";
import type { Colors } from "./palette";
import { timeseriesPanel } from "./panels";
import { chosenService } from "./variables";

const range = "$__rate_interval";
const perInstance = { by: ["service", "instance"] } as const;
const legend = "{{service}} {{instance}}";

/** How the services' processes do: since when they run, their event loop, memory and CPU. */
export function processRow(colors: Colors): Row {
  const startTime = select("process_start_time_seconds", chosenService);
  return {
    title: "Processes",
    folded: true,
    panels: [
      timeseriesPanel({
        title: "Process age",
        description: "Time since each process was started.",
        unit: "s",
        span: 8,
        queries: { [legend]: sub(time(), max(startTime, perInstance)) },
        colors,
      }),
      timeseriesPanel({
        title: "Restarts",
        description: "How often each instance's process was started again within the hour before.",
        unit: "none",
        span: 8,
        queries: { [legend]: sum(changes(startTime, "1h"), perInstance) },
        colors,
      }),
      timeseriesPanel({
        title: "Event loop lag",
        description:
          "The 99th percentile of how late callbacks ran. A busy event loop makes every request wait.",
        unit: "s",
        span: 8,
        queries: { [legend]: max(select("nodejs_eventloop_lag_p99_seconds", chosenService), perInstance) },
        colors,
      }),
      timeseriesPanel({
        title: "Memory",
        description: "Memory of each process that is held in RAM.",
        unit: "bytes",
        span: 8,
        queries: { [legend]: max(select("process_resident_memory_bytes", chosenService), perInstance) },
        colors,
      }),
      timeseriesPanel({
        title: "JavaScript heap",
        description: "Used part of each process's heap. What only ever grows is a leak.",
        unit: "bytes",
        span: 8,
        queries: { [legend]: max(select("nodejs_heap_size_used_bytes", chosenService), perInstance) },
        colors,
      }),
      timeseriesPanel({
        title: "Garbage collection",
        description: "Share of the time in which each process collected garbage and did nothing else.",
        unit: "percentunit",
        span: 8,
        queries: {
          [legend]: sum(rate(select("nodejs_gc_duration_seconds_sum", chosenService), range), perInstance),
        },
        colors,
      }),
      timeseriesPanel({
        title: "File descriptors",
        description:
          "Share of its file descriptors that each process uses: files and connections. What only ever grows is a leak.",
        unit: "percentunit",
        span: 8,
        queries: {
          [legend]: ratio(
            max(select("process_open_fds", chosenService), perInstance),
            max(select("process_max_fds", chosenService), perInstance),
          ),
        },
        colors,
      }),
      timeseriesPanel({
        title: "CPU",
        description: "Cores that each process used; its JavaScript can use one.",
        unit: "none",
        span: 8,
        queries: {
          [legend]: sum(
            add(
              rate(select("process_cpu_user_seconds_total", chosenService), range),
              rate(select("process_cpu_system_seconds_total", chosenService), range),
            ),
            perInstance,
          ),
        },
        colors,
      }),
    ],
  };
}
