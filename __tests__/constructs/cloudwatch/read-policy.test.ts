import { CloudWatchReadPolicy } from "../../../constructs/cloudwatch/read-policy";
import { parsed } from "../../support/template";
import { matching, messageOf, synth } from "./support";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function statements(logGroupName?: string): readonly Statement[] {
  const template = synth((stack) => {
    new CloudWatchReadPolicy(stack, "grafana", { name: "shop", alarmNamePrefix: "shop-prod-", logGroupName });
  });
  return parsed(template.resource("aws_iam_policy"), "policy").Statement as readonly Statement[];
}

const actionsOf = (all: readonly Statement[]) => all.flatMap(({ Action }) => Action);

describe("CloudWatchReadPolicy", () => {
  it("reads, and does nothing else", () => {
    const actions = actionsOf(statements("/shop/prod/services"));
    const changing = actions.filter((action) => !/:(Get|List|Describe|StartQuery|StopQuery)/.test(action));
    expect(changing).toEqual([]);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it("is narrowed to the environment's alarms and to one log group where AWS can narrow it", () => {
    const all = statements("/shop/prod/services");
    const resourceOf = (action: string) =>
      all.find(({ Action }) => [Action].flat().includes(action))?.Resource;
    expect(resourceOf("cloudwatch:DescribeAlarmHistory")).toEqual(matching(/^arn:.*:alarm:shop-prod-\*$/));
    expect(resourceOf("logs:StartQuery")).toEqual(matching(/^arn:.*:log-group:\/shop\/prod\/services:\*$/));
  });

  it("reads no lines where there is no log group", () => {
    expect(actionsOf(statements()).filter((action) => action.startsWith("logs:"))).toEqual([]);
  });

  it("refuses a name that AWS would refuse", () => {
    const props = { name: "a policy", alarmNamePrefix: "shop-" };
    expect(messageOf((stack) => void new CloudWatchReadPolicy(stack, "grafana", props))).toContain(
      'name: found "a policy", allowed: 1 to 128 letters',
    );
  });
});
