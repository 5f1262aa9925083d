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
import type { AwsSignature } from "../constructs/grafana/aws-signature";
import type { Workspace } from "../constructs/managed-prometheus/workspace";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { linesOfSpan, traceQueries } from "../dashboards/trace-queries";
import type { Environment } from "../environments";
import { managedEngineOf } from "../environments/metrics-engine";
import { addresses } from "./addresses";
import { dataSources } from "./data-sources";
import { dashboardFoldersOf } from "./system";
import type { DockerStack } from "./docker-stack";
import { grafanaAdminPassword } from "./secrets";
import { useStateBackend } from "./state-backend";

/** The dashboard that everybody sees first. */
const home = "service-health";

/** Where Grafana asks for samples and alerts, and whether it signs its requests. */
interface AskedEngine {
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly signature?: AwsSignature;
}

function engineOf(
  environment: Environment,
  { prometheus }: DockerStack,
  workspace: Pick<Workspace, "endpoint" | "alertmanagerUrl"> | undefined,
): AskedEngine {
  const engine = managedEngineOf(environment);
  if (engine && workspace) {
    return {
      prometheus: workspace.endpoint,
      alertmanager: workspace.alertmanagerUrl,
      signature: { region: environment.aws.region, credentials: engine.awsCredentials },
    };
  }
  if (!prometheus) throw new Error(`Grafana of ${environment.name} needs the workspace that it asks.`);
  return { prometheus: prometheus.url, alertmanager: `http://${addresses.alertmanager}` };
}

/** What people see in Grafana: data sources, a folder of dashboards per audience, and what they see first. */
export class GrafanaStack extends TerraformStack {
  constructor(
    scope: Construct,
    environment: Environment,
    docker: DockerStack,
    workspace?: Pick<Workspace, "endpoint" | "alertmanagerUrl">,
  ) {
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
    this.addDataSources(environment, engineOf(environment, docker, workspace));
    const dashboard = this.addFolders(environment)
      .map(({ dashboards }) => dashboards.get(home))
      .find((each) => each !== undefined);
    if (!dashboard) throw new Error(`No folder has the home dashboard "${home}".`);
    new HomeDashboard(this, "home", { uid: dashboard.uid, timezone: environment.grafana.timezone });
  }

  private addDataSources({ aws, grafana, loki, prometheus }: Environment, engine: AskedEngine): void {
    new PrometheusDataSource(this, "prometheus", {
      uid: dataSources.prometheus,
      name: "Prometheus",
      url: engine.prometheus,
      ...(engine.signature && { signature: engine.signature }),
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
      url: engine.alertmanager,
      ...(engine.signature && { signature: engine.signature }),
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
