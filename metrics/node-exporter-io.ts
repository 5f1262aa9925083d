import { foreign, owned } from "./define";
import { open } from "./labels";

const seconds = { unit: "seconds" } as const;
const bytes = { unit: "bytes" } as const;
// `device_error` is empty where the device can be read: Prometheus stores no such label then.
const filesystem = { device: open(), device_error: open(), fstype: open(), mountpoint: open() };
const device = { device: open() };

/** File systems, disks and network interfaces in node_exporter, as 1.12 exports them. */
export const nodeExporterDisksAndNetwork = owned({ owner: "node-exporter", exportedBy: ["node-exporter"] }, [
  foreign("gauge", "node_filesystem_size_bytes", {
    ...bytes,
    help: "Size of a file system.",
    labels: filesystem,
  }),
  foreign("gauge", "node_filesystem_avail_bytes", {
    ...bytes,
    help: "Space of a file system that users can have.",
    labels: filesystem,
  }),
  foreign("gauge", "node_filesystem_files", {
    unit: "inodes",
    help: "Inodes of a file system.",
    labels: filesystem,
  }),
  foreign("gauge", "node_filesystem_files_free", {
    unit: "inodes",
    help: "Free inodes of a file system.",
    labels: filesystem,
  }),
  foreign("gauge", "node_filesystem_readonly", {
    unit: "boolean",
    help: "Whether a file system is mounted read-only (1).",
    labels: filesystem,
  }),
  foreign("gauge", "node_filesystem_device_error", {
    unit: "boolean",
    help: "Whether a file system could not be read (1).",
    labels: filesystem,
  }),
  foreign("counter", "node_disk_read_bytes_total", { ...bytes, help: "Bytes read.", labels: device }),
  foreign("counter", "node_disk_written_bytes_total", { ...bytes, help: "Bytes written.", labels: device }),
  foreign("counter", "node_disk_reads_completed_total", {
    unit: "reads",
    help: "Reads done.",
    labels: device,
  }),
  foreign("counter", "node_disk_writes_completed_total", {
    unit: "writes",
    help: "Writes done.",
    labels: device,
  }),
  foreign("counter", "node_disk_read_time_seconds_total", {
    ...seconds,
    help: "Time that all reads took.",
    labels: device,
  }),
  foreign("counter", "node_disk_write_time_seconds_total", {
    ...seconds,
    help: "Time that all writes took.",
    labels: device,
  }),
  foreign("counter", "node_disk_io_time_seconds_total", {
    ...seconds,
    help: "Time in which a disk was busy.",
    labels: device,
  }),
  foreign("counter", "node_disk_io_time_weighted_seconds_total", {
    ...seconds,
    help: "Time in which a disk was busy, times the requests that waited.",
    labels: device,
  }),
  foreign("counter", "node_network_receive_bytes_total", {
    ...bytes,
    help: "Bytes received.",
    labels: device,
  }),
  foreign("counter", "node_network_transmit_bytes_total", { ...bytes, help: "Bytes sent.", labels: device }),
  foreign("counter", "node_network_receive_packets_total", {
    unit: "packets",
    help: "Packets received.",
    labels: device,
  }),
  foreign("counter", "node_network_transmit_packets_total", {
    unit: "packets",
    help: "Packets sent.",
    labels: device,
  }),
  foreign("counter", "node_network_receive_errs_total", {
    unit: "errors",
    help: "Errors in receiving.",
    labels: device,
  }),
  foreign("counter", "node_network_transmit_errs_total", {
    unit: "errors",
    help: "Errors in sending.",
    labels: device,
  }),
  foreign("counter", "node_network_receive_drop_total", {
    unit: "packets",
    help: "Packets dropped in receiving.",
    labels: device,
  }),
  foreign("counter", "node_network_transmit_drop_total", {
    unit: "packets",
    help: "Packets dropped in sending.",
    labels: device,
  }),
  foreign("gauge", "node_network_up", {
    unit: "boolean",
    help: "Whether an interface is up (1) or not (0).",
    labels: device,
  }),
]);
