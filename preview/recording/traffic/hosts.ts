import { counter, gauge, type KnownSeries, type Labels } from "../../../dashboards/known-traffic/series";
import { busy, incidentShare, jitter, now } from "../../../dashboards/known-traffic/timeline";

const gib = 2 ** 30;
const cores = 4;

const fileSystems = [
  { mountpoint: "/", device: "/dev/sda1", size: 80 * gib, used: 0.47, growsBy: 0.02 },
  { mountpoint: "/var/lib/docker", device: "/dev/sdb1", size: 200 * gib, used: 0.61, growsBy: 0.06 },
];

/** What node-exporter tells of each host; each is a bit less busy than the one before. */
export function hostSeries(hosts: readonly Labels[]): KnownSeries[] {
  return hosts.flatMap((host, index) => {
    const load = (time: number) => (1 - 0.3 * index) * busy(time) * (1 + 0.12 * jitter(200 + index, time));
    return [...cpu(host, load), ...memory(host, load), ...storage(host, load, index), ...network(host, load)];
  });
}

type Load = (time: number) => number;

function cpu(host: Labels, load: Load): KnownSeries[] {
  const used: Readonly<Record<string, Load>> = {
    user: (time) => 0.04 + 0.38 * load(time),
    system: (time) => 0.015 + 0.1 * load(time),
    iowait: (time) => 0.004 + 0.012 * load(time),
    steal: () => 0.001,
    softirq: (time) => 0.008 * load(time),
  };
  const idle = (time: number) => 1 - Object.values(used).reduce((sum, at) => sum + at(time), 0);
  const perCpu = Array.from({ length: cores }, (_, index) => String(index)).flatMap((number) =>
    Object.entries({ ...used, idle }).map(([mode, at]) =>
      counter("node_cpu_seconds_total", { ...host, cpu: number, mode }, at),
    ),
  );
  return [...perCpu, gauge("node_load5", host, (time) => 0.2 + cores * 0.55 * load(time))];
}

function memory(host: Labels, load: Load): KnownSeries[] {
  return [
    gauge("node_memory_MemTotal_bytes", host, () => 16 * gib),
    gauge("node_memory_MemAvailable_bytes", host, (time) => (9.6 - 2.6 * load(time)) * gib),
    gauge("node_memory_SwapTotal_bytes", host, () => 2 * gib),
    gauge("node_memory_SwapFree_bytes", host, (time) => (1.93 - 0.03 * load(time)) * gib),
    counter("node_vmstat_pgmajfault", host, (time) => 0.4 + 1.8 * load(time)),
    counter("node_vmstat_oom_kill", host, () => 0),
    gauge("node_filefd_allocated", host, (time) => Math.round(3_100 + 2_400 * load(time))),
    gauge("node_filefd_maximum", host, () => 524_288),
    gauge("node_timex_offset_seconds", host, (time) => 0.00035 * jitter(231, time)),
    gauge("node_timex_sync_status", host, () => 1),
    gauge("node_nf_conntrack_entries", host, (time) => Math.round(900 + 2_600 * load(time))),
    gauge("node_nf_conntrack_entries_limit", host, () => 262_144),
    ...Object.entries({ cpu: 0.035, memory: 0.002, io: 0.018 }).map(([what, most]) =>
      counter(`node_pressure_${what}_waiting_seconds_total`, host, (time) => 0.001 + most * load(time)),
    ),
  ];
}

function storage(host: Labels, load: Load, index: number): KnownSeries[] {
  return [
    ...fileSystems.flatMap(({ mountpoint, device, size, used, growsBy }) => {
      const labels = { ...host, mountpoint, device, fstype: "ext4" };
      const share = (time: number) => used - 0.12 * index + growsBy * ((time - now) / 86_400);
      return [
        gauge("node_filesystem_size_bytes", labels, () => size),
        gauge("node_filesystem_avail_bytes", labels, (time) => Math.round(size * (1 - share(time)))),
        gauge("node_filesystem_files", labels, () => size / 16_384),
        gauge("node_filesystem_files_free", labels, (time) =>
          Math.round((size / 16_384) * (1 - 0.4 * share(time))),
        ),
        gauge("node_filesystem_readonly", labels, () => 0),
      ];
    }),
    ...["sda", "sdb"].flatMap((device, disk) => {
      const labels = { ...host, device };
      return [
        counter("node_disk_read_bytes_total", labels, (time) => (0.3 + 1.1 * load(time)) * (1 + disk) * 1e6),
        counter(
          "node_disk_written_bytes_total",
          labels,
          (time) => (0.9 + 3.2 * load(time)) * (1 + disk) * 1e6,
        ),
        counter("node_disk_io_time_seconds_total", labels, (time) => 0.02 + 0.11 * load(time) * (1 + disk)),
        counter(
          "node_disk_io_time_weighted_seconds_total",
          labels,
          (time) => 0.03 + 0.24 * load(time) * (1 + disk),
        ),
        ...Object.entries({ read: [8, 0.0011], write: [26, 0.0024] } as const).flatMap(
          ([way, [each, takes]]) => [
            counter(`node_disk_${way}s_completed_total`, labels, (time) => each * (0.3 + load(time))),
            counter(
              `node_disk_${way}_time_seconds_total`,
              labels,
              (time) => each * (0.3 + load(time)) * takes * (1 + disk + 0.4 * load(time)),
            ),
          ],
        ),
      ];
    }),
  ];
}

function network(host: Labels, load: Load): KnownSeries[] {
  const labels = { ...host, device: "eth0" };
  // What fails is tried again.
  const traffic = (time: number) => load(time) * (1 + 0.2 * incidentShare(time));
  return [
    counter("node_network_receive_bytes_total", labels, (time) => 1.4e6 * traffic(time)),
    counter("node_network_transmit_bytes_total", labels, (time) => 3.9e6 * traffic(time)),
    counter("node_network_receive_packets_total", labels, (time) => 2_100 * traffic(time)),
    counter("node_network_transmit_packets_total", labels, (time) => 3_400 * traffic(time)),
    counter("node_network_receive_errs_total", labels, () => 0),
    counter("node_network_transmit_errs_total", labels, () => 0),
    counter("node_network_receive_drop_total", labels, () => 0),
    counter("node_network_transmit_drop_total", labels, () => 0),
  ];
}
