import { type AlertCase, type Level, type Levels, series } from "../cases";

const host = { job: "node-exporter", instance: "host-1:9100" } as const;
const data = { ...host, device: "/dev/sdb1", fstype: "ext4", mountpoint: "/data" } as const;
const labels = { ...data, service: "node-exporter" } as const;
const image = { ...host, device: "/dev/loop0", fstype: "squashfs", mountpoint: "/snap/core" } as const;
const readOnly = { ...host, device: "/dev/sr0", fstype: "ext4", mountpoint: "/media" } as const;

/** A file system of 100 GB that has this much free, beside two that are full by design. */
function space(...levels: Levels) {
  const full: Levels = [0, 0, 0];
  const size: Levels = [100e9, 100e9, 100e9];
  return [
    series("node_filesystem_avail_bytes", data, levels),
    series("node_filesystem_size_bytes", data, size),
    series("node_filesystem_readonly", data, [0, 0, 0]),
    series("node_filesystem_avail_bytes", image, full),
    series("node_filesystem_size_bytes", image, size),
    series("node_filesystem_avail_bytes", readOnly, full),
    series("node_filesystem_size_bytes", readOnly, size),
    series("node_filesystem_readonly", readOnly, [1, 1, 1]),
  ];
}

/** Free space that shrinks by so many bytes an hour. */
function shrinking(from: number, perHour: number): Level {
  return (seconds) => from - (perHour * seconds) / 3600;
}

/** How the alerts of file systems behave. */
export const filesystemCases: readonly AlertCase[] = [
  {
    alert: "HostFilesystemAlmostFull",
    severity: "warning",
    series: space(50e9, 16e9, 12e9),
    labels,
    summary: "/data of host-1:9100 is almost full",
    description: "88% of the space is used; at most 85% may be.",
  },
  {
    alert: "HostFilesystemAlmostFull",
    severity: "critical",
    series: space(50e9, 6e9, 3e9),
    labels,
    summary: "/data of host-1:9100 is almost full",
    description: "97% of the space is used; at most 95% may be.",
  },
  {
    alert: "HostFilesystemFillingUp",
    severity: "warning",
    // After eight hours 38 GB are left: at 1.5 GB an hour more than a day's, at 1.6 GB less.
    series: space(50e9, shrinking(50e9, 1.5e9), shrinking(50e9, 1.65e9)),
    step: 300,
    minutes: { healthy: 360, faulty: 480, mended: 600 },
    labels,
    summary: "/data of host-1:9100 will be full soon",
    description:
      "63.06% of the space is used, and at the growth of the last 6 hours the rest lasts less than 24 hours.",
  },
  {
    alert: "HostFilesystemFillingUp",
    severity: "warning",
    // At the edge less than half of it is used, however fast it grows.
    series: space(90e9, shrinking(90e9, 4.9e9), shrinking(90e9, 5.9e9)),
    step: 300,
    minutes: { healthy: 360, faulty: 480, mended: 600 },
    labels,
    summary: "/data of host-1:9100 will be full soon",
    description:
      "56.71% of the space is used, and at the growth of the last 6 hours the rest lasts less than 24 hours.",
  },
  {
    alert: "HostFilesystemUnreadable",
    severity: "warning",
    series: [
      series("node_filesystem_device_error", data, [0, 0, 1]),
      // A container's is nothing of the host's.
      series("node_filesystem_device_error", { ...data, mountpoint: "/c", fstype: "overlay" }, [0, 1, 1]),
    ],
    labels,
    summary: "/data of host-1:9100 cannot be read",
    description:
      "node-exporter gets no numbers of the file system on /dev/sdb1: how full it is, is not known.",
  },
  {
    alert: "HostInodesLow",
    severity: "warning",
    series: [
      series("node_filesystem_files_free", data, [500_000, 120_000, 50_000]),
      series("node_filesystem_files", data, [1_000_000, 1_000_000, 1_000_000]),
    ],
    labels,
    summary: "/data of host-1:9100 runs out of inodes",
    description: "95% of the inodes are used; at most 90% may be.",
  },
];
