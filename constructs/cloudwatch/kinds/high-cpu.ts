import { z } from "zod";
import { percent } from "../../../schema/primitives";
import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import { hostGraph, networkGraph } from "../host-graphs";
import { alarmMetric, describeTarget } from "../metric-target";
import { basicMonitoringAllowed, basicMonitoringSeconds } from "../settings";

/** CPU utilisation of EC2 instances, in percent. */
const cpuUtilization = { namespace: "AWS/EC2", metricName: "CPUUtilization" };

/** With basic monitoring most of shorter periods would be empty. */
const periodHasSamples = z
  .looseObject({ detailedMonitoring: z.boolean(), periodSeconds: z.number() })
  .refine(
    ({ detailedMonitoring, periodSeconds }) => detailedMonitoring || periodSeconds >= basicMonitoringSeconds,
    { path: ["periodSeconds"], error: basicMonitoringAllowed },
  );

/** Goes off when the CPUs of machines are busy for too long: the average of each period is above the threshold. */
export const highCpu = alarmKind({
  meaning: "the mean CPU utilisation of a machine is above a share",
  severity: "warning",
  presence: "always",
  needs: ["target", "detailedMonitoring"],
  shared: { setting: "thresholdPercent", shares: { warning: "hostCpu" } },
  settings: {
    /** The alarm goes off above this utilisation, in percent: above 0 and below 100. */
    thresholdPercent: percent,
  },
  limits: [periodHasSamples],
  watch: (props) => {
    const { target, thresholdPercent } = props;
    const sample = target.kind === "fleet" ? "Highest" : "Average";
    return {
      metric: alarmMetric(target, cpuUtilization, "Average"),
      comparison: "GreaterThanThreshold",
      threshold: thresholdPercent,
      summary: `${sample} CPU utilisation of ${describeTarget(target)} is above ${String(thresholdPercent)} % for ${evaluationWindow(props)}.`,
      action: "Find the busiest process, then add capacity or stop what is stuck.",
      thresholdLabel: `high CPU > ${String(thresholdPercent)} %`,
    };
  },
  // Beside it the network: whether traffic rose with the load.
  graphs: (props) => [
    hostGraph(
      { ...props, periodSeconds: basicMonitoringSeconds },
      {
        title: "CPU utilisation",
        metric: cpuUtilization,
        statistic: "Average",
        unit: "percent",
        max: 100,
      },
    ),
    networkGraph({ ...props, periodSeconds: basicMonitoringSeconds, thresholds: [] }),
  ],
});
