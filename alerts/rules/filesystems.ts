import { and, eq, gt, lt, predictLinear, ratio, select, sub } from "../../metrics/promql";
import { filesystemUsed, realFilesystem } from "../../metrics/recorded";
import { heldFor, type AlertRule, type DashboardUid, type RuleSettings, type Severity } from "../rule";
import { percent } from "../text";
import { onHost } from "./hosts";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of file systems compare with. */
export const filesystemThresholds = {
  filesystemUsedWarning: threshold("used space of a file system", "ratio", 0.85, share),
  filesystemUsedCritical: threshold("used space of a file system", "ratio", 0.95, share),
  filesystemFullWithin: threshold(
    "time until a file system is full, at its present growth",
    "hours",
    24,
    [1, 168],
  ),
  inodesUsed: threshold("used inodes of a file system", "ratio", 0.9, share),
} as const satisfies OwnThresholds;

/** Where a file system is: what an alert of it says. */
const place = "{{ $labels.mountpoint }} of {{ $labels.instance }}";

/** Alerts of hosts' file systems: space now, space to come, inodes. */
export function filesystemAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  const hours = limits.filesystemFullWithin;
  return [
    almostFull("warning", limits.filesystemUsedWarning),
    almostFull("critical", limits.filesystemUsedCritical),
    {
      alert: "HostFilesystemFillingUp",
      severity: "warning",
      // Half empty, a jump looks like growth and is not urgent.
      expr: and(
        gt(select(filesystemUsed), 0.5),
        lt(predictLinear(select("node_filesystem_avail_bytes", realFilesystem), "6h", hours * 3600), 0),
      ),
      for: "1h",
      keepFiringFor: "15m",
      summary: `${place} will be full soon`,
      description:
        `{{ $value | humanizePercentage }} of the space is used, and at the growth of the last 6 hours the rest lasts ` +
        `less than ${String(hours)} hours.`,
      ...onHost,
    },
    {
      alert: "HostFilesystemUnreadable",
      severity: "warning",
      expr: eq(select("node_filesystem_device_error", realFilesystem), 1),
      for: "5m",
      summary: `${place} cannot be read`,
      description:
        "node-exporter gets no numbers of the file system on {{ $labels.device }}: how full it is, is not known.",
      ...onHost,
    },
    {
      alert: "HostInodesLow",
      severity: "warning",
      expr: gt(
        sub(
          1,
          ratio(
            select("node_filesystem_files_free", realFilesystem),
            select("node_filesystem_files", realFilesystem),
          ),
        ),
        limits.inodesUsed,
      ),
      for: "10m",
      keepFiringFor: "5m",
      summary: `${place} runs out of inodes`,
      description: `{{ $value | humanizePercentage }} of the inodes are used; at most ${percent(limits.inodesUsed)} may be.`,
      ...onHost,
    },
  ];
}

function almostFull(severity: Severity, most: number): AlertRule<DashboardUid> {
  return {
    alert: "HostFilesystemAlmostFull",
    severity,
    expr: gt(select(filesystemUsed), most),
    for: "5m",
    keepFiringFor: heldFor(severity),
    summary: `${place} is almost full`,
    description: `{{ $value | humanizePercentage }} of the space is used; at most ${percent(most)} may be.`,
    ...onHost,
  };
}
