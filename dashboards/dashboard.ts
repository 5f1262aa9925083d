import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkType,
  type AnnotationQuery,
  type Dashboard,
  type DashboardLink,
  type PanelBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { anyOf, type Matchers, type Query, select, unless } from "../metrics/promql";
import { refusingProblems } from "../metrics/problems";
import type { Standard } from "../metrics/standard";
import { queriesOf } from "./asked";
import { checkDashboard, checkVariables } from "./checks";
import { composed } from "./arrangement";
import { dataSource, dataSourceVariable } from "./panel-options";
import { LogQuery } from "./logql";
import { colors } from "./palette";
import type { DashboardSettings } from "./settings";
import {
  dataSourceChoice,
  lineSourceChoice,
  serviceChoice,
  serviceVariable,
  type Variable,
} from "./variables";

/**
 * Uids and titles of the dashboards that every system has, in the order of the links between them; a system's own stand
 * before those of the infrastructure. The uids stand in links that people keep.
 */
export const dashboards = {
  "service-health": "Service Health",
  objectives: "Objectives",
  "infrastructure-overview": "Infrastructure Overview",
  machine: "Machine",
  "container-metrics": "Container Metrics",
  monitoring: "The Monitoring Itself",
} as const;

/** Titles of all dashboards by uid, in the order of the links between them. */
export function titlesOf(ownTitles: DashboardSettings["ownTitles"]): Readonly<Record<string, string>> {
  const { "service-health": first, objectives: second, ...infrastructure } = dashboards;
  return { "service-health": first, objectives: second, ...ownTitles, ...infrastructure };
}

/** A row of panels. */
export interface Row {
  /** Heading; without one the panels stand at the top. */
  readonly title?: string;
  /** Whether the row is folded until its reader wants it, for what is looked at seldom. Default false. */
  readonly folded?: boolean;
  readonly panels: readonly PanelBuilder[];
}

/** What a dashboard is made of. */
export interface DashboardOptions {
  /** Stable id in URLs, at most 40 letters, digits, dashes and underscores. */
  readonly uid: string;
  readonly title: string;
  /** What it answers, in a sentence. */
  readonly description: string;
  readonly settings: DashboardSettings;
  /** What the reader can choose besides the data source. */
  readonly variables: readonly Variable[];
  /** Which alerts are marked on its graphs. Default: all of severity critical or warning. */
  readonly alerts?: Matchers<Standard, "ALERTS">;
  /** What else is marked on its graphs. Default: nothing. */
  readonly marks?: readonly AnnotationQuery[];
  /** Time shown at first, up to now. Default `1h`. */
  readonly since?: string;
  /** The first row says what matters first. */
  readonly rows: readonly Row[];
}

/**
 * A dashboard that cannot be changed in Grafana, as the code owns it.
 * @throws DefinitionError when it, one of its panels or expressions is not as its type says
 */
export function dashboard(options: DashboardOptions): Dashboard {
  return refusingProblems(() =>
    checkDashboard(options) ? built(options) : new DashboardBuilder("").build(),
  );
}

function built(options: DashboardOptions): Dashboard {
  const { uid, title, description, settings, since = "1h" } = options;
  const hasServices = options.variables.some(({ name }) => name === serviceVariable);
  // Where there is no choice of services, the one made elsewhere is kept for the links.
  const kept = hasServices ? [] : [serviceChoice(settings.services, { hidden: true })];
  const rows = options.rows.map((row) => ({
    ...row,
    panels: row.panels.map((panel) => ({ panel: panel.build(), queries: queriesOf(panel) })),
  }));
  const asked = rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => [...queries.values()]));
  const ofLines = asked.some((query) => query instanceof LogQuery) ? [lineSourceChoice()] : [];
  const variables = [dataSourceChoice(), ...ofLines, ...options.variables, ...kept];
  const marks = beginningAlerts(options.alerts);
  const frame = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(["microservices"])
    .readonly()
    .timezone(settings.timezone)
    .refresh(settings.refresh)
    .time({ from: `now-${since}`, to: "now" })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(variables.map(({ model }) => ({ build: () => model })))
    .links(links(uid, settings.ownTitles).map((link) => ({ build: () => link })))
    .annotations([alertMarks(marks), ...(options.marks ?? [])].map((mark) => ({ build: () => mark })))
    .build();
  checkVariables(
    uid,
    rows.flatMap(({ panels }) => panels.map(({ panel }) => panel)),
    variables,
  );
  return composed(frame, { rows, variables, marks });
}

/** Links to the other dashboards, with the time, the data source and the services that the reader has chosen. */
function links(from: string, ownTitles: DashboardSettings["ownTitles"]): DashboardLink[] {
  const choices = [dataSourceVariable, serviceVariable].map((name) => `\${${name}:queryparam}`).join("&");
  return Object.entries(titlesOf(ownTitles))
    .filter(([uid]) => uid !== from)
    .map(([uid, title]) => ({
      title,
      type: DashboardLinkType.Link,
      icon: "dashboard",
      tooltip: `Shows "${title}" at the same time`,
      url: `/d/${uid}?${choices}`,
      tags: [],
      asDropdown: false,
      targetBlank: false,
      includeVars: false,
      keepTime: true,
    }));
}

/** Where alerts begin to fire: as long as they fire, many at once would bury the graphs. */
function beginningAlerts(alerts: Matchers<Standard, "ALERTS"> = {}): Query {
  const firing = select("ALERTS", {
    alertstate: "firing",
    severity: anyOf("critical", "warning"),
    ...alerts,
  } as const);
  return unless(firing, firing.offset("1m"));
}

/** Marks alerts, a line each. Beyond a week Grafana asks at longer steps than a minute, and finds fewer. */
function alertMarks(query: Query): AnnotationQuery {
  return {
    name: "Alerts",
    datasource: dataSource,
    enable: true,
    iconColor: colors.critical,
    expr: query.toString(),
    titleFormat: "{{alertname}}",
    textFormat: "{{severity}} {{service}} {{instance}}",
    tagKeys: "severity,service",
    step: "60s",
  };
}
