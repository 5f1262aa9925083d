import { percent } from "../../../schema/primitives";
import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import { describeTarget } from "../metric-target";
import { usedShare, usedShareGraph } from "../used-share";

/** Used share of the memory, in percent, as the CloudWatch agent publishes it. */
const metricName = "mem_used_percent";

/**
 * Goes off when the memory in use of any of the machines is above the threshold. For an Auto Scaling group or a fleet
 * the agent must merge its series (`aggregation_dimensions`), as `docs/cloudwatch-agent.json` makes it do.
 */
export const lowMemory = alarmKind({
  meaning: "the memory in use of a machine is above a share",
  severity: "warning",
  presence: "always",
  needs: ["target", "namespace"],
  shared: { setting: "memoryUsedPercent", shares: { warning: "hostMemory" } },
  settings: {
    /** The alarm goes off above this used share of the memory, in percent: above 0 and below 100. */
    memoryUsedPercent: percent,
  },
  watch: (props) => ({
    ...usedShare(props, metricName, props.memoryUsedPercent),
    summary: `Memory in use on ${describeTarget(props.target)} is above ${String(props.memoryUsedPercent)} % for ${evaluationWindow(props)}.`,
    action: "Find the process that grows, restart it or give it a limit, or take a larger instance.",
    thresholdLabel: `low memory > ${String(props.memoryUsedPercent)} %`,
  }),
  graphs: (props) => [usedShareGraph("Memory in use", props, metricName)],
});
