import { GrafanaProvider } from "@cdktf/provider-grafana/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DashboardFolder } from "../constructs/grafana/dashboard-folder";
import { PrometheusDataSource } from "../constructs/grafana/prometheus-data-source";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { serviceHealth } from "../dashboards/service-health";
import type { Environment } from "../environments";
import type { DockerStack } from "./docker-stack";
import { grafanaAdminPassword } from "./secrets";
import { useStateBackend } from "./state-backend";

/** What people see in Grafana: data sources, folders and dashboards. */
export class GrafanaStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment, docker: DockerStack) {
    super(scope, `${environment.name}-grafana`);
    const { grafana, prometheus, services } = environment;
    useStateBackend(this, environment);
    const password = sensitiveVariable(this, grafanaAdminPassword.name, grafanaAdminPassword.description);
    new GrafanaProvider(this, "grafana", {
      url: grafana.url,
      auth: `admin:${password.stringValue}`,
      // A Grafana that does not answer is reported after 10 s.
      retries: 5,
      retryWait: 2,
    });

    new PrometheusDataSource(this, "prometheus", {
      uid: "prometheus",
      name: "Prometheus",
      url: docker.prometheus.url,
      scrapeInterval: prometheus.scrapeInterval,
      isDefault: true,
    });
    const settings = {
      services: services.map(({ name }) => name),
      timezone: grafana.timezone,
      refresh: grafana.refresh,
    };
    new DashboardFolder(this, "services", {
      uid: "services",
      title: "Services",
      dashboards: [serviceHealth(settings)],
    });
    for (const [uid, title] of [
      ["platform", "Platform"],
      ["business", "Business"],
    ] as const) {
      new DashboardFolder(this, uid, { uid, title, dashboards: [] });
    }
  }
}
