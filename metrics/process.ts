import { foreign, owned } from "./define";
import { exportersWithClient } from "./exporters";
import { everyService } from "./targets";

const linuxOnly = "the system is not Linux";
const seconds = { unit: "seconds" } as const;
const bytes = { unit: "bytes" } as const;

/** What the Prometheus clients of all languages say of their process. */
export const processMetrics = owned(
  { owner: "process", title: "Every process", exportedBy: [everyService, ...exportersWithClient] },
  [
    foreign("counter", "process_cpu_seconds_total", {
      ...seconds,
      help: "CPU time spent in user mode and the kernel.",
    }),
    foreign("gauge", "process_start_time_seconds", {
      ...seconds,
      help: "When the process started, in Unix time.",
    }),
    foreign("gauge", "process_resident_memory_bytes", {
      ...bytes,
      help: "Memory of the process held in RAM.",
    }),
    foreign("gauge", "process_virtual_memory_bytes", {
      ...bytes,
      help: "Address space of the process.",
      absentWhen: linuxOnly,
    }),
    foreign("gauge", "process_open_fds", {
      unit: "file descriptors",
      help: "File descriptors in use.",
      absentWhen: linuxOnly,
    }),
    foreign("gauge", "process_max_fds", {
      unit: "file descriptors",
      help: "File descriptors that the process may use.",
      absentWhen: linuxOnly,
    }),
  ],
);
