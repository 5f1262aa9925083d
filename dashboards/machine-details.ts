import { bothWaysPanel } from "./both-ways";
import type { Row } from "./dashboard";
import { filesystems, hosts } from "./host-queries";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

/** What processes wait for: CPUs, memory, disks; and what is dropped on the network. */
export function waitingRow(): Row {
  const disk = "{{instance}} {{device}}";
  const { cpu, memory, disks } = hosts.waiting;
  return {
    title: "Waiting",
    panels: [
      timeseriesPanel({
        title: "Time spent waiting",
        description:
          "Share of the time in which some process of the host waited for a CPU, memory or a disk.",
        unit: "percentunit",
        queries: {
          "CPU {{instance}}": cpu,
          "memory {{instance}}": memory,
          "disk {{instance}}": disks,
        },
        noValue: "Not told by this kernel",
      }),
      timeseriesPanel({
        title: "Waiting for disks",
        description:
          "Requests that waited for each disk or were worked on, on average. It grows as a disk is too slow.",
        unit: "none",
        queries: { [disk]: hosts.diskQueue },
      }),
      timeseriesPanel({
        title: "Time of a read or write",
        description: "Mean time that a read and a write of each disk took, its waiting included.",
        unit: "s",
        queries: { [`read ${disk}`]: hosts.readTime, [`write ${disk}`]: hosts.writeTime },
        noValue: "Nothing read or written",
      }),
      bothWaysPanel({
        title: "Dropped packets of hosts",
        description:
          "Packets per second that the hosts' own interfaces dropped: received above the axis, sent below it.",
        unit: "pps",
        of: "{{instance}}",
        above: { name: "received", query: hosts.receivedDrops },
        below: { name: "sent", query: hosts.sentDrops },
      }),
    ],
  };
}

/** What is looked at seldom. */
export function detailRow({ thresholds }: DashboardSettings): Row {
  const graph = (
    title: string,
    description: string,
    unit: string,
    query: keyof typeof details,
    warning?: number,
  ) =>
    timeseriesPanel({
      title,
      description,
      unit,
      span: 8,
      min: query === "clockOffset" ? "data" : 0,
      queries: details[query],
      ...(warning !== undefined && { limits: { warning } }),
    });
  const details = {
    diskBusy: { "{{instance}} {{device}}": hosts.diskBusy },
    inodes: { "{{instance}} {{mountpoint}}": filesystems.inodes },
    swap: { "{{instance}}": hosts.swap },
    majorFaults: { "{{instance}}": hosts.majorFaults },
    fileDescriptors: { "{{instance}}": hosts.fileDescriptors },
    clockOffset: { "{{instance}}": hosts.clockOffset },
    connections: { "{{instance}}": hosts.connectionsTracked },
  } as const;
  return {
    title: "Details",
    folded: true,
    panels: [
      graph("Disk busy", "Share of the time in which each disk was busy.", "percentunit", "diskBusy"),
      graph("Inodes", "Share of each file system's inodes that is used.", "percentunit", "inodes"),
      graph("Swap", "Share of the swap space that is used.", "percentunit", "swap", thresholds.hostSwap),
      graph(
        "Major page faults",
        "Pages per second that had to be read back from disk: memory is short.",
        "cps",
        "majorFaults",
        thresholds.hostMajorPageFaults,
      ),
      graph(
        "File descriptors",
        "Share of the host's file descriptors that is in use.",
        "percentunit",
        "fileDescriptors",
        thresholds.hostFileDescriptors,
      ),
      graph(
        "Clock offset",
        "How far the clock is off its reference.",
        "s",
        "clockOffset",
        thresholds.hostClockOffset,
      ),
      graph(
        "Tracked connections",
        "Share of the connections that the host's firewall can track. Beyond all of them new ones are dropped.",
        "percentunit",
        "connections",
        thresholds.hostConnectionsTracked,
      ),
    ],
  };
}
