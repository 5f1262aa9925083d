import { parse } from "yaml";
import { isAlert } from "../../alerts/rule";
import { blackboxFiles, probeScrapeConfigs } from "../../stacks/probes";
import { dashboardFoldersOf, rulesOf } from "../../stacks/system";
import { edited } from "../support/edit";
import { edgeEdits, withEdge } from "../support/edge-environment";
import { type Environment, parseEnvironment } from "../support/environments";
import { managed as managedInput } from "../support/environments/managed";
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

describe("pages at an edge", () => {
  const edge = parseEnvironment(withEdge(), "prod.ts");
  /** Who is asked where, and by which module. */
  const probedBy = (environment: Environment) =>
    probeScrapeConfigs(environment).flatMap(({ staticConfigs }) =>
      staticConfigs.map(({ labels = {} }) => [
        labels.service,
        labels.__param_target,
        labels.instance,
        labels.__param_module,
      ]),
    );
  const page = (service: string, url: string, module: string) => [service, url, url, module];
  const pages = {
    grafana: page("grafana", "https://grafana.example.com/", "https_200_302_5s_first"),
    prometheus: page("prometheus", "https://prometheus.example.com/", "https_401_5s_first"),
    alertmanager: page("alertmanager", "https://alertmanager.example.com/", "https_401_5s_first"),
    jaeger: page("jaeger", "https://jaeger.example.com/", "https_401_5s_first"),
  };
  const gateway = page("api-gateway", "https://api.example.com", "https_2xx_5s");

  it("are asked as services are, by who asks for the login", () => {
    expect(probedBy(edge)).toEqual([gateway, ...Object.values(pages)]);
    const [file] = blackboxFiles(edge);
    const { modules } = parse(file?.content ?? "") as {
      modules: Record<string, { http: Record<string, unknown> }>;
    };
    const answers = Object.entries(modules).map(([name, { http }]) => [
      name,
      http.valid_status_codes,
      http.follow_redirects,
      http.fail_if_not_ssl,
    ]);
    expect(answers).toEqual([
      ["https_200_302_5s_first", [200, 302], false, true],
      ["https_2xx_5s", undefined, true, true],
      ["https_401_5s_first", [401], false, true],
    ]);
  });

  it("are asked in the folder that the edge would send to", () => {
    const path = parseEnvironment(
      withEdge(["prometheus.url", "https://ops.example.com/prometheus"]),
      "prod.ts",
    );
    const url = "https://ops.example.com/prometheus/";
    expect(probedBy(path)).toContainEqual(page("prometheus", url, "https_401_5s_first"));
  });

  it("are those of a workspace's environment that the edge shows, and none where there is no edge", () => {
    const managed = parseEnvironment(edited(managedInput, ...edgeEdits()), "managed.ts");
    expect(probedBy(managed)).toEqual([gateway, pages.grafana, pages.jaeger]);
    expect(probedBy(asked)).toEqual([gateway]);
  });

  it("have alerts, of which those of services alone wake somebody as customers are kept out", () => {
    expect(alertsOf(edge).filter((alert) => !alertsOf(asked).includes(alert))).toEqual([
      "EdgeErrors warning",
      "EdgeLoginsRefused warning",
      "EdgePageFailed warning",
    ]);
    const exprOf = (environment: Environment, name: string) =>
      Object.values(rulesOf(environment))
        .flatMap((groups) => groups.flatMap((group) => group.rules))
        .filter(isAlert)
        .filter(({ alert }) => alert === name)
        .map(({ expr }) => String(expr))
        .join();
    expect(exprOf(edge, "ProbeFailed")).toContain(
      'probe_success{service!~"grafana|prometheus|alertmanager|jaeger"}',
    );
    expect(exprOf(asked, "ProbeFailed")).toContain("(probe_success)");
    const pagesAlone = parseEnvironment(withEdge(["services.0.publicUrl", undefined]), "prod.ts");
    expect(alertsOf(pagesAlone)).toEqual(
      expect.arrayContaining([
        "CertificateExpires critical",
        "CertificateExpires warning",
        "ProbeSlow warning",
      ]),
    );
    expect(alertsOf(pagesAlone)).not.toContain("ReachabilityBudgetBurn critical");
  });

  it("have panels beside the edge's, and none on the dashboard of services", () => {
    const more = titlesOf(edge).filter((title) => !titlesOf(asked).includes(title));
    expect(more).toEqual([
      "Edge",
      "Requests at the edge",
      "Errors at the edge",
      "Response time at the edge",
      "Requests in flight at the edge",
      "Refused at the edge",
      "Traffic at the edge",
      "Programs behind the edge",
      "Pages from outside",
      "Certificates at the edge end in",
      "Configuration since",
    ]);
    const pagesAlone = parseEnvironment(withEdge(["services.0.publicUrl", undefined]), "prod.ts");
    expect(titlesOf(pagesAlone)).toContain("Pages from outside");
    expect(titlesOf(pagesAlone)).not.toContain("As users see it");
  });
});
