import { parse } from "yaml";
import { isAlert } from "../../alerts/rule";
import { probeScrapeConfigs } from "../../stacks/probes";
import { dashboardFoldersOf, rulesOf } from "../../stacks/system";
import { edited } from "../support/edit";
import { type Environment, parseEnvironment } from "../support/environments";
import { prod } from "../support/environments/prod";
import { uploadedFiles } from "../support/stack-files";

const asked = parseEnvironment(prod, "prod.ts");
const unasked = parseEnvironment(
  edited(prod, ["services.0.publicUrl", undefined], ["blackboxExporter", undefined]),
  "prod.ts",
);

function alertsOf(environment: Environment): string[] {
  const rules = Object.values(rulesOf(environment)).flatMap((groups) =>
    groups.flatMap((group) => group.rules),
  );
  return [...new Set(rules.filter(isAlert).map(({ alert, severity }) => `${alert} ${severity}`))];
}

function titlesOf(environment: Environment): string[] {
  return dashboardFoldersOf(environment).flatMap(({ dashboards }) =>
    dashboards.flatMap(({ panels = [] }) => panels.map(({ title = "" }) => title)),
  );
}

it("a public URL is a target of the exporter, which is told the URL and how to ask", () => {
  expect(probeScrapeConfigs(asked)).toEqual([
    {
      jobName: "probe",
      metricsPath: "/probe",
      staticConfigs: [
        {
          targets: ["blackbox-exporter.management:9115"],
          labels: {
            service: "api-gateway",
            environment: "prod",
            instance: "https://api.example.com",
            __param_target: "https://api.example.com",
            __param_module: "https_2xx_5s",
          },
        },
      ],
    },
  ]);
  const file =
    uploadedFiles("prod", "docker", "blackbox-exporter")["/etc/blackbox_exporter/config.yml"] ?? "";
  expect(Object.keys((parse(file) as { modules: object }).modules)).toEqual(["https_2xx_5s"]);
});

it("its service has alerts of its probes, an objective of reachability, and its traffic a critical alert", () => {
  const more = alertsOf(asked).filter((alert) => !alertsOf(unasked).includes(alert));
  expect(more.sort()).toEqual([
    "CertificateExpires critical",
    "CertificateExpires warning",
    "ProbeFailed critical",
    "ProbeSlow warning",
    "ReachabilityBudgetBurn critical",
    "ReachabilityBudgetBurn warning",
    "TrafficGone critical",
  ]);
});

it("it has a row on Service Health, and graphs on Objectives, which others have not", () => {
  const more = titlesOf(asked).filter((title) => !titlesOf(unasked).includes(title));
  expect(more.sort()).toEqual([
    "As users see it",
    "Certificate ends in",
    "Probes that succeeded",
    "Reachability: budget left",
    "Reachability: good probes",
    "Response time by phase",
    "Response time from outside",
    "Status from outside",
  ]);
});

it("where samples are not kept for more than a week, nobody can tell that traffic is gone", () => {
  const forgetful = parseEnvironment(
    edited(prod, ["prometheus.retentionTime", "7d"], ["alerting.objectives", { windowDays: 7 }]),
    "prod.ts",
  );
  expect(alertsOf(asked)).toContain("TrafficGone warning");
  expect(alertsOf(forgetful).filter((alert) => alert.startsWith("TrafficGone"))).toEqual([]);
});
