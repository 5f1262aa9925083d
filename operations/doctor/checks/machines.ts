import { type Finding, ok, problem, warning } from "../../checks/check";
import { MachinesClient } from "../../clients/machines-client";
import type { DoctorCheck, WatchedMachines } from "../check";

/** What the alarms on an Auto Scaling group read of the group itself. */
const groupMetrics = ["GroupDesiredCapacity", "GroupInServiceInstances"];

/** Whether the machines that CloudWatch watches are there and report as often as the environment says. */
export const machinesCheck: DoctorCheck = {
  name: "Machines",
  isCheap: false,
  timeLimitMs: 30_000,
  async run({ machines }): Promise<Finding[]> {
    if (!machines) return [];
    try {
      return await findingsOf(machines, new MachinesClient(machines.place));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [
        warning(
          `not known whether the machines report as the environment says: ${why}`,
          "Credentials that may ec2:DescribeInstances and autoscaling:DescribeAutoScalingGroups.",
        ),
      ];
    }
  },
};

async function findingsOf(
  { target, isDetailed }: WatchedMachines,
  client: MachinesClient,
): Promise<Finding[]> {
  switch (target.kind) {
    case "instances": {
      const { instanceIds } = target;
      const found = await client.hasDetailedMonitoring(instanceIds);
      const gone = instanceIds.filter((id) => !found.has(id));
      return [
        ...(gone.length === 0
          ? []
          : [
              problem(
                `${listed(gone)} ${isOrAre(gone)} not running`,
                "Start what is stopped, and take out what is gone.",
              ),
            ]),
        ...monitoring(found, isDetailed, monitorEach),
      ];
    }
    case "auto-scaling-group": {
      const group = await client.group(target.name);
      if (!group) {
        return [problem(`there is no Auto Scaling group ${target.name}`, "Name the group as AWS does.")];
      }
      const missing = groupMetrics.filter((metric) => !group.collectedMetrics.includes(metric));
      return [
        ...(missing.length === 0
          ? []
          : [
              problem(
                `the group ${target.name} does not collect ${missing.join(", ")}: its alarms have no data`,
                `aws autoscaling enable-metrics-collection --auto-scaling-group-name ${target.name} ` +
                  `--granularity 1Minute --metrics ${groupMetrics.join(" ")}`,
              ),
            ]),
        ...monitoring(
          await client.hasDetailedMonitoring(group.instanceIds),
          isDetailed,
          (ids) => `${monitorEach(ids)}; and in the launch template of the group, for those to come`,
        ),
      ];
    }
    case "fleet":
      return monitoring(await client.hasDetailedMonitoring(), isDetailed, monitorEach);
  }
}

function monitoring(
  found: ReadonlyMap<string, boolean>,
  isDetailed: boolean,
  mend: (ids: readonly string[]) => string,
): Finding[] {
  if (found.size === 0) return [warning("no machine is running")];
  const basic = [...found].flatMap(([id, has]) => (has ? [] : [id]));
  const all = `${String(found.size)} ${found.size === 1 ? "machine" : "machines"}`;
  if (!isDetailed) return [ok(`${all}, watched once in five minutes`)];
  if (basic.length === 0) return [ok(`${all} with detailed monitoring`)];
  return [
    problem(
      `${listed(basic)} ${basic.length === 1 ? "has" : "have"} basic monitoring, not detailed as the environment says: ` +
        "periods below 300 s have no data",
      mend(basic),
    ),
  ];
}

function monitorEach(ids: readonly string[]): string {
  return `aws ec2 monitor-instances --instance-ids ${ids.join(" ")}`;
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, 5);
  const more = ids.length - shown.length;
  return `${shown.join(", ")}${more === 0 ? "" : ` and ${String(more)} more`}`;
}

function isOrAre(ids: readonly string[]): string {
  return ids.length === 1 ? "is" : "are";
}
