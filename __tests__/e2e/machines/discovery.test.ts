import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { ManagedProcess } from "../../../demo/processes";
import { AwsQuery, textsOf } from "../../../operations/clients/aws-query";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { edited } from "../../support/edit";
import { parseEnvironment } from "../../support/environments";
import { prod } from "../../support/environments/prod";
import { type Moto, motoServer, startMoto } from "../../support/moto";
import { prometheusProgram } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { quickScrapes } from "../../support/quick-scrapes";
import { describeWith } from "../../support/require-program";
import { StandingForAll } from "../../support/standing-for-all";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(180_000);

const ec2 = { name: "ec2", version: "2016-11-15" };
const autoScaling = { name: "autoscaling", version: "2011-01-01" };
const group = "microservices-prod";

describeWith([prometheusProgram, motoServer], "Prometheus discovers machines and services in EC2", () => {
  const makeFolder = temporaryFolder();
  const machines = new StandingForAll((host, path) => `node_load5{asked="${host}${path}"} 1\n`);
  let moto: Moto;
  let aws: AwsQuery;
  let process: ManagedProcess | undefined;
  let prometheus: PrometheusClient;

  beforeAll(async () => {
    moto = await startMoto();
    // Its first answer takes it long, and so do those of 200 machines.
    aws = new AwsQuery({ region: "eu-central-1", emulatorUrl: moto.url }, undefined, 60_000);
    await aws.ask(autoScaling, "CreateLaunchConfiguration", {
      LaunchConfigurationName: "shop",
      ImageId: "ami-12c6146b",
      InstanceType: "t3.micro",
    });
    await aws.ask(autoScaling, "CreateAutoScalingGroup", {
      AutoScalingGroupName: group,
      LaunchConfigurationName: "shop",
      MinSize: "0",
      MaxSize: "300",
      DesiredCapacity: "2",
      "AvailabilityZones.member.1": "eu-central-1a",
    });
    await startOfTags({ Role: "product" });
    await startOfTags({ Role: "other" });
    const folder = makeFolder();
    writeFileSync(join(folder, "prometheus.yml"), configuration(moto.url, await machines.start()));
    const started = await startPrometheus(folder, [], {
      AWS_ACCESS_KEY_ID: "emulator",
      AWS_SECRET_ACCESS_KEY: "emulator",
      // With it, the client of AWS refuses the one of HTTP that Prometheus gives it.
      AWS_CA_BUNDLE: undefined,
    });
    process = started.process;
    prometheus = new PrometheusClient(started.url);
  });

  afterAll(async () => {
    await process?.stop();
    await Promise.all([machines.stop(), moto.stop()]);
  });

  /** As it is rendered, but that it asks more often, and each machine through one server that stands for all. */
  function configuration(url: string, proxy: string): string {
    const environment = parseEnvironment(
      edited(
        prod,
        ["aws.emulatorUrl", url],
        ["machines.aws.discovery", { atLeast: 2, cadvisorPort: 8080, refreshInterval: "10s" }],
        ["services.1.image", undefined],
        ["services.1.elsewhere", { targets: { kind: "ec2", tags: { Role: "product" } } }],
      ),
      "prod.ts",
    );
    const { scrape_configs: jobs, ...rest } = quickScrapes(environment);
    const discovering = jobs.filter((job) => job.ec2_sd_configs);
    expect(discovering.map(({ job_name }) => job_name)).toEqual([
      "cadvisor",
      "node-exporter",
      "product-service",
    ]);
    const scrape_configs = discovering.map((job) => ({ ...job, proxy_url: proxy }));
    return stringify({ ...rest, scrape_configs });
  }

  async function startOfTags(tags: Readonly<Record<string, string>>, count = 1): Promise<string[]> {
    const specification = Object.entries(tags).flatMap(([name, value], index) => [
      [`TagSpecification.1.Tag.${String(index + 1)}.Key`, name],
      [`TagSpecification.1.Tag.${String(index + 1)}.Value`, value],
    ]);
    const asked = {
      ImageId: "ami-12c6146b",
      MinCount: String(count),
      MaxCount: String(count),
      "TagSpecification.1.ResourceType": "instance",
      ...(Object.fromEntries(specification) as Record<string, string>),
    };
    return textsOf(await aws.ask(ec2, "RunInstances", asked), "instanceId");
  }

  async function membersOfGroup(): Promise<string[]> {
    const filter = {
      "Filter.1.Name": "tag:aws:autoscaling:groupName",
      "Filter.1.Value.1": group,
      "Filter.2.Name": "instance-state-name",
      "Filter.2.Value.1": "running",
    };
    return textsOf(await aws.ask(ec2, "DescribeInstances", filter), "instanceId").sort();
  }

  async function discovered(job: string): Promise<readonly Readonly<Record<string, string>>[]> {
    const targets = await prometheus.targets();
    return targets.filter(({ scrapePool }) => scrapePool === job).map(({ labels }) => labels);
  }

  /** Names of the machines of a job, besides the engine's own. */
  async function machinesOf(job: string): Promise<string[]> {
    const all = (await discovered(job)).map(({ instance = "" }) => instance);
    return all.filter((name) => name !== "docker-host").sort();
  }

  async function setCapacity(count: number): Promise<string[]> {
    await aws.ask(autoScaling, "SetDesiredCapacity", {
      AutoScalingGroupName: group,
      DesiredCapacity: String(count),
    });
    const members = await membersOfGroup();
    expect(members).toHaveLength(count);
    return members;
  }

  async function follows(job: string, members: readonly string[]): Promise<void> {
    await until(async () => (await machinesOf(job)).join() === members.join());
  }

  it("finds the machines of the group and no other, by their ids, with the labels of the others", async () => {
    const members = await membersOfGroup();
    expect(members).toHaveLength(2);
    await follows("node-exporter", members);
    await follows("cadvisor", members);
    for (const labels of await discovered("node-exporter")) {
      expect(Object.keys(labels).sort()).toEqual(["environment", "instance", "job"]);
      expect(labels.environment).toBe("prod");
    }
    await until(async () => (await prometheus.query('up{job="node-exporter"} == 1')).length === 3);
    const asked = await prometheus.query("node_load5");
    expect(asked.map(({ metric }) => metric.asked)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^10\.\d+\.\d+\.\d+\/metrics$/)]),
    );
  });

  it("finds a service by its tags, with its name, and not at machines of others", async () => {
    await until(async () => (await discovered("product-service")).length === 1);
    const [labels] = await discovered("product-service");
    expect(labels).toMatchObject({ service: "product-service", environment: "prod", job: "product-service" });
    expect(labels?.instance).toMatch(/^i-[0-9a-f]{17}$/);
  });

  it("follows a group that grows and shrinks", async () => {
    await follows("node-exporter", await setCapacity(4));
    await follows("node-exporter", await setCapacity(1));
  });

  it("follows an instance that is stopped, and started again", async () => {
    const [one = ""] = await startOfTags({ Role: "product" });
    await until(async () => (await machinesOf("product-service")).includes(one));
    await aws.ask(ec2, "StopInstances", { "InstanceId.1": one });
    await until(async () => !(await machinesOf("product-service")).includes(one));
    await aws.ask(ec2, "StartInstances", { "InstanceId.1": one });
    await until(async () => (await machinesOf("product-service")).includes(one));
  });

  it("has 200 machines", async () => {
    const members = await setCapacity(200);
    await follows("node-exporter", members);
    await until(
      async () => (await prometheus.query('count(up{job="node-exporter"} == 1)'))[0]?.value === 201,
    );
  });

  it("keeps what it knows while AWS does not answer, and counts that", async () => {
    const members = await setCapacity(2);
    await follows("node-exporter", members);
    await moto.stop();
    const text = async () => (await fetch(`${prometheus.url}/metrics`)).text();
    await until(async () =>
      /prometheus_sd_refresh_failures_total\{config="node-exporter",mechanism="ec2"\} [1-9]/.test(
        await text(),
      ),
    );
    expect(await machinesOf("node-exporter")).toEqual(members);
  });
});
