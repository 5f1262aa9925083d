import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { AlarmRouting } from "../../../constructs/cloudwatch/alarm-routing";
import { type Block, Template } from "../../support/template";

/** A stack of somebody else: an AWS provider and nothing more. */
export function foreignStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "foreign");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  return stack;
}

/** Synthesizes what a test makes in a stack of somebody else. */
export function synth(make: (stack: TerraformStack) => void): Template {
  const stack = foreignStack();
  make(stack);
  return Template.synth(stack);
}

/** The one alarm that a test makes. */
export function synthAlarm(make: (stack: TerraformStack) => void): Block {
  return synth(make).resource("aws_cloudwatch_metric_alarm");
}

/** Routing of somebody who has topics of his own. */
export const ownTopics: AlarmRouting = {
  actionsFor: (severity) => [`arn:aws:sns:eu-west-1:123456789012:own-${severity}`],
};

/** Props that every alarm needs, all of them good. */
export const alarmProps = {
  name: "shop-high",
  periodSeconds: 300,
  evaluationPeriods: 3,
  missingData: "breaching",
  severity: "critical",
  routing: ownTopics,
  runbookUrl: "https://runbooks.example.com/High.md",
} as const;

/** A machine's id. */
export const instance = "i-0123456789abcdef0";

/** The message of what `make` throws. */
export function messageOf(make: (stack: TerraformStack) => void): string {
  const stack = foreignStack();
  try {
    make(stack);
  } catch (error) {
    // Nothing is made of what is refused.
    expect(Template.synth(stack).logicalIds()).toEqual([]);
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was thrown";
}

/** Matches a text in `toEqual` and `toMatchObject`. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
