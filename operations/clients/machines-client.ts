import { AwsQuery, type QueryService, textsOf } from "./aws-query";
import type { AwsPlace } from "./topics-client";

const ec2: QueryService = { name: "ec2", version: "2016-11-15" };
const autoScaling: QueryService = { name: "autoscaling", version: "2011-01-01" };

/** An Auto Scaling group, as far as alarms on it must know it. */
export interface ScalingGroup {
  readonly instanceIds: readonly string[];
  /** Names of the metrics of the group itself that are collected. */
  readonly collectedMetrics: readonly string[];
}

/** Asks AWS of machines. */
export class MachinesClient {
  private readonly aws: AwsQuery;

  constructor(place: AwsPlace) {
    this.aws = new AwsQuery(place);
  }

  /**
   * The running instances by their ids, each with whether it has detailed monitoring.
   * @param ids of which instances. Default: of all in the account and region
   */
  async hasDetailedMonitoring(ids?: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
    if (ids?.length === 0) return new Map();
    const parameters: Record<string, string> = {
      "Filter.1.Name": "instance-state-name",
      "Filter.1.Value.1": "running",
    };
    // A filter, as an id of which there is no instance would be refused.
    if (ids !== undefined) parameters["Filter.2.Name"] = "instance-id";
    ids?.forEach((id, index) => (parameters[`Filter.2.Value.${String(index + 1)}`] = id));
    const answers: string[] = [];
    let token: string | undefined = "";
    while (token !== undefined) {
      const page: Record<string, string> = token === "" ? {} : { NextToken: token };
      const answer: string = await this.aws.ask(ec2, "DescribeInstances", { ...parameters, ...page });
      answers.push(answer);
      [token] = textsOf(answer, "nextToken").filter((text) => text !== "");
    }
    const instance = /<instanceId>(i-\w+)<\/instanceId>[\s\S]*?<monitoring>\s*<state>(\w+)<\/state>/g;
    return new Map(
      [...answers.join("").matchAll(instance)].map(([, id = "", state]) => [id, state !== "disabled"]),
    );
  }

  /** An Auto Scaling group; undefined where there is none of the name. */
  async group(name: string): Promise<ScalingGroup | undefined> {
    const asked = { "AutoScalingGroupNames.member.1": name };
    const answer = await this.aws.ask(autoScaling, "DescribeAutoScalingGroups", asked);
    if (!answer.includes("<AutoScalingGroupName>")) return undefined;
    return { instanceIds: textsOf(answer, "InstanceId"), collectedMetrics: textsOf(answer, "Metric") };
  }
}
