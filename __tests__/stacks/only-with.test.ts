import { managedWith } from "../support/environments/managed-agents";
import { loadEnvironments } from "../support/environments";
import type { Environment } from "../../environments";
import { isAlert } from "../../alerts/rule";
import { entriesOf } from "../../metrics/catalogue";
import { standard } from "../../metrics/standard";
import { dashboardFoldersOf, rulesOf } from "../../stacks/system";

const [local] = loadEnvironments("local");
if (local === undefined) throw new Error("There is no environment local.");

const remoteWrite = [{ name: "elsewhere", url: "https://elsewhere.example.com/write" }];
const sending: Environment = { ...local, prometheus: { ...local.prometheus, remoteWrite } };
const two: Environment = { ...local, alerting: { ...local.alerting, replicas: 2 } };

function alertsOf(environment: Environment): readonly string[] {
  const rules = Object.values(rulesOf(environment)).flatMap((groups) =>
    groups.flatMap((group) => group.rules),
  );
  return rules.filter(isAlert).map(({ alert }) => alert);
}

function titlesOf(environment: Environment): readonly string[] {
  const dashboards = dashboardFoldersOf(environment).flatMap((folder) => folder.dashboards);
  const monitoring = dashboards.find(({ uid }) => uid === "monitoring");
  return monitoring?.panels?.map(({ title }) => title ?? "") ?? [];
}

/** What one has and the other has not. */
function added(of: (environment: Environment) => readonly string[], environment: Environment): string[] {
  return of(environment).filter((name) => !of(local as Environment).includes(name));
}

describe("what is exported only with something", () => {
  it("is read where samples are sent elsewhere, and nowhere else", () => {
    expect(added(alertsOf, sending).sort()).toEqual(["RemoteWriteBehind", "RemoteWriteFailing"]);
    expect(added(titlesOf, sending)).toEqual([
      "Samples sent elsewhere",
      "Lag of sent samples",
      "Sent samples",
      "Connections for samples",
    ]);
  });

  it("is read where there is a second Alertmanager, and nowhere else", () => {
    expect(added(alertsOf, two).sort()).toEqual([
      "AlertmanagerConfigurationsDiffer",
      "AlertmanagerMembersMissing",
      "PrometheusErrorSendingAlerts",
    ]);
    expect(added(titlesOf, two)).toEqual([
      "Alertmanager's cluster",
      "Members",
      "Lost members",
      "Configurations",
    ]);
  });

  it("is read where agents write to a workspace, and nowhere else", () => {
    const agents = managedWith({ shards: 2, replicas: 1 });
    const alerts = alertsOf(agents);
    expect(alerts.filter((alert) => /^PrometheusAgent/.test(alert))).toEqual([
      ...["PrometheusAgentsSilent", "PrometheusAgentsSilent"],
      ...["PrometheusAgentLogCorrupted", "PrometheusAgentLogFailing"],
    ]);
    expect(titlesOf(agents)).toEqual(
      expect.arrayContaining([
        "Agents",
        "Series of agents",
        "Samples of agents",
        "Lag of agents",
        "Logs of agents",
      ]),
    );
    expect(alertsOf(local).filter((alert) => /^PrometheusAgent/.test(alert))).toEqual([]);
    expect(titlesOf(local)).not.toContain("Agents");
  });

  it("is not read where agents write to a workspace: what a Prometheus of one's own says of rules and storage", () => {
    const agents = managedWith({ shards: 1, replicas: 1 });
    const titles = titlesOf(agents);
    for (const gone of ["Rules and queries", "Alerts on their way", "Storage", "Alertmanager's cluster"]) {
      expect(titles).not.toContain(gone);
      if (gone !== "Alertmanager's cluster") expect(titlesOf(local)).toContain(gone);
    }
    const alerts = alertsOf(agents);
    for (const gone of [
      "PrometheusRuleFailures",
      "PrometheusWalCorrupted",
      "AlertmanagerFailedNotifications",
    ]) {
      expect(alerts).not.toContain(gone);
      expect(alertsOf(local)).toContain(gone);
    }
    expect(alerts).toEqual(expect.arrayContaining(["Watchdog", "RemoteWriteBehind", "RemoteWriteFailing"]));
  });

  it("says so in the catalogue, each of its metrics", () => {
    const named = entriesOf(standard).flatMap(({ name, onlyWith }) => (onlyWith ? [[onlyWith, name]] : []));
    expect(new Set(named.map(([need]) => need))).toEqual(
      new Set([
        ...["remote-write", "second-alertmanager", "discovered-targets"],
        ...["prometheus-server", "prometheus-agents"],
      ]),
    );
    expect(
      named.filter(
        ([, name]) =>
          !/^(alertmanager_cluster|prometheus_(remote_storage|sd_refresh|agent|rule|notifications|tsdb|engine))_/.test(
            name ?? "",
          ),
      ),
    ).toEqual([]);
  });
});
