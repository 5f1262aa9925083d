import { infrastructureOverview } from "../../dashboards/infrastructure-overview";
import { dashboardOf } from "../../dashboards/lint/dashboard";
import { lint } from "../../dashboards/lint/lint";
import type { CloudWatchPlace } from "../../dashboards/settings";
import { dashboardSettings } from "../support/dashboard-settings";
import { loadEnvironments } from "../support/environments";
import { dashboardFoldersOf } from "../../stacks/system";
import { system } from "../support/system";

interface PanelJson {
  readonly title?: string;
  readonly type: string;
  readonly datasource?: unknown;
  readonly targets?: readonly Readonly<Record<string, unknown>>[];
}

const place: CloudWatchPlace = {
  region: "eu-central-1",
  alarmNamePrefix: "shop-prod-",
  machines: { dimension: "InstanceId", values: ["i-0123456789abcdef0"] },
  logGroupName: "/shop/prod/services",
};

function made(cloudwatch?: CloudWatchPlace) {
  const text = JSON.stringify(infrastructureOverview(dashboardSettings({ cloudwatch })));
  const json = JSON.parse(text) as {
    panels: PanelJson[];
    annotations: { list: Readonly<Record<string, unknown>>[] };
    templating: { list: { name: string }[] };
  };
  const panels = json.panels.filter(({ datasource }) =>
    JSON.stringify(datasource ?? "").includes("cloudwatch"),
  );
  return { text, json, panels };
}

describe("the row from CloudWatch", () => {
  it.each<[string, CloudWatchPlace]>([
    ["of instances", place],
    ["of a group", { ...place, machines: { dimension: "AutoScalingGroupName", values: ["shop"] } }],
    ["of a fleet without lines", { region: "eu-central-1", alarmNamePrefix: "shop-dev-" }],
  ])("keeps all rules of the linter: %s", (_, cloudwatch) => {
    expect(lint(dashboardOf(JSON.parse(made(cloudwatch).text) as never), system)).toEqual([]);
  });

  it("shows CPU of the machines and the newest lines, both from the CloudWatch that the reader chose", () => {
    const datasource = { type: "cloudwatch", uid: "${cloudwatch}" };
    expect(made(place).panels).toMatchObject([
      {
        type: "timeseries",
        datasource,
        targets: [
          {
            queryMode: "Metrics",
            region: "eu-central-1",
            metricName: "CPUUtilization",
            dimensions: { InstanceId: ["i-0123456789abcdef0"] },
          },
        ],
      },
      { type: "logs", datasource, targets: [{ queryMode: "Logs", logGroupNames: ["/shop/prod/services"] }] },
    ]);
  });

  it("asks for the busiest of a fleet", () => {
    const { panels } = made({ region: "eu-central-1", alarmNamePrefix: "shop-dev-" });
    expect(panels).toMatchObject([
      {
        targets: [
          { sqlExpression: expect.stringMatching(/^SELECT AVG\(CPUUtilization\) .* LIMIT 20$/) as string },
        ],
      },
    ]);
  });

  it("marks when the environment's alarms change their states", () => {
    expect(made(place).json.annotations.list).toMatchObject([
      { name: "Alerts" },
      { name: "Alarms of AWS", prefixMatching: true, alarmNamePrefix: "shop-prod-" },
    ]);
  });

  it("is not there without CloudWatch", () => {
    expect(made().text).not.toContain("cloudwatch");
  });

  it("is where an environment has credentials, and nowhere else", () => {
    for (const name of ["staging", "prod"]) {
      const [environment] = loadEnvironments(name);
      if (!environment) throw new Error(`no environment ${name}`);
      const text = JSON.stringify(dashboardFoldersOf(environment));
      const isThere = environment.grafana.awsCredentials !== undefined;
      expect([name, text.includes("CPU, as AWS sees it")]).toEqual([name, isThere]);
    }
  });
});
