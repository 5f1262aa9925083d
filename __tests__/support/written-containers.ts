import { growing, steady, up, written, type Written } from "./written";

const memoryLimit = 400e6;

/**
 * The cAdvisor of a machine with two containers: `limited` uses a share of its memory and of its one CPU, `unlimited`
 * as much of both, without limits.
 * @param ofMemory the share of its memory by the seconds since the first sample. Default: the same share
 */
export function writtenContainers(
  instance: string,
  share: number,
  ofMemory: (seconds: number) => number = steady(share),
): readonly Written[] {
  return [
    up("cadvisor", instance),
    ...["limited", "unlimited"].flatMap((name) => {
      const own = (metric: string, at: Written["at"], labels = {}) =>
        written("cadvisor", metric, at, { instance, name, id: `/docker/${name}`, ...labels });
      const hasLimits = name === "limited";
      return [
        own("container_start_time_seconds", steady(1_700_000_000)),
        own("container_health_state", steady(1)),
        own("container_oom_events_total", steady(0)),
        own("container_memory_working_set_bytes", (seconds) => memoryLimit * ofMemory(seconds)),
        own("container_spec_memory_limit_bytes", steady(hasLimits ? memoryLimit : 0)),
        own("container_cpu_usage_seconds_total", growing(3600 * share), { cpu: "total" }),
        own("container_cpu_cfs_periods_total", growing(36_000)),
        own("container_cpu_cfs_throttled_periods_total", growing(36_000 * 0.4 * share)),
        ...(hasLimits
          ? [
              own("container_spec_cpu_quota", steady(100_000)),
              own("container_spec_cpu_period", steady(100_000)),
            ]
          : []),
        ...["receive_bytes", "transmit_bytes", "receive_packets_dropped", "transmit_packets_dropped"].map(
          (what) => own(`container_network_${what}_total`, growing(4_000 * share), { interface: "eth0" }),
        ),
      ];
    }),
  ];
}
