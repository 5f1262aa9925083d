import { Dashboard, type DashboardProps } from "../../../constructs/cloudwatch/dashboard";
import { type HostGraphProps, networkGraph } from "../../../constructs/cloudwatch/host-graphs";
import { highCpu } from "../../../constructs/cloudwatch/kinds/high-cpu";
import { lowDisk } from "../../../constructs/cloudwatch/kinds/low-disk";
import { lowMemory } from "../../../constructs/cloudwatch/kinds/low-memory";
import { statusCheckFailed } from "../../../constructs/cloudwatch/kinds/status-check-failed";
import type { GraphWidget, LogLinesWidget, Widget } from "../../../constructs/cloudwatch/widgets";
import { renderWidget } from "../../../constructs/cloudwatch/widgets";
import { parsed } from "../../support/template";
import { alarmProps, instance, messageOf, synth } from "./support";

const graph: GraphWidget = {
  kind: "graph",
  title: "Queue",
  metrics: [
    { kind: "metric", namespace: "Shop", metricName: "length", dimensions: { Queue: "a" }, label: "a" },
    { kind: "insights", query: "SELECT AVG(length) FROM Shop GROUP BY Queue", label: "all" },
  ],
  statistic: "Maximum",
  periodSeconds: 60,
  unit: "messages",
  width: 10,
  height: 4,
};
const lines: LogLinesWidget = {
  kind: "log-lines",
  title: "Lines",
  logGroupName: "/shop",
  lines: 50,
  width: 24,
  height: 5,
};
const alarms: Widget = { kind: "alarm-status", title: "Alarms", alarmArns: ["arn:a"], width: 14, height: 6 };

function dashboard(change: Partial<DashboardProps>) {
  return synth((stack) => {
    new Dashboard(stack, "board", { name: "shop", region: "eu-west-1", rows: [[graph]], ...change });
  }).resource("aws_cloudwatch_dashboard");
}

describe("Dashboard", () => {
  it("lays widgets out by rows, each row below the highest widget of the one above", () => {
    const body = parsed(dashboard({ rows: [[graph, alarms], [lines], [graph]] }), "dashboard_body");
    expect(body).toMatchObject({
      start: "-PT3H",
      periodOverride: "inherit",
      widgets: [
        { type: "metric", x: 0, y: 0, width: 10, height: 4 },
        { type: "alarm", x: 10, y: 0, width: 14, height: 6 },
        { type: "log", x: 0, y: 6, width: 24, height: 5 },
        { type: "metric", x: 0, y: 11, width: 10, height: 4 },
      ],
    });
  });

  it("gives every widget the region", () => {
    const { widgets } = parsed(dashboard({ rows: [[graph, alarms], [lines]] }), "dashboard_body") as {
      widgets: { properties: { region: string } }[];
    };
    expect(widgets.map(({ properties }) => properties.region)).toEqual([
      "eu-west-1",
      "eu-west-1",
      "eu-west-1",
    ]);
  });

  it.each<[Partial<DashboardProps>, string]>([
    [{ name: "a board" }, 'name: found "a board", allowed: 1 to 255 letters, digits, - and _'],
    [{ name: "n".repeat(256) }, "name: found "],
    [{ start: "3h" }, 'start: found "3h", allowed: a negative duration such as "-PT3H"'],
    [{ rows: [] }, "rows: found 0, allowed: 1 to 500 widgets"],
    [{ rows: [[graph], []] }, "rows[1]: found [], allowed: at least one widget"],
    [{ rows: [[graph, graph, graph]] }, "rows[0]: found 30, allowed: a width of 24 columns together"],
    [{ rows: [[{ ...graph, width: 0 }]] }, "rows[0][0].width: found 0, allowed: a whole number from 1 to 24"],
    [{ rows: [[{ ...graph, height: 1.5 }]] }, "rows[0][0].height: found 1.5, allowed: a whole number"],
    [{ rows: [[{ ...graph, metrics: [] }]] }, "rows[0][0].metrics: found 0, allowed: 1 to 500 metrics"],
    [{ rows: [[{ ...graph, periodSeconds: 7 }]] }, "rows[0][0].periodSeconds: found 7, allowed: 1, 5, 10"],
    [{ rows: [[{ ...alarms, alarmArns: [] }]] }, "rows[0][0].alarmArns: found 0, allowed: 1 to 100 alarms"],
    [{ rows: [[{ ...lines, lines: 0 }]] }, "rows[0][0].lines: found 0, allowed: a whole number from 1 to"],
    [{ rows: [[{ ...lines, logGroupName: "x'" }]] }, "rows[0][0].logGroupName: found "],
    [{ rows: [Array.from({ length: 501 }, () => graph)] }, "rows: found 501, allowed: 1 to 500 widgets"],
  ])("refuses %j", (change, problem) => {
    const props = { name: "shop", region: "eu-west-1", rows: [[graph]], ...change };
    expect(messageOf((stack) => void new Dashboard(stack, "board", props))).toContain(problem);
  });
});

