import { existsSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import {
  canWatch,
  isOfAgent,
  isOfLines,
  isOfTopics,
  isOfWorkspace,
} from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { askedAlarms } from "../../environments/asked-alarms";
import { subscribersOf } from "../../environments/subscribers";
import { type Environment, environmentNames, loadEnvironments } from "../support/environments";
import { CloudWatchStack } from "../../stacks/cloudwatch-stack";
import { type Block, parsed, Template } from "../support/template";

function load(name: string): Environment {
  const [environment] = loadEnvironments(name);
  if (!environment) throw new Error(`no environment ${name}`);
  return environment;
}

const synth = (environment: Environment) => Template.synth(new CloudWatchStack(Testing.app(), environment));

interface Body {
  readonly widgets: readonly { readonly type: string; readonly properties: Block }[];
}

function widgetsOf(template: Template): Body["widgets"] {
  return (parsed(template.resource("aws_cloudwatch_dashboard"), "dashboard_body") as unknown as Body).widgets;
}

const severities = ["critical", "warning"] as const;

const titles = (template: Template) => widgetsOf(template).map(({ properties }) => properties.title);

function alarm(template: Template, suffix: string): Block {
  const all = template.resources("aws_cloudwatch_metric_alarm");
  // Of chosen instances each has its own.
  const name = new RegExp(`^[a-z-]+?-${suffix}(?:-i-[0-9a-f]+|-critical)?$`);
  const found = all.find(({ alarm_name }) => name.test(String(alarm_name)));
  if (!found)
    throw new Error(`no alarm ${suffix} among ${all.map((each) => String(each.alarm_name)).join()}`);
  return found;
}

describe.each(environmentNames)("the cloudwatch stack of %s", (name) => {
  const environment = load(name);
  const { cloudwatch, machines, project } = environment;
  const prefix = `${project}-${name}`;
  const template = synth(environment);
  it("has its alarms, named after project and environment", () => {
    const names = template.resources("aws_cloudwatch_metric_alarm").map(({ alarm_name }) => alarm_name);
    const asked = askedAlarms(environment).map(({ id }) => `${prefix}-${id}`);
    expect([...names].sort()).toEqual(asked.sort());
    const always = namedAlarmKinds.filter(
      ({ kind }) =>
        kind.presence === "always" &&
        canWatch(kind, machines.aws.target.kind) &&
        !isOfTopics(kind) &&
        !isOfWorkspace(kind) &&
        (cloudwatch.agent || !isOfAgent(kind)) &&
        (cloudwatch.logs || !isOfLines(kind)),
    );
    for (const { id } of always) expect(alarm(template, id)).toBeDefined();
    expect(names.length).toBeGreaterThan(1);
  });

  it("has the high CPU alarm that the environment asks for", () => {
    const { highCpu } = cloudwatch.alarms;
    expect(alarm(template, "high-cpu")).toMatchObject({
      comparison_operator: "GreaterThanThreshold",
      threshold: 100 * environment.alerting.thresholds.hostCpu,
      evaluation_periods: highCpu.evaluationPeriods,
      treat_missing_data: highCpu.missingData,
    });
  });

  it("tells the topic of its severity, of ALARM and of OK", () => {
    const [critical, warning] = severities.map((severity) => {
      const id = template.logicalIds("aws_sns_topic").find((each) => each.startsWith(`topics_${severity}`));
      return [`\${aws_sns_topic.${String(id)}.arn}`];
    });
    const routed = {
      "high-cpu": warning,
      "status-check-failed": critical,
      ...(cloudwatch.logs && { "error-lines": warning }),
      ...(cloudwatch.agent && { "low-disk": critical, "low-disk-warning": warning, "low-memory": warning }),
    };
    for (const [suffix, topic] of Object.entries(routed)) {
      expect(alarm(template, suffix)).toMatchObject({ alarm_actions: topic, ok_actions: topic });
    }
  });

  it("links every alarm to a runbook that exists, within AWS's 1024 characters", () => {
    for (const { alarm_name, alarm_description } of template.resources("aws_cloudwatch_metric_alarm")) {
      const file = String(alarm_name)
        .slice(prefix.length + 1)
        .replace(/(?:-warning|-critical)?(?:-i-[0-9a-f]+)?$/, "")
        .split("-")
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join("");
      expect(alarm_description).toMatch(/\. .+\. Runbook: /);
      expect(String(alarm_description).endsWith(`${environment.runbooksUrl}/${file}.md`)).toBe(true);
      expect(String(alarm_description).length).toBeLessThanOrEqual(1024);
      expect(existsSync(join(__dirname, "../../docs/runbooks", `${file}.md`))).toBe(true);
    }
  });

  it("shows the state of every alarm in the dashboard's first row", () => {
    const [first] = widgetsOf(template);
    expect(first).toMatchObject({ type: "alarm", x: 0, y: 0, width: 24 });
    const arns = template
      .logicalIds("aws_cloudwatch_metric_alarm")
      .map((id) => `\${aws_cloudwatch_metric_alarm.${id}.arn}`);
    expect([...(first?.properties.alarms as string[])].sort()).toEqual(arns.sort());
  });

  it("shows CPU, network, status, error lines, agent metrics where there are some, and log lines", () => {
    const of = machines.aws.target.kind === "fleet" ? ", 20 highest instances" : "";
    const expected = [
      "Alarms",
      `CPU utilisation${of}`,
      `Network in and out${of}`,
      `Status check failed${of}`,
      ...(cloudwatch.logs ? ["Error lines"] : []),
      ...(cloudwatch.agent ? [`Fullest file system${of}`, `Memory in use${of}`] : []),
      ...(cloudwatch.logs ? [`Recent log lines, sent by ${cloudwatch.logs.sentBy ?? "log-shipper"}`] : []),
    ];
    // Graphs of other kinds of alarms may stand between these.
    expect(titles(template).filter((title) => expected.includes(String(title)))).toEqual(expected);
    expect(titles(template)[0]).toBe("Alarms");
    if (cloudwatch.logs) expect(titles(template).at(-1)).toBe(expected.at(-1));
    expect(widgetsOf(template)[2]?.properties).toMatchObject({ period: 300, stat: "Average" });
  });

  it("draws each alarm's threshold on the graph of its metric", () => {
    const graphs = widgetsOf(template).filter(({ type }) => type === "metric");
    const lines = graphs.flatMap(({ properties }) => {
      const { horizontal = [] } = (properties.annotations ?? {}) as { horizontal?: Block[] };
      return horizontal.map(({ value }) => [String(properties.title).replace(/,.*/, ""), value]);
    });
    const levels = new Set(
      askedAlarms(environment).map(({ key, severity, kind, id }) =>
        isOfTopics(kind) ? id : `${key} ${severity}`,
      ),
    );
    expect(lines).toHaveLength(levels.size);
    const expected = [
      ["CPU utilisation", 80],
      ["Status check failed", 1],
      ...(cloudwatch.alarms.errorLines ? [["Error lines", cloudwatch.alarms.errorLines.count]] : []),
      ...(cloudwatch.agent
        ? [
            ["Fullest file system", 95],
            ["Fullest file system", 85],
            ["Memory in use", 90],
          ]
        : []),
    ];
    expect(lines).toEqual(expect.arrayContaining(expected));
  });

  it("has a log group, with what counts and shows its lines, where something sends lines alone", () => {
    const made = ["aws_cloudwatch_log_group", "aws_cloudwatch_log_metric_filter"].map(
      (type) => template.resources(type).length,
    );
    expect([...made, widgetsOf(template).filter(({ type }) => type === "log").length]).toEqual(
      cloudwatch.logs ? [1, 1, 1] : [0, 0, 0],
    );
  });

  it("has every widget in the environment's region", () => {
    const regions = widgetsOf(template).map(({ properties }) => properties.region);
    expect(new Set(regions)).toEqual(new Set([environment.aws.region]));
  });

  it("has as many subscriptions as the environment asks for", () => {
    const subscribers = severities.flatMap((severity) => subscribersOf(environment, severity));
    const heartbeats = cloudwatch.heartbeat ? 1 : 0;
    expect(template.resources("aws_sns_topic_subscription")).toHaveLength(subscribers.length + heartbeats);
  });

  it("synthesizes to the same bytes again", () => {
    expect(synth(load(name)).text).toBe(template.text);
  });
});

describe("the cloudwatch stack", () => {
  const dev = load("dev");

  it("is named after its environment", () => {
    expect(new CloudWatchStack(Testing.app(), dev).node.id).toBe("dev-cloudwatch");
  });

  it("goes to the emulator where the environment has one", () => {
    const emulatorUrl = "http://127.0.0.1:4000";
    expect(synth({ ...dev, aws: { ...dev.aws, emulatorUrl } }).provider("aws")).toMatchObject({
      endpoints: [{ sns: emulatorUrl }],
    });
    expect(synth(dev).provider("aws")).not.toHaveProperty("endpoints");
  });

  /** What a stack has no more, by type of resource and title of widget, and what it has more. */
  function difference(before: Template, after: Template) {
    const parts = (template: Template) => [
      ...template.logicalIds().map((id) => id.replace(/_[0-9A-F]{8}$/, "")),
      ...titles(template).map(String),
    ];
    const without = (all: string[], others: string[]) => all.filter((each) => !others.includes(each));
    return {
      gone: without(parts(before), parts(after)),
      come: without(parts(after), parts(before)),
    };
  }

  it("loses exactly what reads lines when nothing sends them", () => {
    const staging = load("staging");
    const alarms = { ...staging.cloudwatch.alarms, errorLines: undefined };
    const silent = { ...staging, cloudwatch: { ...staging.cloudwatch, logs: undefined, alarms } };
    expect(difference(synth(staging), synth(silent))).toEqual({
      gone: [
        "aws_cloudwatch_log_group.services_group",
        "aws_cloudwatch_log_metric_filter.error-lines_filter",
        "aws_cloudwatch_metric_alarm.error-lines_alarm",
        "Error lines",
        "Recent log lines, sent by awslogs driver of the hosts",
      ],
      come: [],
    });
  });

  it("has exactly the parts of a heartbeat more where there is one", () => {
    const heartbeat = { endpoint: { secret: "heartbeat_url" }, everyMinutes: 5 };
    const beating = { ...dev, cloudwatch: { ...dev.cloudwatch, heartbeat } };
    expect(difference(synth(dev), synth(beating))).toEqual({
      gone: [],
      come: [
        "aws_cloudwatch_event_rule.topics_heartbeat_rule",
        "aws_cloudwatch_event_target.topics_heartbeat_target",
        "aws_sns_topic.topics_heartbeat_topic",
        "aws_sns_topic_policy.topics_heartbeat_policy",
        "aws_sns_topic_subscription.topics_heartbeat_receiver_subscription",
      ],
    });
  });

  it("keeps logical ids when thresholds, targets or subscriptions change", () => {
    const prod = load("prod");
    const target = { kind: "auto-scaling-group", name: "other" } as const;
    const machines = { ...prod.machines, aws: { ...prod.machines.aws, target, detailedMonitoring: true } };
    const changed = synth({ ...prod, machines });
    expect(changed.logicalIds()).toEqual(synth(prod).logicalIds());
  });

  it("says where the wrong props are", () => {
    const { alarms } = dev.cloudwatch;
    const highCpu = { ...alarms.highCpu, periodSeconds: 120 };
    const cloudwatch = { ...dev.cloudwatch, alarms: { ...alarms, highCpu } };
    const machines = { ...dev.machines, aws: { ...dev.machines.aws, detailedMonitoring: false } };
    expect(() => synth({ ...dev, machines, cloudwatch })).toThrow(
      /^dev-cloudwatch\/high-cpu: 1 problem in its props:/,
    );
  });
});
