import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import type { AlarmRouting } from "../../constructs/cloudwatch/alarm-routing";
import { AlarmTopic } from "../../constructs/cloudwatch/alarm-topic";
import { AlarmTopicKey } from "../../constructs/cloudwatch/alarm-topic-key";
import { AlarmTopics } from "../../constructs/cloudwatch/alarm-topics";
import { alarms } from "../../constructs/cloudwatch/alarms";
import { AwsConnection } from "../../constructs/cloudwatch/aws-connection";
import { Dashboard } from "../../constructs/cloudwatch/dashboard";
import { ServiceLogGroup } from "../../constructs/cloudwatch/service-log-group";
import { loadEnvironments } from "../support/environments";
import { CloudWatchStack } from "../../stacks/cloudwatch-stack";
import { describeOnEmulatedAws } from "../support/cloudwatch-e2e";
import { CloudWatchRun, heartbeatUrl } from "../support/cloudwatch-run";
import { reportedAlarms } from "../support/expected-alarms";
import { motoAccount } from "../support/moto";

jest.setTimeout(300_000);

const region = "eu-west-1";
const alarm = {
  periodSeconds: 60,
  evaluationPeriods: 3,
  missingData: "ignore",
  severity: "critical",
  runbookUrl: "https://wiki.example.com/cpu",
} as const;

function foreignStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "shop");
  new AwsProvider(stack, "aws", { region });
  new LocalBackend(stack, { path: "shop.tfstate" });
  return stack;
}

/** Somebody else's stack: names, layout and routing of its own, one topic, a queue that Terraform makes. */
function shop(app: App): TerraformStack {
  const stack = foreignStack(app);
  const queue = new SqsQueue(stack, "queue", { name: "shop-alarms" });
  const key = new AlarmTopicKey(stack, "key", { alias: "shop", deletionWindowDays: 7 });
  const topic = new AlarmTopic(stack, "topic", { name: "shop-oncall", encryptionKeyArn: key.arn });
  topic.subscribe("queue", { protocol: "sqs", queueArn: queue.arn });
  const routing: AlarmRouting = { actionsFor: () => [topic.arn] };
  const target = { kind: "instances", instanceIds: ["i-0aaaaaaaaaaaaaaaa", "i-0bbbbbbbbbbbbbbbb"] } as const;
  const cpu = new alarms.HighCpuAlarm(stack, "cpu", {
    ...alarm,
    name: "Shop CPU",
    datapointsToAlarm: 2,
    routing,
    target,
    thresholdPercent: 60,
    detailedMonitoring: true,
  });
  const [graph] = cpu.graphs({ width: 24, height: 6 });
  new Dashboard(stack, "board", { name: "Shop", region, rows: [[graph]] });
  return stack;
}

/** A log group that two want to have. */
function claimedTwice(app: App): TerraformStack {
  const stack = foreignStack(app);
  new ServiceLogGroup(stack, "first", { name: "/shop/services", retentionDays: 7 });
  new ServiceLogGroup(stack, "second", { name: "/shop/services", retentionDays: 7 });
  return stack;
}

