import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { managedEngineOf } from "../../environments/metrics-engine";
import { MetricsStack } from "../../stacks/metrics-stack";
import { ruleNamespacesOf } from "../../stacks/system";
import { CloudWatchRun } from "../support/cloudwatch-run";
import { describeOnEmulatedAws } from "../support/cloudwatch-e2e";
import { managedEnvironment } from "../support/environments/managed";
import { motoAccount } from "../support/moto";

jest.setTimeout(600_000);

/** What moto 5.2 has not: its plans and answers end at these. Unit tests look at them in the JSON. */
const notInMoto = [
  "aws_prometheus_alert_manager_definition",
  "aws_chatbot_slack_channel_configuration",
  "aws_chatbot_teams_channel_configuration",
];

interface StackJson {
  resource: Record<string, Record<string, Record<string, unknown>>>;
}

/** The stack without what moto has not. It forgets the key of a workspace, which each plan would then replace. */
function forMoto(folder: string): void {
  const file = join(folder, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as StackJson;
  json.resource = Object.fromEntries(
    Object.entries(json.resource).filter(([type]) => !notInMoto.includes(type)),
  );
  for (const workspace of Object.values(json.resource.aws_prometheus_workspace ?? {})) {
    delete workspace.kms_key_arn;
  }
  writeFileSync(file, JSON.stringify(json));
}

interface ReportedWorkspace {
  readonly workspaceId: string;
  readonly alias: string;
  readonly arn: string;
  readonly prometheusEndpoint: string;
  readonly tags: Readonly<Record<string, string>>;
}

describeOnEmulatedAws("the stack of a workspace", (aws) => {
  const region = managedEnvironment.aws.region;
  const prefix = "microservices-monitoring-managed";
  let run: CloudWatchRun;

  beforeAll(() => {
    const { moto, plugin } = aws();
    const engine = managedEngineOf(managedEnvironment);
    if (!engine) throw new Error("The environment has another engine.");
    const environment = {
      ...managedEnvironment,
      state: { backend: "local", directory: ".state" } as const,
      aws: { region, emulatorUrl: moto.url },
    };
    run = new CloudWatchRun((app) => new MetricsStack(app, environment, engine), plugin, {
      moto,
      region,
      endpointFromStack: true,
    });
    forMoto(run.folder);
  });
  afterAll(() => {
    run.remove();
  });

  const terraform = () =>
    run.terraform.with({
      TF_VAR_heartbeat_url: "https://heartbeats.example.com/7f3c-not-in-the-json",
      TF_VAR_pagerduty_on_call_routing_key: "0".repeat(32),
      TF_VAR_webhook_tickets_url: "https://tickets.example.com/7f3c-not-in-the-json",
    });

  /** An answer of the API of Amazon Managed Service for Prometheus, by its own paths. */
  async function asked<T>(path: string): Promise<T> {
    const response = await fetch(`${aws().moto.url}${path}`, {
      headers: {
        // moto tells services apart by the signature's scope, and checks nothing else of it.
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20261128/${region}/aps/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  async function workspace(): Promise<ReportedWorkspace> {
    const { workspaces } = await asked<{ workspaces: readonly ReportedWorkspace[] }>("/workspaces");
    const [only, ...others] = workspaces;
    if (!only) throw new Error("There is no workspace.");
    expect(others).toEqual([]);
    return only;
  }

  it("is valid, applies, and then finds nothing to change", async () => {
    await terraform().init();
    await terraform().validate();
    await terraform().apply();
    expect(await terraform().pendingChanges()).toBe("");
  });

  it("has a workspace, marked as the environment's, whose lines go to its log group", async () => {
    const { workspaceId, alias, tags } = await workspace();
    expect(alias).toBe(`${prefix}-metrics`);
    expect(tags).toEqual({ Project: "microservices-monitoring", Environment: "managed" });
    const { loggingConfiguration } = await asked<{ loggingConfiguration: { logGroupArn: string } }>(
      `/workspaces/${workspaceId}/logging`,
    );
    expect(loggingConfiguration.logGroupArn).toBe(
      `arn:aws:logs:${region}:${motoAccount}:log-group:/aws/vendedlogs/prometheus/microservices-monitoring/managed:*`,
    );
  });

  it("has the rules in its namespaces, byte by byte", async () => {
    const { workspaceId } = await workspace();
    const wanted = ruleNamespacesOf(managedEnvironment);
    const path = `/workspaces/${workspaceId}/rulegroupsnamespaces`;
    const { ruleGroupsNamespaces: all } = await asked<{ ruleGroupsNamespaces: readonly { name: string }[] }>(
      path,
    );
    expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, text] of Object.entries(wanted)) {
      const { ruleGroupsNamespace: found } = await asked<{ ruleGroupsNamespace: { data: string } }>(
        `${path}/${name}`,
      );
      expect(Buffer.from(found.data, "base64").toString("utf8")).toBe(text);
    }
  });

  it("has a topic a receiver, which the workspace alone may publish to", async () => {
    const { arn } = await workspace();
    const topics = await run.account.topicArns();
    expect(topics).toHaveLength(7);
    for (const topic of topics) {
      expect(topic).toContain(`:${prefix}-alerts-`);
      const { Policy = "", KmsMasterKeyId } = await run.account.topicAttributes(topic);
      expect(JSON.parse(Policy)).toMatchObject({
        Statement: [
          {
            Principal: { Service: "aps.amazonaws.com" },
            Resource: topic,
            Condition: {
              ArnEquals: { "aws:SourceArn": arn },
              StringEquals: { "aws:SourceAccount": motoAccount },
            },
          },
          { Effect: "Deny" },
        ],
      });
      expect(KmsMasterKeyId).toMatch(/^arn:aws:kms:/);
    }
  });

  it("goes away when it is destroyed, of what is protected too", async () => {
    await terraform().destroy();
    expect(await asked("/workspaces")).toMatchObject({ workspaces: [] });
  });
});
