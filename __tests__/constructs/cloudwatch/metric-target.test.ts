import { Token } from "cdktf";
import {
  alarmMetric,
  checkTarget,
  describeTarget,
  graphMetrics,
  type MetricTarget,
} from "../../../constructs/cloudwatch/metric-target";
import { Problems, PropsError } from "../../../constructs/props-error";
import { foreignStack } from "./support";

const cpu = { namespace: "AWS/EC2", metricName: "CPUUtilization" };
const first = "i-0123456789abcdef0";
const second = "i-0fedcba9876543210";
const instances = (...instanceIds: string[]): MetricTarget => ({ kind: "instances", instanceIds });
const group: MetricTarget = { kind: "auto-scaling-group", name: "shop" };
const fleet: MetricTarget = { kind: "fleet" };

describe("alarmMetric", () => {
  it("watches one instance by its dimension", () => {
    expect(alarmMetric(instances(first), cpu, "Average")).toEqual({
      kind: "metric",
      ...cpu,
      dimensions: { InstanceId: first },
      statistic: "Average",
    });
  });

  it("watches the highest of several instances by metric math", () => {
    expect(alarmMetric(instances(first, second), cpu, "Average")).toEqual({
      kind: "math",
      expression: "MAX([m1, m2])",
      metrics: {
        m1: { ...cpu, dimensions: { InstanceId: first } },
        m2: { ...cpu, dimensions: { InstanceId: second } },
      },
      statistic: "Average",
    });
  });

  it("watches an Auto Scaling group by its dimension", () => {
    expect(alarmMetric(group, cpu, "Average")).toMatchObject({
      kind: "metric",
      dimensions: { AutoScalingGroupName: "shop" },
    });
  });

  it("watches a fleet by a Metrics Insights query for its highest sample", () => {
    expect(alarmMetric(fleet, cpu, "Average")).toEqual({
      kind: "insights",
      query: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)',
      label: "highest",
    });
  });

  it("watches the lowest where a low value is bad", () => {
    expect(alarmMetric(instances(first, second), cpu, "Minimum", "lowest")).toMatchObject({
      expression: "MIN([m1, m2])",
    });
    expect(alarmMetric(fleet, cpu, "Minimum", "lowest")).toEqual({
      kind: "insights",
      query: 'SELECT MIN(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)',
      label: "lowest",
    });
  });
});

describe("graphMetrics", () => {
  it("draws a line an instance, with its id as label", () => {
    expect(graphMetrics(instances(first, second), cpu, "Average")).toEqual([
      { kind: "metric", ...cpu, dimensions: { InstanceId: first }, label: first },
      { kind: "metric", ...cpu, dimensions: { InstanceId: second }, label: second },
    ]);
  });

  it("draws one line for a group, with what it is about before its name", () => {
    expect(graphMetrics(group, cpu, "Average", { label: "in" })).toEqual([
      { kind: "metric", ...cpu, dimensions: { AutoScalingGroupName: "shop" }, label: "in shop" },
    ]);
  });

  it.each([
    ["Average", "AVG"],
    ["Maximum", "MAX"],
    ["Minimum", "MIN"],
    ["Sum", "SUM"],
  ] as const)("draws a fleet's highest instances by %s", (statistic, sql) => {
    expect(graphMetrics(fleet, cpu, statistic)).toEqual([
      {
        kind: "insights",
        query: `SELECT ${sql}(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId ORDER BY ${sql}() DESC LIMIT 20`,
        label: "",
      },
    ]);
  });
});

it("graphMetrics draws a fleet's lowest instances where a low value is bad", () => {
  expect(graphMetrics(fleet, cpu, "Minimum", { worst: "lowest" })).toMatchObject([
    { query: expect.stringMatching(/ ORDER BY MIN\(\) ASC LIMIT 20$/) as string },
  ]);
});

describe("describeTarget", () => {
  it.each([
    [instances(first), `instance ${first}`],
    [instances(first, second), "the highest of 2 instances"],
    [group, "Auto Scaling group shop"],
    [fleet, "the highest of all instances in the account and region"],
  ])("%j", (target, words) => {
    expect(describeTarget(target)).toBe(words);
    expect(describeTarget(target, "lowest")).toBe(words.replace("highest", "lowest"));
  });
});

describe("checkTarget", () => {
  function problemsOf(target: MetricTarget): readonly string[] {
    const problems = new Problems();
    checkTarget(target, problems);
    try {
      problems.throwFor(foreignStack(), "alarm");
    } catch (error) {
      if (error instanceof PropsError) return error.problems;
      throw error;
    }
    return [];
  }

  const eleven = Array.from({ length: 11 }, (_, index) => `i-0000000${index.toString(16)}`);

  it.each([
    instances(first),
    instances(first, second),
    instances("i-0123abcd"),
    instances(...eleven.slice(1)),
    instances(Token.asString({ Ref: "an instance that Terraform makes" })),
    group,
    fleet,
  ])("accepts %j", (target) => {
    expect(problemsOf(target)).toEqual([]);
  });

  it.each([
    [instances(), ["target.instanceIds: found [], allowed: a list of 1 to 10 entries"]],
    [
      instances(...eleven),
      [`target.instanceIds: found ${JSON.stringify(eleven)}, allowed: a list of 1 to 10 entries`],
    ],
    [instances(first, first), [`target.instanceIds[1]: found "${first}", allowed: each instance once`]],
    [
      instances("web-1"),
      [`target.instanceIds[0]: found "web-1", allowed: an instance's id such as "i-0123456789abcdef0"`],
    ],
    [
      { kind: "auto-scaling-group", name: "" } as const,
      [
        `target.name: found "", allowed: an Auto Scaling group's name: 1 to 255 printable characters, no colon`,
      ],
    ],
    [
      { kind: "auto-scaling-group", name: "a:b" } as const,
      [
        `target.name: found "a:b", allowed: an Auto Scaling group's name: 1 to 255 printable characters, no colon`,
      ],
    ],
  ])("refuses %j", (target, problems) => {
    expect(problemsOf(target)).toEqual(problems);
  });
});
