import type { Metric } from "./metric";
import { ofGroup } from "./metric-target";

/** What an Auto Scaling group tells of itself once a minute, where the collection of group metrics is enabled. */
export type GroupMetric = "GroupDesiredCapacity" | "GroupInServiceInstances";

/** A metric of an Auto Scaling group. */
export function groupMetric(group: string, metricName: GroupMetric): Metric {
  return ofGroup({ namespace: "AWS/AutoScaling", metricName }, group);
}
