import { Testing } from "cdktf";
import { parse } from "yaml";
import { managedEngineOf } from "../../environments/metrics-engine";
import { managedEnvironment } from "../support/environments/managed";
import { type Block, parsed, Template } from "../support/template";
import { MetricsStack } from "../../stacks/metrics-stack";
import { alertmanagerConfigurationOf, ruleFilesOf } from "../../stacks/system";

const engine = managedEngineOf(managedEnvironment);
if (!engine) throw new Error("the environment has another engine");
const template = Template.synth(new MetricsStack(Testing.app(), managedEnvironment, engine));
const prefix = "microservices-monitoring-managed";

interface Configuration {
  readonly templates: readonly string[];
  readonly route: { readonly receiver: string; readonly routes: readonly Block[] };
  readonly receivers: readonly (Readonly<Record<string, readonly Block[]>> & { readonly name: string })[];
  readonly inhibit_rules: readonly Block[];
  readonly time_intervals?: readonly Block[];
}

/** As Terraform reads the text: what is doubled for it stands once. */
function unescaped(text: unknown): string {
  return String(text).replaceAll("$${", "${").replaceAll("%%{", "%{");
}

const definition = parse(
  unescaped(template.resource("aws_prometheus_alert_manager_definition").definition),
) as {
  alertmanager_config: string;
  template_files: Readonly<Record<string, string>>;
};
const configuration = parse(definition.alertmanager_config) as Configuration;

/** The only configuration of a receiver, and what kind it is of. */
function receiver(name: string): { readonly kind: string; readonly of: Block } {
  const found = configuration.receivers.find((each) => each.name === name);
  const [[kind = "", list] = [], ...others] = Object.entries(found ?? {}).filter(([key]) => key !== "name");
  const [of, ...more] = (list ?? []) as readonly Block[];
  if (!of || others.length > 0 || more.length > 0) throw new Error(`${name} is not told once.`);
  return { kind, of };
}

describe("the rules of a workspace", () => {
  const namespaces = template.resources("aws_prometheus_rule_group_namespace");

  it("are those of one host, a namespace a file, but for how often they are evaluated", () => {
    interface File {
      readonly groups: readonly (Block & { readonly interval?: string })[];
    }
    const here = new Map(namespaces.map(({ name, data }) => [name, parse(unescaped(data)) as File]));
    const files = Object.entries(ruleFilesOf(managedEnvironment));
    expect([...here.keys()].sort()).toEqual(files.map(([file]) => file.replace(/\.ya?ml$/, "")).sort());
    for (const [file, text] of files) {
      const groups = here.get(file.replace(/\.ya?ml$/, ""))?.groups ?? [];
      const without = ({ interval: _, ...group }: File["groups"][number]) => group;
      expect(groups.map(without)).toEqual((parse(text) as File).groups.map(without));
      for (const { interval } of groups) expect(interval).toMatch(/^(?:30s|1m|2m|5m)$/);
    }
  });

  it("belong to the workspace", () => {
    for (const { workspace_id: id } of namespaces) {
      expect(id).toMatch(/^\$\{aws_prometheus_workspace\.workspace_\w+\.id\}$/);
    }
  });
});

