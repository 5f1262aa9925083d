import { GrafanaProvider } from "@cdktf/provider-grafana/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AlertmanagerDataSource } from "../constructs/grafana/alertmanager-data-source";
import { CloudWatchDataSource } from "../constructs/grafana/cloudwatch-data-source";
import { DashboardFolder, type Role } from "../constructs/grafana/dashboard-folder";
import { HomeDashboard } from "../constructs/grafana/home-dashboard";
import { JaegerDataSource } from "../constructs/grafana/jaeger-data-source";
import { LokiDataSource } from "../constructs/grafana/loki-data-source";
import { PrometheusDataSource } from "../constructs/grafana/prometheus-data-source";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { linesOfSpan, traceQueries } from "../dashboards/trace-queries";
import type { Environment } from "../environments";
import { addresses } from "./addresses";
import { dataSources } from "./data-sources";
import { dashboardFoldersOf } from "./system";
import type { DockerStack } from "./docker-stack";
import { grafanaAdminPassword } from "./secrets";
import { useStateBackend } from "./state-backend";

/** The dashboard that everybody sees first. */
const home = "service-health";

/** What people see in Grafana: data sources, a folder of dashboards per audience, and what they see first. */
export class GrafanaStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment, docker: DockerStack) {
    super(scope, `${environment.name}-grafana`);
    useStateBackend(this, environment);
    const password = sensitiveVariable(this, grafanaAdminPassword.name, grafanaAdminPassword.description);
    new GrafanaProvider(this, "grafana", {
      url: environment.grafana.url,
      auth: `admin:${password.stringValue}`,
      // A Grafana that does not answer is reported within some 15 s.
      retries: 2,
      retryWait: 2,
    });
    this.addDataSources(environment, docker);
    const dashboard = this.addFolders(environment)
      .map(({ dashboards }) => dashboards.get(home))
      .find((each) => each !== undefined);
    if (!dashboard) throw new Error(`No folder has the home dashboard "${home}".`);
    new HomeDashboard(this, "home", { uid: dashboard.uid, timezone: environment.grafana.timezone });
  }

  private addDataSources({ aws, grafana, loki, prometheus }: Environment, docker: DockerStack): void {
    new PrometheusDataSource(this, "prometheus", {
      uid: dataSources.prometheus,
      name: "Prometheus",
      url: docker.prometheus.url,
      scrapeInterval: prometheus.scrapeInterval,
      isDefault: true,
      traces: dataSources.jaeger,
    });
    new JaegerDataSource(this, "jaeger", {
      uid: dataSources.jaeger,
      name: "Jaeger",
      url: `http://${addresses.jaeger}`,
      metrics: { uid: dataSources.prometheus, serviceLabel: "service", queries: traceQueries() },
      ...(loki && { lines: { uid: dataSources.loki, ...linesOfSpan() } }),
    });
    new AlertmanagerDataSource(this, "alertmanager", {
      uid: dataSources.alertmanager,
      name: "Alertmanager",
      url: `http://${addresses.alertmanager}`,
    });
    if (loki) {
      new LokiDataSource(this, "loki", {
        uid: dataSources.loki,
        name: "Loki",
        url: `http://${addresses.loki}`,
        traces: dataSources.jaeger,
      });
    }
    if (grafana.awsCredentials) {
      new CloudWatchDataSource(this, "cloudwatch", {
        uid: dataSources.cloudwatch,
        name: "CloudWatch",
        region: aws.region,
        credentials: grafana.awsCredentials,
      });
    }
  }

  private addFolders(environment: Environment): readonly DashboardFolder[] {
    const roles: Readonly<Record<string, Role | undefined>> = environment.grafana.visibleFrom;
    return dashboardFoldersOf(environment).map(
      (folder) =>
        new DashboardFolder(this, folder.uid, {
          ...folder,
          visibleFrom: roles[folder.uid],
        }),
    );
  }
}
