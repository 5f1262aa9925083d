import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { leavesDeadLetters } from "../../constructs/cloudwatch/settings";
import type { Subscription } from "../../constructs/cloudwatch/topic-subscription";
import { subscribersOf } from "../../environments/subscribers";
import { type Environment, environmentNames, loadEnvironments } from "../support/environments";
import { CloudWatchStack } from "../../stacks/cloudwatch-stack";
import { CloudWatchRun, heartbeatUrl, secretUrl } from "../support/cloudwatch-run";
import { expectedAlarms, reportedAlarms } from "../support/expected-alarms";
import { describeOnEmulatedAws, type EmulatedAws } from "../support/cloudwatch-e2e";
import { motoAccount } from "../support/moto";
import { S3StateBucket } from "../support/s3-state";

jest.setTimeout(300_000);

function load(name: string): Environment {
  const [environment] = loadEnvironments(name);
  if (!environment) throw new Error(`There is no environment ${name}.`);
  return environment;
}

describeOnEmulatedAws("the cloudwatch stacks", (aws) => {
  describe.each(environmentNames)("%s-cloudwatch", (name) => {
    suiteOf(name, aws);
  });
});

function suiteOf(name: string, aws: () => EmulatedAws): void {
  const asked = load(name);
  const { project, cloudwatch } = asked;
  const prefix = `${project}-${name}`;
  const arnPrefix = (service: string) => `arn:aws:${service}:${asked.aws.region}:${motoAccount}`;
  let run: CloudWatchRun;
  let bucket: S3StateBucket | undefined;

  beforeAll(async () => {
    const { moto, plugin } = aws();
    const { emulatorUrl } = asked.aws;
    const environment = { ...asked, aws: { ...asked.aws, ...(emulatorUrl && { emulatorUrl: moto.url }) } };
    run = new CloudWatchRun((app) => new CloudWatchStack(app, environment), plugin, {
      moto,
      region: asked.aws.region,
      endpointFromStack: emulatorUrl !== undefined,
    });
    if (asked.state.backend === "s3") {
      bucket = new S3StateBucket(moto.url, asked.state.bucket, asked.state.region);
      await bucket.create();
    }
  });

  afterAll(() => {
    run.remove();
  });

  it("is valid", async () => {
    await run.terraform.init(...(bucket ? [bucket.backendConfig(run.folder)] : []));
    await run.terraform.validate();
  });

  it("applies, and then finds nothing to change", async () => {
    await run.terraform.apply();
    expect(await run.terraform.pendingChanges()).toBe("");
  });

  it("has the alarms that the environment asks for", async () => {
    expect(reportedAlarms(await run.account.alarms())).toEqual(expectedAlarms(asked));
  });

  it("says in each alarm what to do, with the page of a runbook that exists", async () => {
    for (const { AlarmDescription = "" } of await run.account.alarms()) {
      const [, url = "", file = ""] = /Runbook: (\S+)\/(\w+\.md)$/.exec(AlarmDescription) ?? [];
      expect(url).toBe(asked.runbooksUrl);
      expect(existsSync(join(__dirname, "../../docs/runbooks", file))).toBe(true);
    }
  });

  it("has the dashboard, with the state of every alarm in its first row", async () => {
    expect((await run.account.dashboards()).map(({ DashboardName }) => DashboardName)).toEqual([
      `${prefix}-dashboard`,
    ]);
    const body = (await run.account.dashboardBody(`${prefix}-dashboard`)) as {
      widgets: { type: string; y: number; properties: Record<string, unknown> }[];
    };
    const [status] = body.widgets;
    const arns = expectedAlarms(asked).map((alarm) => `${arnPrefix("cloudwatch")}:alarm:${alarm.name}`);
    expect([...(status?.properties.alarms as string[])].sort()).toEqual(arns.sort());
    expect(status).toMatchObject({ type: "alarm", y: 0 });
    expect(body.widgets.map(({ properties }) => properties.region)).toEqual(
      body.widgets.map(() => asked.aws.region),
    );
    for (const metric of ["CPUUtilization", "NetworkIn", "NetworkOut"]) {
      const graphs = body.widgets.filter(({ properties }) =>
        JSON.stringify(properties.metrics ?? "").includes(metric),
      );
      expect(graphs).toMatchObject([{ properties: { period: 300, stat: "Average" } }]);
    }
    const queries = body.widgets
      .filter(({ type }) => type === "log")
      .map(({ properties }) => properties.query);
    expect(queries).toEqual(
      cloudwatch.logs ? [expect.stringMatching(`^SOURCE '/${project}/${name}/services' \\| fields `)] : [],
    );
  });

  it("has topics, encrypted with a key that rotates and that those may use who publish", async () => {
    const names = ["critical", ...(cloudwatch.heartbeat ? ["heartbeat"] : []), "warning"];
    const topics = names.map((each) => `${arnPrefix("sns")}:${prefix}-${each}`);
    expect((await run.account.topicArns()).sort()).toEqual(topics);
    const [keyId = "", ...others] = await run.account.usableKeys();
    expect(others).toEqual([]);
    expect(await run.account.keyRotates(keyId)).toBe(true);
    expect(await run.account.keyAliases()).toEqual([`alias/${prefix}-alarms`]);
    expect(await run.account.keyPolicy(keyId)).toMatchObject({
      Statement: [
        { Principal: { AWS: `arn:aws:iam::${motoAccount}:root` }, Action: "kms:*" },
        {
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Condition: { StringEquals: { "aws:SourceAccount": motoAccount } },
        },
        ...(cloudwatch.heartbeat
          ? [
              {
                Effect: "Allow",
                Principal: { Service: "events.amazonaws.com" },
                Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
              },
            ]
          : []),
      ],
    });
    for (const arn of topics) {
      const { KmsMasterKeyId } = await run.account.topicAttributes(arn);
      expect(KmsMasterKeyId).toBe(`${arnPrefix("kms")}:key/${keyId}`);
    }
  });

  it("admits this environment's alarms to the topics, and nobody without TLS", async () => {
    const arns = await run.account.topicArns();
    for (const arn of arns.filter((each) => !each.endsWith("-heartbeat"))) {
      const { Policy = "" } = await run.account.topicAttributes(arn);
      const { Statement } = JSON.parse(Policy) as { Statement: unknown };
      expect(Statement).toEqual([
        {
          Sid: "AlarmsOfThisAccountPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arn,
          Condition: {
            StringEquals: { "aws:SourceAccount": motoAccount },
            ArnLike: { "aws:SourceArn": `${arnPrefix("cloudwatch")}:alarm:${prefix}-*` },
          },
        },
        {
          Sid: "NothingWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]);
    }
  });

  it("publishes a heartbeat where the environment asks for one", async () => {
    const { heartbeat } = cloudwatch;
    const topic = `${arnPrefix("sns")}:${prefix}-heartbeat`;
    expect(await run.account.schedules()).toEqual(
      heartbeat
        ? [
            {
              name: `${prefix}-heartbeat`,
              state: "ENABLED",
              schedule: `rate(${String(heartbeat.everyMinutes)} minutes)`,
              targets: [topic],
            },
          ]
        : [],
    );
    if (!heartbeat) return;
    const { Policy = "" } = await run.account.topicAttributes(topic);
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic,
        },
        { Sid: "NothingWithoutTls", Effect: "Deny" },
      ],
    });
  });

  it("has the subscriptions that the environment asks for", async () => {
    const expected = (["critical", "warning"] as const).flatMap((severity) =>
      subscribersOf(asked, severity).map((subscription) => ({
        topic: `${prefix}-${severity}`,
        protocol: subscription.protocol,
        endpoint: endpointOf(subscription),
        ...(leavesDeadLetters(subscription) && {
          redrivePolicy: JSON.stringify({
            deadLetterTargetArn: `${arnPrefix("sqs")}:${prefix}-${severity}-dlq`,
          }),
        }),
        ...(subscription.protocol === "https" && {
          deliveryPolicy: expect.stringContaining('"numRetries":20') as string,
        }),
      })),
    );
    if (cloudwatch.heartbeat) {
      expected.push({ topic: `${prefix}-heartbeat`, protocol: "https", endpoint: heartbeatUrl });
    }
    expect(sorted(await run.account.subscriptions())).toEqual(sorted<object>(expected));
    expect(readFileSync(join(run.folder, "cdk.tf.json"), "utf8")).not.toMatch(/not-in-the-json/);
  });

  it("keeps what could not be delivered, in a queue of each topic that has a URL or a queue to tell", async () => {
    const severities = (["critical", "warning"] as const).filter((severity) =>
      subscribersOf(asked, severity).some(leavesDeadLetters),
    );
    const queues = await run.account.queues();
    expect([...queues.keys()].sort()).toEqual(severities.map((severity) => `${prefix}-${severity}-dlq`));
    for (const severity of severities) {
      const attributes = queues.get(`${prefix}-${severity}-dlq`);
      expect(attributes).toMatchObject({ SqsManagedSseEnabled: "true", MessageRetentionPeriod: "1209600" });
      expect(JSON.parse(attributes?.Policy ?? "null")).toMatchObject({
        Statement: [
          {
            Principal: { Service: "sns.amazonaws.com" },
            Action: "sqs:SendMessage",
            Condition: { ArnEquals: { "aws:SourceArn": `${arnPrefix("sns")}:${prefix}-${severity}` } },
          },
          { Sid: "NothingWithoutTls", Effect: "Deny" },
        ],
      });
    }
  });

  it("tells every alarm to a topic that somebody reads, and that of a topic by the other one", async () => {
    const subscriptions = await run.account.subscriptions();
    for (const { AlarmName = "", AlarmActions = [], Dimensions = [] } of await run.account.alarms()) {
      const told = AlarmActions.map((arn) => arn.replace(/.*:/, ""));
      const readers = subscriptions.filter(({ topic }) => told.includes(topic));
      const [severity] = (["critical", "warning"] as const).filter(
        (each) => told.join() === `${prefix}-${each}`,
      );
      const says = severity && cloudwatch.subscriptions[severity];
      const isSaid = says !== undefined && "nobody" in says;
      expect({ AlarmName, isRead: readers.length > 0 || isSaid }).toEqual({ AlarmName, isRead: true });
      const of = Dimensions.find(({ Name }) => Name === "TopicName" || Name === "QueueName")?.Value;
      if (of !== undefined) expect(told).not.toContain(of.replace(/-dlq$/, ""));
    }
  });

  it("brings the message of an alarm's action to the queue that is subscribed", async () => {
    const queue = subscribersOf(asked, "warning").find(({ protocol }) => protocol === "sqs");
    if (queue?.protocol !== "sqs") return;
    const url = await run.account.createQueue(queue.queueArn.replace(/.*:/, ""));
    const alarm = (await run.account.alarms()).find(({ AlarmName = "" }) => AlarmName.endsWith("-high-cpu"));
    // The emulator evaluates no alarm and runs no action: what CloudWatch sends is sent in its place.
    const message = { AlarmName: alarm?.AlarmName, NewStateValue: "ALARM" };
    for (const action of alarm?.AlarmActions ?? []) await run.account.publish(action, "ALARM", message);
    const bodies = (await run.account.messages(url)).map((body) => JSON.parse(body) as { Message: string });
    expect(bodies.map(({ Message }) => JSON.parse(Message) as unknown)).toEqual([message]);
    await run.account.deleteQueue(url);
  });

  it("keeps log lines, where something sends them, as long as asked, and counts those that match the error pattern", async () => {
    const logGroupName = `/${project}/${name}/services`;
    if (!cloudwatch.logs) {
      expect(await run.account.logGroups()).toEqual([]);
      expect(await run.account.metricFilters()).toEqual([]);
      return;
    }
    const { retentionDays, errorPattern } = cloudwatch.logs;
    expect(await run.account.logGroups()).toMatchObject([{ logGroupName, retentionInDays: retentionDays }]);
    expect(await run.account.metricFilters()).toMatchObject([
      {
        logGroupName,
        filterPattern: errorPattern,
        metricTransformations: [
          { metricNamespace: `${project}/${name}`, metricName: `${prefix}-error-lines`, metricValue: "1" },
        ],
      },
    ]);
  });

  it("keeps its state where the environment says, and keeps off while somebody holds its lock", async () => {
    const local = join(run.folder, "../../../.state", `${name}-cloudwatch.tfstate`);
    expect(existsSync(local)).toBe(bucket === undefined);
    if (!bucket) return;
    const key = `${project}/${name}-cloudwatch.tfstate`;
    expect(await bucket.keys()).toEqual([key]);
    const holder = { ID: "0b5c", Operation: "OperationTypeApply", Who: "somebody@elsewhere" };
    await bucket.put(`${key}.tflock`, JSON.stringify(holder));
    const { exitCode, output } = await run.terraform.run("plan", "-input=false");
    expect(exitCode).toBe(1);
    expect(output).toContain("Error acquiring the state lock");
    expect(output).toContain("somebody@elsewhere");
    await run.terraform.unlock(holder.ID);
    expect(await bucket.keys()).toEqual([key]);
  });

  it("is destroyed and leaves nothing but keys that wait for their end", async () => {
    await run.terraform.destroy();
    expect(await run.terraform.resources()).toEqual([]);
    const { account } = run;
    expect(await account.alarms()).toEqual([]);
    expect(await account.dashboards()).toEqual([]);
    expect(await account.topicArns()).toEqual([]);
    expect(await account.subscriptions()).toEqual([]);
    expect(await account.schedules()).toEqual([]);
    expect(await account.logGroups()).toEqual([]);
    expect(await account.metricFilters()).toEqual([]);
    expect([...(await account.queues()).keys()]).toEqual([]);
    expect(await account.keyAliases()).toEqual([]);
    expect(await account.usableKeys()).toEqual([]);
  });
}

function endpointOf(subscription: Subscription): string {
  switch (subscription.protocol) {
    case "email":
      return subscription.address;
    case "sqs":
      return subscription.queueArn;
    case "https":
      return typeof subscription.endpoint === "string" ? subscription.endpoint : secretUrl;
  }
}

function sorted<T>(values: readonly T[]): T[] {
  return [...values].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