describe("the Alertmanager of a workspace", () => {
  const ofOneHost = parse(alertmanagerConfigurationOf(managedEnvironment)) as Configuration;

  it("has the routes, inhibitions and time intervals of one host, but waits for a slower ruler", () => {
    const without = (block: Block) =>
      Object.fromEntries(Object.entries(block).filter(([key]) => key !== "group_wait" && key !== "routes"));
    const { routes } = configuration.route;
    const { routes: others } = ofOneHost.route;
    expect(without(configuration.route)).toEqual(without(ofOneHost.route));
    expect(routes.map(without)).toEqual(others.map(without));
    expect(routes.map(({ group_wait: wait }) => wait)).toEqual(
      others.map(({ group_wait: wait }) => (wait === undefined || wait === "0s" ? wait : "35s")),
    );
    expect(configuration.inhibit_rules).toEqual(ofOneHost.inhibit_rules);
    expect(configuration.inhibit_rules.length).toBeGreaterThan(3);
    expect(configuration.time_intervals).toEqual(ofOneHost.time_intervals);
    expect(configuration.receivers.map(({ name }) => name)).toEqual(
      ofOneHost.receivers.map(({ name }) => name),
    );
  });

  it("defines each template that it uses, once", () => {
    expect(configuration.templates).toEqual(["notifications"]);
    const text = definition.template_files.notifications ?? "";
    const defined = [...text.matchAll(/^\{\{ define "([\w.]+)"/gm)].map(([, name]) => name);
    expect(new Set(defined).size).toBe(defined.length);
    const used = [...definition.alertmanager_config.matchAll(/template "([\w.]+)"/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(8);
    for (const name of used) expect(defined).toContain(name);
  });

  it("links to no page of its own, which there is none of", () => {
    expect(JSON.stringify(definition)).not.toContain(".ExternalURL }}/");
    expect(definition.template_files.notifications).not.toContain("/#/");
    expect(definition.template_files.notifications).toContain(
      "https://grafana.example.com/alerting/silence/new?alertmanager=Alertmanager",
    );
  });

  it.each(["slack-critical", "email-ops", "msteams-checkout", "webhook-incidents", "webhook-tickets"])(
    "tells %s by a topic of its own, of starts and ends, with nothing that AWS refuses",
    (name) => {
      const { kind, of } = receiver(name);
      expect(kind).toBe("sns_configs");
      expect(Object.keys(of).sort()).toEqual(["message", "send_resolved", "sigv4", "subject", "topic_arn"]);
      expect(of).toMatchObject({ send_resolved: true, sigv4: { region: "eu-central-1" } });
      expect(of.topic_arn).toMatch(
        new RegExp(`^\\$\\{aws_sns_topic\\.alerting_${name}_topic_\\w+\\.arn\\}$`),
      );
    },
  );

  it("tells the heartbeat of starts alone", () => {
    expect(receiver("heartbeat").of).toMatchObject({ send_resolved: false });
  });

  it("tells PagerDuty itself, by a key that it reads in Secrets Manager", () => {
    const { kind, of } = receiver("pagerduty-on-call");
    expect(kind).toBe("pagerduty_configs");
    expect(of.routing_key).toEqual({
      aws_secrets_manager: {
        secret_arn: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.\S+\.arn\}$/) as string,
        secret_key: "routing_key",
        refresh_interval: "5m",
      },
    });
    expect(template.resource("aws_secretsmanager_secret_version").secret_string).toBe(
      '${jsonencode({"routing_key" = var.pagerduty_on_call_routing_key})}',
    );
    expect(parsed(template.resource("aws_secretsmanager_secret_policy"), "policy").Statement).toMatchObject([
      {
        Principal: { Service: "aps.amazonaws.com" },
        Action: "secretsmanager:GetSecretValue",
        Condition: { ArnEquals: {}, StringEquals: {} },
      },
    ]);
  });
});

describe("the topics of a workspace's alerts", () => {
  it("are open to the workspace alone, over TLS only, under a key that it may use", () => {
    const names = template.resources("aws_sns_topic").map(({ name }) => name);
    expect(names).toEqual(
      ["email-ops", "heartbeat", "msteams-checkout", "slack-critical", "slack-team", "webhook-incidents"]
        .concat("webhook-tickets")
        .map((each) => `${prefix}-alerts-${each}`),
    );
    for (const policy of template.resources("aws_sns_topic_policy")) {
      expect(parsed(policy, "policy").Statement).toMatchObject([
        {
          Effect: "Allow",
          Principal: { Service: "aps.amazonaws.com" },
          Action: ["sns:Publish", "sns:GetTopicAttributes"],
          Condition: {
            ArnEquals: { "aws:SourceArn": expect.stringMatching(/aws_prometheus_workspace/) as string },
            StringEquals: { "aws:SourceAccount": expect.stringMatching(/account_id/) as string },
          },
        },
        { Effect: "Deny", Action: "sns:Publish", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      ]);
    }
    for (const { kms_master_key_id: key } of template.resources("aws_sns_topic")) {
      expect(key).toMatch(/^\$\{aws_kms_key\.alerting_key_\w+\.arn\}$/);
    }
  });

  it("have those subscribed who read them", () => {
    const subscribed = template
      .resources("aws_sns_topic_subscription")
      .map(({ topic_arn: topic, protocol, endpoint }) => [
        /alerting_([\w-]+)_topic_/.exec(String(topic))?.[1],
        protocol,
        endpoint,
      ]);
    expect(subscribed).toEqual([
      ["email-ops", "email", "ops@example.com"],
      ["heartbeat", "https", "${var.heartbeat_url}"],
      ["webhook-incidents", "sqs", "arn:aws:sqs:eu-central-1:123456789012:incidents"],
      ["webhook-tickets", "https", "${var.webhook_tickets_url}"],
    ]);
  });

  it("keep what is not delivered, but for mails, chat and signs of life", () => {
    expect(template.resources("aws_sqs_queue").map(({ name }) => name)).toEqual([
      `${prefix}-alerts-webhook-incidents-dlq`,
      `${prefix}-alerts-webhook-tickets-dlq`,
    ]);
  });

  it("are shown in chat channels by what may do nothing else", () => {
    expect(template.resources("aws_chatbot_slack_channel_configuration")).toMatchObject([
      { configuration_name: `${prefix}-alerts-slack-critical`, slack_channel_id: "C07EZ1ABC23" },
      { configuration_name: `${prefix}-alerts-slack-team`, slack_channel_id: "C07EZ1ABC24" },
    ]);
    expect(template.resource("aws_chatbot_teams_channel_configuration")).toMatchObject({
      tenant_id: "11111111-2222-3333-4444-555555555555",
      guardrail_policy_arns: [expect.stringMatching(/guardrail/)],
    });
    expect(parsed(template.resource("aws_iam_role"), "assume_role_policy").Statement).toMatchObject([
      { Principal: { Service: "chatbot.amazonaws.com" } },
    ]);
    const guardrail = template
      .resources("aws_iam_policy")
      .find(({ name }) => name === `${prefix}-alerts-chat`);
    expect(parsed(guardrail ?? {}, "policy").Statement).toMatchObject([
      { Effect: "Deny", Action: "*", Resource: "*" },
    ]);
  });

  it("ask for the secrets of those receivers alone that have one here, none of which is in the JSON", () => {
    expect(Object.keys(template.variables()).sort()).toEqual([
      "heartbeat_url",
      "pagerduty_on_call_routing_key",
      "webhook_tickets_url",
    ]);
    for (const variable of Object.values(template.variables())) {
      expect(variable).toMatchObject({ sensitive: true });
      expect(variable).not.toHaveProperty("default");
    }
  });
});

describe("the policies of a workspace", () => {
  const actionsOf = (id: string) => {
    const policy = template
      .resources("aws_iam_policy")
      .find(({ name }) => String(name).startsWith(`${prefix}-${id}-`));
    const [statement, ...others] = parsed(policy ?? {}, "policy").Statement as readonly Block[];
    expect(others).toEqual([]);
    expect(statement?.Resource).toMatch(/^\$\{aws_prometheus_workspace\.\w+\.arn\}$/);
    return statement?.Action as readonly string[];
  };

  it("let agents write and nothing else, and verify read", () => {
    expect(actionsOf("agents")).toEqual(["aps:RemoteWrite"]);
    const asked = actionsOf("verify");
    expect(asked).toContain("aps:QueryMetrics");
    for (const action of asked) expect(action).toMatch(/^aps:(?:Get|List|Query)/);
  });

  it("let Grafana silence, too", () => {
    const more = actionsOf("grafana").filter((action) => !actionsOf("verify").includes(action));
    expect(more).toEqual(["aps:PutAlertManagerSilences", "aps:DeleteAlertManagerSilence"]);
  });

  it("are put out for whoever attaches them", () => {
    expect(Object.keys(template.outputs()).sort()).toEqual([
      "agents_policy_arn",
      "grafana_policy_arn",
      "verify_policy_arn",
    ]);
  });
});
