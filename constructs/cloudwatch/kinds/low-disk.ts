import { percent } from "../../../schema/primitives";
import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import { describeTarget } from "../metric-target";
import { usedShare, usedShareGraph } from "../used-share";

/** Used share of file systems, in percent, as the CloudWatch agent publishes it. */
const metricName = "disk_used_percent";

/**
 * Goes off when the fullest file system of any of the machines is above the threshold. The agent must merge the
 * series of a machine's file systems into one (`aggregation_dimensions`), as `docs/cloudwatch-agent.json` makes it
 * do: an alarm cannot name file systems that it does not know.
 */
export const lowDisk = alarmKind({
  meaning: "the fullest file system of a machine is above a share",
  severity: "critical",
  presence: "always",
  needs: ["target", "namespace"],
  shared: {
    setting: "diskUsedPercent",
    shares: { critical: "filesystemUsedCritical", warning: "filesystemUsedWarning" },
  },
  settings: {
    /** The alarm goes off above this used share of the fullest file system, in percent: above 0 and below 100. */
    diskUsedPercent: percent,
  },
  watch: (props) => ({
    ...usedShare(props, metricName, props.diskUsedPercent),
    summary: `The fullest file system of ${describeTarget(props.target)} is above ${String(props.diskUsedPercent)} % for ${evaluationWindow(props)}.`,
    action: "Free space or enlarge the volume before writes fail.",
    thresholdLabel: `low disk > ${String(props.diskUsedPercent)} %`,
  }),
  graphs: (props) => [usedShareGraph("Fullest file system", props, metricName)],
});
