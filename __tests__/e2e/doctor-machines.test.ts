import { MachinesClient } from "../../operations/clients/machines-client";
import { AwsQuery, textsOf } from "../../operations/clients/aws-query";
import { machinesCheck } from "../../operations/doctor/checks/machines";
import type { WatchedMachines } from "../../operations/doctor/check";
import { type Moto, motoServer, startMoto } from "../support/moto";
import { describeWith } from "../support/require-program";

jest.setTimeout(120_000);

const ec2 = { name: "ec2", version: "2016-11-15" };
const autoScaling = { name: "autoscaling", version: "2011-01-01" };

describeWith([motoServer], "doctor asks AWS of the machines", () => {
  let moto: Moto;
  let aws: AwsQuery;
  const place = () => ({ region: "eu-central-1", emulatorUrl: moto.url });

  beforeAll(async () => {
    moto = await startMoto();
    // Its first machine takes long to make on a busy machine.
    aws = new AwsQuery(place(), undefined, 60_000);
  });
  afterAll(() => moto.stop());

  async function start(count: number, isDetailed = false): Promise<string[]> {
    const image = {
      ImageId: "ami-12c6146b",
      MinCount: String(count),
      MaxCount: String(count),
      ...(isDetailed && { "Monitoring.Enabled": "true" }),
    };
    return textsOf(await aws.ask(ec2, "RunInstances", image), "instanceId");
  }

  async function stop(id: string): Promise<void> {
    await aws.ask(ec2, "TerminateInstances", { "InstanceId.1": id });
  }

  async function found(target: WatchedMachines["target"], isDetailed = true) {
    const machines = { place: place(), target, isDetailed };
    const findings = await machinesCheck.run({
      environment: "prod",
      contents: [],
      engine: undefined,
      env: {},
      machines,
    });
    return findings.map(({ status, text, nextStep }) => [status, text, nextStep]);
  }

  it("tells which instances have basic monitoring, and which are gone", async () => {
    const [one = "", two = ""] = await start(2);
    const target: WatchedMachines["target"] = { kind: "instances", instanceIds: [one, two] };
    expect(await found(target)).toEqual([
      [
        "problem",
        expect.stringMatching(/^i-\w+, i-\w+ have basic monitoring, not detailed as the environment says/),
        expect.stringMatching(/^aws ec2 monitor-instances --instance-ids i-\w+ i-\w+$/),
      ],
    ]);
    expect(await found(target, false)).toEqual([
      ["ok", "2 machines, watched once in five minutes", undefined],
    ]);
    await stop(two);
    expect((await found(target))[0]).toEqual([
      "problem",
      `${two} is not running`,
      "Start what is stopped, and take out what is gone.",
    ]);
    await stop(one);
  });

  it("tells that a group is not there, does not collect its metrics, and then that it does", async () => {
    const target = { kind: "auto-scaling-group", name: "shop" } as const;
    expect(await found(target)).toEqual([
      ["problem", "there is no Auto Scaling group shop", "Name the group as AWS does."],
    ]);
    await aws.ask(autoScaling, "CreateLaunchConfiguration", {
      LaunchConfigurationName: "shop",
      ImageId: "ami-12c6146b",
      InstanceType: "t3.micro",
    });
    await aws.ask(autoScaling, "CreateAutoScalingGroup", {
      AutoScalingGroupName: "shop",
      LaunchConfigurationName: "shop",
      MinSize: "2",
      MaxSize: "2",
      "AvailabilityZones.member.1": "eu-central-1a",
    });
    const [metrics, monitoring] = await found(target);
    expect(metrics).toEqual([
      "problem",
      "the group shop does not collect GroupDesiredCapacity, GroupInServiceInstances: its alarms have no data",
      expect.stringContaining("aws autoscaling enable-metrics-collection --auto-scaling-group-name shop"),
    ]);
    expect(monitoring?.[1]).toMatch(/^i-\w+, i-\w+ have basic monitoring/);
    await aws.ask(autoScaling, "EnableMetricsCollection", {
      AutoScalingGroupName: "shop",
      Granularity: "1Minute",
      "Metrics.member.1": "GroupDesiredCapacity",
      "Metrics.member.2": "GroupInServiceInstances",
    });
    expect((await found(target)).map(([, text]) => text)).toEqual([monitoring?.[1]]);
  });

  it("asks of every running instance where the fleet is watched", async () => {
    const running = await new MachinesClient(place()).hasDetailedMonitoring();
    expect(running.size).toBe(2);
    const [[status, text] = []] = await found({ kind: "fleet" });
    expect([status, text]).toEqual(["problem", expect.stringContaining("have basic monitoring")]);
  });

  it("does not say that all is well where AWS cannot be asked", async () => {
    const nowhere = { region: "eu-central-1", emulatorUrl: "http://127.0.0.1:9" };
    const machines = { place: nowhere, target: { kind: "fleet" }, isDetailed: true } as const;
    const subject = { environment: "prod", contents: [], engine: undefined, env: {}, machines };
    expect(await machinesCheck.run(subject)).toEqual([
      expect.objectContaining({
        status: "warning",
        text: expect.stringMatching(/^not known whether the machines report/) as unknown,
      }),
    ]);
  });

  it("sees detailed monitoring", async () => {
    const ids = await start(1, true);
    expect(await found({ kind: "instances", instanceIds: ids })).toEqual([
      ["ok", "1 machine with detailed monitoring", undefined],
    ]);
  });
});

describeWith([motoServer], "requests to AWS", () => {
  let moto: Moto;

  beforeAll(async () => {
    // From the fourth request on the emulator looks at signatures and policies.
    moto = await startMoto({ INITIAL_NO_AUTH_ACTION_COUNT: "3" });
  });
  afterAll(() => moto.stop());

  it("are signed as AWS wants it", async () => {
    const place = { region: "us-east-1", emulatorUrl: moto.url };
    const iam = { name: "iam", version: "2010-05-08" };
    const everything = {
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      Version: "2012-10-17",
    };
    const anybody = new AwsQuery(place);
    await anybody.ask(iam, "CreateUser", { UserName: "doctor" });
    await anybody.ask(iam, "PutUserPolicy", {
      UserName: "doctor",
      PolicyName: "everything",
      PolicyDocument: JSON.stringify(everything),
    });
    const key = await anybody.ask(iam, "CreateAccessKey", { UserName: "doctor" });
    const [accessKeyId = ""] = textsOf(key, "AccessKeyId");
    const [secretAccessKey = ""] = textsOf(key, "SecretAccessKey");
    const asked = (secret: string) =>
      new AwsQuery(place, () => Promise.resolve({ accessKeyId, secretAccessKey: secret })).ask(
        ec2,
        "DescribeInstances",
        { "Filter.1.Name": "instance-state-name", "Filter.1.Value.1": "running" },
      );
    expect(await asked(secretAccessKey)).toContain("<DescribeInstancesResponse");
    await expect(asked(`${secretAccessKey.slice(1)}x`)).rejects.toThrow(
      "DescribeInstances: AWS was not able to validate the provided access credentials",
    );
  });
});
