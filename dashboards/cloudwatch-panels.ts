import {
  type AnnotationQuery,
  DatasourceVariableBuilder,
  PanelBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Row } from "./dashboard";
import { colors } from "./palette";
import type { CloudWatchPlace } from "./settings";
import type { Variable } from "./variables";

/** Name of the variable that holds the CloudWatch of all panels. */
const cloudWatchVariable = "cloudwatch";

/** The CloudWatch that the reader chose. */
const cloudWatch = { type: "cloudwatch", uid: `\${${cloudWatchVariable}}` };

/** The CloudWatch to ask. */
export function cloudWatchChoice(): Variable {
  const model = new DatasourceVariableBuilder(cloudWatchVariable)
    .label("CloudWatch")
    .type("cloudwatch")
    .build();
  return { name: cloudWatchVariable, model };
}

/** The machines as AWS sees them, whether or not an exporter answers on them. */
export function cloudWatchRow(place: CloudWatchPlace): Row {
  return { title: "In AWS", panels: [cpuPanel(place), ...logPanels(place)] };
}

/**
 * Marks when the alarms change their states. Grafana's panels cannot ask CloudWatch for states: its annotations can, by the
 * beginning of the alarms' names.
 */
export function alarmMarks({ region, alarmNamePrefix }: CloudWatchPlace): AnnotationQuery {
  const query = {
    name: "Alarms of AWS",
    datasource: cloudWatch,
    enable: true,
    iconColor: colors.warning,
    queryMode: "Annotations",
    prefixMatching: true,
    alarmNamePrefix,
    actionPrefix: "",
    region,
    namespace: "",
    metricName: "",
    dimensions: {},
    statistic: "Average",
    period: "",
  };
  return query;
}

function cpuPanel({ region, machines }: CloudWatchPlace): PanelBuilder {
  return asking(
    new PanelBuilder()
      .type("timeseries")
      .title("CPU, as AWS sees it")
      .description(
        "Mean CPU utilisation of the watched machines, from CloudWatch: also of those whose exporter does not answer. Of a whole fleet, the 20 busiest.",
      )
      .unit("percent")
      .min(0)
      .max(100)
      .span(machines === undefined ? 24 : 12)
      .height(8)
      .options({
        legend: {
          showLegend: true,
          displayMode: "table",
          placement: "right",
          calcs: ["lastNotNull", "max"],
          sortBy: "Max",
          sortDesc: true,
        },
        tooltip: { mode: "multi", sort: "desc" },
      }),
    {
      queryMode: "Metrics",
      region,
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      statistic: "Average",
      period: "300",
      id: "",
      expression: "",
      matchExact: true,
      ...(machines === undefined
        ? {
            metricQueryType: query,
            metricEditorMode: code,
            sqlExpression:
              'SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId ORDER BY AVG() DESC LIMIT 20',
            label: "",
            dimensions: {},
          }
        : {
            metricQueryType: search,
            metricEditorMode: builder,
            dimensions: { [machines.dimension]: machines.values },
            label: `\${PROP('Dim.${machines.dimension}')}`,
          }),
    },
  );
}

function logPanels({ region, logGroupName }: CloudWatchPlace): readonly PanelBuilder[] {
  if (logGroupName === undefined) return [];
  return [
    asking(
      new PanelBuilder()
        .type("logs")
        .title("Newest log lines")
        .description("The newest 100 lines of all services in the log group of CloudWatch.")
        .span(12)
        .height(8)
        .options({ showTime: true, wrapLogMessage: true, sortOrder: "Descending", enableLogDetails: true }),
      {
        queryMode: "Logs",
        region,
        logGroupNames: [logGroupName],
        expression: "fields @timestamp, @logStream, @message | sort @timestamp desc | limit 100",
        statsGroups: [],
        id: "",
      },
    ),
  ];
}

/** What the plugin calls the ways in which a metric is asked for. */
const [search, query] = [0, 1];
const [builder, code] = [0, 1];

function asking(panel: PanelBuilder, target: object): PanelBuilder {
  const dataquery = {
    refId: "A",
    datasource: cloudWatch,
    ...target,
    _implementsDataqueryVariant: () => undefined,
  };
  return panel.datasource(cloudWatch).withTarget({ build: () => dataquery });
}