describe("renderWidget", () => {
  it("draws stored metrics and queries with the graph's period and statistic", () => {
    expect(renderWidget(graph, "eu-west-1")).toEqual({
      type: "metric",
      properties: {
        title: "Queue",
        region: "eu-west-1",
        view: "timeSeries",
        stacked: false,
        stat: "Maximum",
        period: 60,
        metrics: [
          ["Shop", "length", "Queue", "a", { label: "a" }],
          [{ id: "q2", expression: "SELECT AVG(length) FROM Shop GROUP BY Queue", period: 60, label: "all" }],
        ],
        yAxis: { left: { min: 0, label: "messages", showUnits: false } },
      },
    });
  });

  it("draws thresholds in the colour of their severity", () => {
    const thresholds = [
      { label: "bad", value: 9, fill: "above", severity: "critical" },
      { label: "low", value: 1, fill: "below", severity: "warning" },
    ] as const;
    expect(renderWidget({ ...graph, thresholds }, "eu-west-1")).toMatchObject({
      properties: {
        annotations: {
          horizontal: [
            { label: "bad", value: 9, fill: "above", color: "#d62728" },
            { label: "low", value: 1, fill: "below", color: "#ff7f0e" },
          ],
        },
      },
    });
  });

  it("asks a log group by name for its latest lines", () => {
    expect(renderWidget(lines, "eu-west-1")).toEqual({
      type: "log",
      properties: {
        title: "Lines",
        region: "eu-west-1",
        view: "table",
        query: "SOURCE '/shop' | fields @timestamp, @logStream, @message | sort @timestamp desc | limit 50",
      },
    });
  });
});

describe("host graphs", () => {
  const props: HostGraphProps = {
    target: { kind: "instances", instanceIds: [instance] },
    width: 12,
    height: 6,
    periodSeconds: 120,
  };
  const thresholds = [{ label: "high", value: 80, fill: "above", severity: "warning" }] as const;
  const ofAlarm = { ...alarmProps, ...props, thresholds, diskUsedPercent: 80, memoryUsedPercent: 80 };

  it("draw CPU in percent, Average, at the pace of basic monitoring, and the network beside it", () => {
    const [cpu, network] = highCpu.graphs({ ...ofAlarm, thresholdPercent: 80, detailedMonitoring: true });
    expect(network).toMatchObject({ title: "Network in and out", periodSeconds: 300, thresholds: [] });
    expect(cpu).toMatchObject({
      title: "CPU utilisation",
      metrics: [{ namespace: "AWS/EC2", metricName: "CPUUtilization", dimensions: { InstanceId: instance } }],
      statistic: "Average",
      periodSeconds: 300,
      max: 100,
      thresholds,
    });
  });

  it("draw network in and out in bytes, Average", () => {
    expect(networkGraph({ ...props, periodSeconds: 300 })).toMatchObject({
      metrics: [
        { metricName: "NetworkIn", label: `in ${instance}` },
        { metricName: "NetworkOut", label: `out ${instance}` },
      ],
      statistic: "Average",
      periodSeconds: 300,
      unit: "bytes",
    });
  });

  it.each([
    ["status checks", statusCheckFailed.graphs(ofAlarm), "AWS/EC2", "StatusCheckFailed"],
    ["disks", lowDisk.graphs(ofAlarm), "CWAgent", "disk_used_percent"],
    ["memory", lowMemory.graphs({ ...ofAlarm, namespace: "Shop/Hosts" }), "Shop/Hosts", "mem_used_percent"],
  ])("draw %s at their highest", (_what, widgets, namespace, metricName) => {
    const periodSeconds = 120;
    expect(widgets).toMatchObject([
      { metrics: [{ namespace, metricName }], statistic: "Maximum", periodSeconds, thresholds },
    ]);
  });

  it("say that they show a part of a fleet", () => {
    const widget = networkGraph({ ...props, target: { kind: "fleet" } });
    expect(widget.title).toBe("Network in and out, 20 highest instances");
    expect(widget.metrics).toMatchObject([
      { query: expectQuery("NetworkIn"), label: "in" },
      { query: expectQuery("NetworkOut"), label: "out" },
    ]);
  });

  function expectQuery(metric: string): string {
    return `SELECT AVG(${metric}) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId ORDER BY AVG() DESC LIMIT 20`;
  }
});
