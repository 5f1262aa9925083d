import { isAlert } from "../alerts/rule";
import {
  type AnyAlarmKind,
  isOfAgent,
  isOfLines,
  isOfTopics,
  isOfWorkspace,
} from "../constructs/cloudwatch/alarm-kind";
import { linesAskedBy } from "../dashboards/asked";
import { serviceVariable } from "../dashboards/variables";
import { askedAlarms } from "../environments/asked-alarms";
import { type Counted, keyOf, type Reader } from "./model";
import { ReadingIndex, type Reading, readingsOf } from "./reads";
import type { Watched } from "./watched";

const logLines = keyOf({ kind: "log lines", name: "services" });

/** What reads signals in an environment. */
export function readersOf(watched: Watched): Reader[] {
  const readings = readingsOf(watched);
  const index = new ReadingIndex(readings);
  const readsOf = (some: readonly Reading[]) => jobsRead(watched, index, some);
  const files = Object.entries(watched.groups).map(([file, inFile]): Reader => {
    const rules = inFile.flatMap((group) => group.rules);
    const alerts = new Set(rules.filter(isAlert).map(({ alert, severity }) => `${severity} ${alert}`));
    return {
      kind: "rules",
      name: file,
      makes: `${String(rules.length - rules.filter(isAlert).length)} recorded series`,
      reads: readsOf(readings.filter(({ kind, place }) => place === file && kind !== "panel")),
      raises: counted([...alerts].map((each) => each.split(" ")[0] ?? "")),
    };
  });
  const dashboards = watched.folders.flatMap((folder) =>
    folder.dashboards.map((dashboard): Reader => {
      const { uid = "", title = uid } = dashboard;
      const own = readings.filter(
        ({ kind, place }) => place === uid && (kind === "panel" || kind === "dashboard"),
      );
      const ofLines = linesAskedBy(dashboard);
      const panels = new Set([
        ...own.flatMap(({ kind, name }) => (kind === "panel" ? [name] : [])),
        ...ofLines.map(({ panel }) => panel),
      ]);
      return {
        kind: "dashboard",
        name: title,
        makes: `${String(panels.size)} panels`,
        reads: [...readsOf(own), ...(ofLines.length > 0 ? [logLines] : [])],
        raises: {},
      };
    }),
  );
  return [...files, ...dashboards, ...dataSources(watched), ...awsReaders(watched)];
}

/** The scrape jobs whose series are read, in the end. */
function jobsRead(
  { environment, feed }: Watched,
  index: ReadingIndex,
  readings: readonly Reading[],
): readonly string[] {
  const services: readonly string[] = environment.services.map(({ name }) => name);
  const selectors = readings.flatMap(({ node }) => index.selectorsIn(node));
  const jobs = selectors.flatMap((selector) => {
    const isOfService = selector.labels.some(({ value }) => value === `$${serviceVariable}`);
    return feed.jobsOf(selector).filter((job) => !isOfService || services.includes(job));
  });
  return [...new Set(jobs)].map((name) =>
    keyOf({ kind: services.includes(name) ? "service" : "scrape job", name }),
  );
}

function dataSources({ environment }: Watched): Reader[] {
  return [
    {
      kind: "data source",
      name: "Jaeger",
      makes: "traces, and metrics beside them",
      reads: [keyOf({ kind: "spans", name: "services" })],
      raises: {},
    },
    ...(environment.loki
      ? [
          {
            kind: "data source",
            name: "Loki",
            makes: "log lines, and their traces",
            reads: [logLines],
            raises: {},
          } as const,
        ]
      : []),
    ...(environment.grafana.awsCredentials
      ? [
          {
            kind: "data source",
            name: "CloudWatch",
            makes: "metrics, alarms and log lines of AWS in Grafana",
            reads: [
              keyOf({ kind: "AWS metrics", name: "AWS/EC2" }),
              ...(environment.cloudwatch.logs ? [keyOf({ kind: "log lines", name: "services" })] : []),
            ],
            raises: {},
          } as const,
        ]
      : []),
  ];
}

function awsReaders({ environment }: Watched): Reader[] {
  const { agent, logs } = environment.cloudwatch;
  const asked = askedAlarms(environment);
  const kinds = asked.filter(({ key }, index) => asked.findIndex((other) => other.key === key) === index);
  const alarms = kinds.map(({ key, name, kind }): Reader => {
    return {
      kind: "alarm",
      name,
      makes: kind.meaning,
      reads: [isOfLines(kind) ? logLines : keyOf({ kind: "AWS metrics", name: namespaceOf(kind) })],
      raises: counted(asked.flatMap((alarm) => (alarm.key === key ? [alarm.severity] : []))),
    };
  });
  function namespaceOf(kind: AnyAlarmKind): string {
    if (isOfAgent(kind)) return agent?.namespace ?? "";
    if (isOfWorkspace(kind)) return kind.needs.includes("workspaceUsage") ? "AWS/Usage" : "AWS/Prometheus";
    return isOfTopics(kind) ? "AWS/SNS" : "AWS/EC2";
  }
  return [
    ...alarms,
    ...(logs
      ? [
          {
            kind: "widget",
            name: "Recent log lines",
            makes: "the newest lines",
            reads: [logLines],
            raises: {},
          } as const,
        ]
      : []),
  ];
}

/** How many times each of some texts is there. */
export function counted(texts: readonly string[]): Counted {
  const counts: Record<string, number> = {};
  for (const each of texts) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}
