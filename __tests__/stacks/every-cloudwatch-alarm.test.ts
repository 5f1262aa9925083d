import { Testing } from "cdktf";
import { isOfAgent, isOfWorkspace } from "../../constructs/cloudwatch/alarm-kind";
import { type NamedAlarmKind, namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { askedAlarms } from "../../environments/asked-alarms";
import { CloudWatchStack } from "../../stacks/cloudwatch-stack";
import { sampleOwnSettings } from "../support/alarm-samples";
import { parseEnvironment } from "../support/environments";
import { dev } from "../support/environments/dev";
import { parsed, Template } from "../support/template";

interface Body {
  readonly widgets: readonly {
    readonly properties: {
      readonly annotations?: { readonly horizontal: readonly { readonly value: number }[] };
    };
  }[];
}

function samples(isWanted: (named: NamedAlarmKind) => boolean) {
  return namedAlarmKinds.filter(isWanted).map(({ key, kind }) => [key, sampleOwnSettings(kind)] as const);
}

const queue = { protocol: "sqs", queueArn: "arn:aws:sqs:eu-central-1:123456789012:alarms" };
const environment = parseEnvironment(
  {
    ...dev,
    // The one of which every kind of alarm can be.
    machines: { aws: { target: { kind: "auto-scaling-group", name: "shop" }, detailedMonitoring: true } },
    cloudwatch: {
      ...dev.cloudwatch,
      subscriptions: { critical: [queue], warning: [queue] },
      logs: { sentBy: "awslogs driver of the hosts", retentionDays: 7 },
      alarms: Object.fromEntries(samples(({ kind }) => !isOfAgent(kind))),
      agent: Object.assign({}, ...samples(({ kind }) => isOfAgent(kind)).map(([, said]) => said)) as unknown,
    },
  },
  "dev.ts",
);
const template = Template.synth(new CloudWatchStack(Testing.app(), environment));

function alarm(id: string) {
  const all = template.resources("aws_cloudwatch_metric_alarm");
  return all.find(({ alarm_name }) => alarm_name === `${environment.project}-dev-${id}`);
}

describe("the cloudwatch stack of an environment that asks for every alarm", () => {
  it("has them all, each told to the topic of its severity", () => {
    const asked = askedAlarms(environment);
    expect([...new Set(asked.map(({ key }) => key))]).toEqual(
      namedAlarmKinds.filter(({ kind }) => !isOfWorkspace(kind)).map(({ key }) => key),
    );
    for (const { id, severity } of asked) {
      const topic = template.logicalIds("aws_sns_topic").find((each) => each.includes(severity));
      const actions = [`\${aws_sns_topic.${String(topic)}.arn}`];
      expect(alarm(id)).toMatchObject({ alarm_actions: actions, ok_actions: actions });
    }
  });

  it("draws each alarm's threshold once", () => {
    const { widgets } = parsed(
      template.resource("aws_cloudwatch_dashboard"),
      "dashboard_body",
    ) as unknown as Body;
    const drawn = widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? []);
    expect(drawn.map(({ value }) => value)).toEqual(
      askedAlarms(environment).map(({ id }) => alarm(id)?.threshold),
    );
  });
});
