/** A part of the package: what belongs together and asks for the same packages of others. */
export interface Part {
  readonly title: string;
  /** Paths of its modules from the repository's root, without their ending. Only these can be imported. */
  readonly modules: readonly string[];
  /** Packages of others that whoever uses it installs besides; see `peers`. */
  readonly needs: readonly string[];
}

const framework = ["cdktf", "constructs"];
const openTelemetry = ["@opentelemetry/api", "@opentelemetry/semantic-conventions"];

/** All parts in the order of the reference. What is not named here is not promised to anybody. */
export const parts: readonly Part[] = [
  {
    title: "What all constructs share",
    needs: framework,
    modules: under("constructs", ["props-error", "sensitive-variable", "terraform-literal"]),
  },
  {
    title: "Constructs for Docker",
    needs: [...framework, "@cdktf/provider-docker"],
    modules: [
      ...under("constructs/docker", [
        ...["monitored-container", "container-options", "container-parts", "program-props", "programs"],
        ...["listening", "network-membership"],
        ...[
          "prometheus",
          "prometheus-configuration",
          "prometheus-agent",
          "prometheus-agent-configuration",
          "scrape-shard",
          "grafana",
          "grafana-logins",
          "grafana-roles",
          "jaeger",
          "edge",
          "edge-configuration",
          "oauth2-proxy",
          "oauth2-proxy-configuration",
          "loki",
          "loki-configuration",
          "node-exporter",
          "exporter",
          "exporter-program",
          "exporters",
          "blackbox-exporter",
          "blackbox-configuration",
          "cadvisor",
          "log-shipper",
          "log-shipper-configuration",
          "moto",
          "moto-server",
        ],
      ]),
      "constructs/alertmanager/alertmanager",
    ],
  },
  {
    title: "Constructs for CloudWatch",
    needs: [...framework, "@cdktf/provider-aws"],
    modules: under("constructs/cloudwatch", [
      ...[
        "alarm-topic",
        "alarm-topics",
        "alarm-topic-key",
        "alarm-routing",
        "dead-letter-queue",
        "heartbeat",
        "subscribed-topic",
        "topic-subscription",
      ],
      ...["metric", "metric-target", "group-metrics", "metric-alarm", "alarms", "alarm-kind", "alarm-kinds"],
      ...["service-log-group", "dashboard", "widgets", "host-graphs"],
      ...["read-policy", "log-write-policy", "instance-read-policy"],
      ...["aws-connection", "aws-account"],
    ]),
  },
  {
    title: "Constructs for Amazon Managed Prometheus",
    needs: [...framework, "@cdktf/provider-aws"],
    modules: under("constructs/managed-prometheus", [
      ...["workspace", "workspace-key", "access-policy"],
      ...["alert-topic", "alert-topic-key", "chat-access", "chat-channel", "routing-key"],
    ]),
  },
  {
    title: "Constructs for Grafana",
    needs: framework,
    modules: under("constructs/grafana", [
      ...["prometheus-data-source", "alertmanager-data-source", "jaeger-data-source"],
      ...[
        "loki-data-source",
        "cloudwatch-data-source",
        "data-source-config",
        "dashboard-folder",
        "home-dashboard",
      ],
    ]),
  },
  {
    title: "Catalogue and queries",
    needs: [],
    modules: under("metrics", [
      ...["catalogue", "define", "labels", "standard", "http", "recorded", "promql/index", "problems"],
      ...["targets", "exporters", "needs", "feed", "series", "openmetrics", "markdown", "units"],
      ...["contract/check", "contract/scrape", "contract/findings"],
      ...["contract/otlp/check", "contract/otlp/received", "contract/otlp/receiver/receiver"],
    ]),
  },
  {
    title: "Rules and whom alerts reach",
    needs: [],
    modules: under("alerts", [
      ...[
        "rule",
        "recording",
        "rare-events",
        "threshold",
        "thresholds",
        "objective",
        "objective-settings",
        "burn-alerts",
      ],
      ...["own-alerts", "rule-groups", "rule-files", "cases", "objective.cases", "all-cases", "text"],
      ...["alertmanager-configuration", "receivers/index", "receivers/receiver"],
      ...["routing/routes", "routing/time-intervals", "routing/inhibitions", "routing/page-once"],
      ...["routing/problems", "routing/group-interval", "notifications/template-file"],
    ]),
  },
  {
    title: "Linter of rules",
    needs: [],
    modules: under("alerts/lint", ["lint", "read-rules", "rule", "checks/index", "summary"]),
  },
  {
    title: "Dashboards",
    needs: [],
    modules: under("dashboards", [
      ...[
        "index",
        "dashboard",
        "panels",
        "log-panels",
        "logql",
        "panel-options",
        "variables",
        "guards",
        "highest",
        "palette",
        "settings",
      ],
      ...["own-dashboards", "trace-links", "trace-queries"],
    ]),
  },
  {
    title: "Linter of dashboards",
    needs: [],
    modules: under("dashboards/lint", ["lint", "dashboard", "classic", "rule", "series"]),
  },
  {
    title: "Instrumentation on Fastify",
    needs: ["fastify", ...openTelemetry],
    modules: under("services/instrumentation", ["fastify", "index"]),
  },
  {
    title: "Instrumentation on Express",
    needs: ["express", ...openTelemetry],
    modules: ["services/instrumentation/express"],
  },
  {
    title: "Instrumentation on node:http",
    needs: openTelemetry,
    modules: ["services/instrumentation/http"],
  },
];

/** What the instrumentation needs besides, where the environment names a collector of traces. */
export const neededForTraces: readonly string[] = [
  "@opentelemetry/otlp-exporter-base",
  "@opentelemetry/otlp-transformer",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace-node",
];

/** Paths of all modules that can be imported. */
export const entryPoints: readonly string[] = parts.flatMap(({ modules }) => modules);

/** What stands behind the package's name in an import of a module. */
export function subpathOf(module: string): string {
  return module.replace(/\/index$/, "");
}

function under(folder: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${folder}/${name}`);
}