describeOnEmulatedAws("the CloudWatch constructs", (aws) => {
  let run: CloudWatchRun | undefined;

  async function start(
    makeStack: (app: App) => TerraformStack,
    endpointFromStack = false,
  ): Promise<CloudWatchRun> {
    const { moto, plugin } = aws();
    run = new CloudWatchRun(makeStack, plugin, { moto, region, endpointFromStack });
    await run.terraform.init();
    return run;
  }

  afterEach(async () => {
    await run?.terraform.destroy();
    run?.remove();
    run = undefined;
  });

  it("work in somebody else's stack, under names of its own", async () => {
    const { terraform, account } = await start(shop);
    await terraform.apply();
    expect(await terraform.pendingChanges()).toBe("");
    expect(reportedAlarms(await account.alarms())).toEqual([
      {
        name: "Shop CPU",
        watches: [
          "MAX([m1, m2])",
          "AWS/EC2 CPUUtilization Average InstanceId=i-0aaaaaaaaaaaaaaaa",
          "AWS/EC2 CPUUtilization Average InstanceId=i-0bbbbbbbbbbbbbbbb",
        ],
        periodSeconds: 60,
        evaluationPeriods: 3,
        comparison: "GreaterThanThreshold",
        threshold: 60,
        missingData: "ignore",
        alarmTopics: ["shop-oncall"],
        okTopics: ["shop-oncall"],
      },
    ]);
    expect(await account.subscriptions()).toEqual([
      { topic: "shop-oncall", protocol: "sqs", endpoint: `arn:aws:sqs:${region}:${motoAccount}:shop-alarms` },
    ]);
    expect(await account.dashboardBody("Shop")).toMatchObject({
      widgets: [
        { properties: { region, annotations: { horizontal: [{ value: 60, label: "high CPU > 60 %" }] } } },
      ],
    });
  });

  it("fail with AWS's own words and the construct's id, and what was made can be destroyed", async () => {
    const { terraform, account } = await start(claimedTwice);
    const { exitCode, output } = await terraform.run("apply", "-input=false", "-auto-approve");
    expect(exitCode).toBe(1);
    expect(output).toContain("The specified log group already exists");
    expect(output).toMatch(/with aws_cloudwatch_log_group\.(first|second)_group_\w+/);
    expect(await terraform.resources()).toHaveLength(1);
    await terraform.destroy();
    expect(await account.logGroups()).toEqual([]);
  });

  it("send heartbeats to an emulator that the stack itself names", async () => {
    const { url: emulatorUrl } = aws().moto;
    const { terraform, account } = await start((app) => {
      const stack = new TerraformStack(app, "shop");
      new LocalBackend(stack, { path: "shop.tfstate" });
      new AwsConnection(stack, "aws", { region, emulatorUrl });
      new AlarmTopics(stack, "topics", {
        namePrefix: "shop",
        subscriptions: { critical: [], warning: [] },
        heartbeat: { endpoint: { secret: "cloudwatch_heartbeat_url" }, everyMinutes: 1 },
      });
      return stack;
    }, true);
    await terraform.apply();
    expect(await terraform.pendingChanges()).toBe("");
    const topic = `arn:aws:sns:${region}:${motoAccount}:shop-heartbeat`;
    expect(await account.schedules()).toEqual([
      { name: "shop-heartbeat", state: "ENABLED", schedule: "rate(1 minute)", targets: [topic] },
    ]);
    expect(await account.subscriptions()).toEqual([
      { topic: "shop-heartbeat", protocol: "https", endpoint: heartbeatUrl },
    ]);
  });

  describe("a secret URL", () => {
    const value = "http://hooks.example.com/s3cr3t";

    it.each([
      ["is not given", {}, "No value for required variable"],
      ["is no https:// URL", { TF_VAR_cloudwatch_pager_url: value }, "must start with https://"],
    ])("that %s stops the plan before anything is made", async (_what, variables, message) => {
      const [prod] = loadEnvironments("prod");
      if (!prod) throw new Error("There is no environment prod.");
      const local = { ...prod, state: { backend: "local", directory: ".state" } } as const;
      const { terraform, account } = await start((app) => new CloudWatchStack(app, local));
      const { exitCode, output } = await terraform
        .with({ TF_VAR_cloudwatch_pager_url: undefined, ...variables })
        .run("apply", "-input=false", "-auto-approve");
      expect(exitCode).toBe(1);
      expect(output).toContain(message);
      expect(output).toContain("cloudwatch_pager_url");
      expect(output).not.toContain(value);
      expect(await account.topicArns()).toEqual([]);
    });
  });

  it("say within a minute that an emulator is not there", async () => {
    const [local] = loadEnvironments("local");
    if (!local) throw new Error("There is no environment local.");
    const nowhere = { ...local, aws: { ...local.aws, emulatorUrl: "http://127.0.0.1:1" } };
    const { terraform } = await start((app) => new CloudWatchStack(app, nowhere));
    const { exitCode, output } = await terraform.run("apply", "-input=false", "-auto-approve");
    expect(exitCode).toBe(1);
    expect(output).toMatch(/http:\/\/127\.0\.0\.1:1\/.*\s.*connection\s+refused/);
  });
});
