import { deploymentOf } from "../../../operations/verify/deployment";
import { drillAlerts } from "../../../operations/verify/drill/alerts";
import { inhibitions, toldOf } from "../../../stacks/system";
import { loadEnvironments } from "../../support/environments";

const [prod, local] = ["prod", "local"].map((name) => {
  const [environment] = loadEnvironments(name);
  if (!environment) throw new Error(`The tests have no environment ${name}.`);
  return environment;
});

it("a drill has an alert for each route, which goes that way and is silenced by no other", () => {
  if (!prod) throw new Error("no prod");
  const alerts = drillAlerts(prod, "x");
  expect(alerts).toHaveLength(prod.alerting.routes.length);
  expect(new Set(alerts.map(({ labels }) => labels.alertname)).size).toBe(alerts.length);
  alerts.forEach(({ labels }, index) => {
    expect(toldOf(prod, labels)).toEqual(prod.alerting.routes[index]?.receivers);
  });
  expect(inhibitions.length).toBeGreaterThan(0);
  for (const { labels, annotations } of alerts) {
    expect(labels.alertname).toMatch(/^Drill/);
    expect(annotations.summary).toContain("drill");
  }
});

it("a deployment is reached where its environment says, or where it is told", () => {
  if (!prod || !local) throw new Error("no environments");
  expect(deploymentOf(prod).places).toEqual({
    prometheus: "https://prometheus.example.com",
    alertmanagers: ["https://alertmanager.example.com"],
    grafana: "https://grafana.example.com",
    aws: { region: "eu-central-1" },
  });
  expect(deploymentOf(local, { prometheus: "http://127.0.0.1:1" }).places).toEqual({
    prometheus: "http://127.0.0.1:1",
    alertmanagers: ["http://127.0.0.1:9093"],
    grafana: "http://127.0.0.1:3300",
    inbox: "http://127.0.0.1:8025",
    aws: { region: "us-east-1", emulatorUrl: "http://127.0.0.1:5566" },
  });
});
