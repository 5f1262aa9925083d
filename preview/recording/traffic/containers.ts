import type { KnownTraffic } from "../../../dashboards/known-traffic/known-traffic";
import { counter, gauge, type KnownSeries, type Labels } from "../../../dashboards/known-traffic/series";
import { busy, incidentShare, jitter, shown } from "../../../dashboards/known-traffic/timeline";
import type { Environment } from "../../../environments";

const mib = 2 ** 20;

interface Container {
  readonly name: string;
  readonly memoryLimit: number;
  /** CPU cores. */
  readonly cpuLimit: number;
  /** Share of its memory and of its cores that it uses when the system is full. */
  readonly memory: number;
  readonly cpu: number;
}

const programs: readonly Container[] = [
  { name: "prometheus", memoryLimit: 1024 * mib, cpuLimit: 1, memory: 0.63, cpu: 0.24 },
  { name: "grafana", memoryLimit: 512 * mib, cpuLimit: 0.5, memory: 0.41, cpu: 0.12 },
  { name: "alertmanager", memoryLimit: 128 * mib, cpuLimit: 0.25, memory: 0.24, cpu: 0.03 },
  { name: "jaeger", memoryLimit: 512 * mib, cpuLimit: 0.5, memory: 0.48, cpu: 0.16 },
];

/** What runs on each further machine. */
const elsewhere: readonly Container[] = [
  { name: "node-exporter", memoryLimit: 64 * mib, cpuLimit: 0.25, memory: 0.31, cpu: 0.04 },
  { name: "cadvisor", memoryLimit: 256 * mib, cpuLimit: 0.5, memory: 0.38, cpu: 0.09 },
];

function containersOf({ services }: Environment): Container[] {
  return services.map(({ name, limits }, index) => ({
    name,
    memoryLimit: limits.memoryMb * mib,
    cpuLimit: limits.cpus,
    memory: 0.56 - 0.05 * index,
    cpu: 0.62 - 0.11 * index,
  }));
}

/**
 * What each cAdvisor tells of the containers of its machine.
 * @param targets the cAdvisors, that of the services' machine first
 * @param retriesOf by how much more the incident lets a service work
 */
export function containerSeries(
  environment: Environment,
  targets: readonly Labels[],
  retriesOf: KnownTraffic["retries"],
): KnownSeries[] {
  return targets.flatMap((target, machine) => {
    const containers = machine === 0 ? [...containersOf(environment), ...programs] : elsewhere;
    return seriesOn(target, containers, retriesOf);
  });
}

function seriesOn(
  target: Labels,
  containers: readonly Container[],
  retriesOf: KnownTraffic["retries"],
): KnownSeries[] {
  return containers.flatMap(({ name, memoryLimit, cpuLimit, memory, cpu }, index) => {
    const labels = {
      ...target,
      id: `/docker/${name}`,
      image: `example.com/${name}`,
      name,
    };
    const network = { ...labels, interface: "eth0" };
    const load = (time: number) => busy(time) * (1 + 0.1 * jitter(300 + index, time));
    const retries = (time: number) => 1 + (retriesOf[name] ?? 0) * incidentShare(time);
    const cores = (time: number) => cpuLimit * (0.03 + cpu * load(time)) * retries(time);
    const throttled = (time: number) => Math.max(0, cores(time) / cpuLimit - 0.55) * 0.2;
    return [
      counter("container_cpu_usage_seconds_total", { ...labels, cpu: "total" }, cores),
      counter("container_cpu_cfs_periods_total", labels, () => 10),
      counter("container_cpu_cfs_throttled_periods_total", labels, (time) => 10 * throttled(time)),
      gauge("container_spec_cpu_quota", labels, () => cpuLimit * 100_000),
      gauge("container_spec_cpu_period", labels, () => 100_000),
      gauge("container_spec_memory_limit_bytes", labels, () => memoryLimit),
      gauge("container_memory_working_set_bytes", labels, (time) =>
        Math.round(memoryLimit * memory * (0.72 + 0.28 * load(time))),
      ),
      gauge("container_start_time_seconds", labels, () => shown.from - (2 + index) * 86_400),
      gauge("container_health_state", labels, () => 1),
      counter("container_oom_events_total", labels, () => 0),
      counter(
        "container_network_receive_bytes_total",
        network,
        (time) => (8e3 + 90e3 * load(time) * cpu) * retries(time),
      ),
      counter(
        "container_network_transmit_bytes_total",
        network,
        (time) => (6e3 + 140e3 * load(time) * cpu) * retries(time),
      ),
      counter("container_network_receive_packets_dropped_total", network, () => 0),
      counter("container_network_transmit_packets_dropped_total", network, () => 0),
    ];
  });
}
