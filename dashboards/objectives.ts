import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { budgetBurnAlerts, objectiveQueries, type ObjectiveName } from "../metrics/objectives";
import { and, anyOf, count, gt, gte, max, min, ratio, select, sub, variable } from "../metrics/promql";
import { dashboard, dashboards, type Row } from "./dashboard";
import { orZero } from "./guards";
import { serviceColors } from "./palette";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { serviceChoice, serviceVariable } from "./variables";

const service = variable(serviceVariable);
const queries = objectiveQueries({ service });
const legend = "{{service}} {{objective}}";

/** The alerts of error budgets that burn. */
function burning(settings: DashboardSettings) {
  return { alertname: anyOf(...budgetBurnAlerts, ...settings.ownBurns), service } as const;
}

/** What the services promise: whether they keep it, what is left of their error budgets, and how fast it burns. */
export function objectives(settings: DashboardSettings): Dashboard {
  return dashboard({
    uid: "objectives",
    title: dashboards.objectives,
    description: "Whether the services keep what they promise, and how long their error budgets last.",
    settings,
    variables: [serviceChoice(settings.services)],
    alerts: burning(settings),
    since: "6h",
    rows: [first(settings), budgetRow(settings), burnRow(settings), pageRow(settings)],
  });
}

function first(settings: DashboardSettings): Row {
  const [fastest] = settings.burnAlerts;
  if (!fastest) throw new Error("There is no burn-rate alert.");
  const { good, target, budgetLeft, burnRate } = queries;
  const kept = count(gte(sub(good, target), 0));
  return {
    panels: [
      statPanel({
        title: "Objectives kept",
        description:
          "Share of the objectives with requests whose ratio over the whole window is at least what is promised.",
        unit: "percentunit",
        span: 6,
        queries: { kept: ratio(orZero(kept, count(good)), count(good)) },
        limits: { bad: "below", critical: 1 },
        noValue: "No requests",
      }),
      statPanel({
        title: "Least budget left",
        description:
          "The least share of an error budget that is left: 100 % untouched, 0 % used up, below it the promise is broken.",
        unit: "percentunit",
        span: 6,
        queries: { left: min(budgetLeft) },
        limits: { bad: "below", warning: 0.25, critical: 0 },
        noValue: "No requests",
      }),
      statPanel({
        title: `Fastest burn over ${fastest.long}`,
        description: `How many times as fast as allowed the worst objective used up its budget over the last ${fastest.long}.`,
        unit: "suffix:×",
        span: 6,
        queries: { burn: max(burnRate(fastest.long)) },
        limits: { warning: 1 },
        noValue: "No requests",
      }),
      statPanel({
        title: "Burn-rate alerts firing",
        description: "Alerts of objectives of the chosen services that fire now.",
        unit: "none",
        span: 6,
        queries: {
          alerts: orZero(
            count(select("ALERTS", { alertstate: "firing", ...burning(settings) })),
            count(target),
          ),
        },
        limits: { warning: 1 },
      }),
    ],
  };
}

/** What is shown of an objective. */
interface Shown {
  /** A heading. */
  readonly name: string;
  readonly events: string;
  /** What became of the good ones. */
  readonly good: string;
}

const promises: Readonly<Record<ObjectiveName, Shown>> = {
  availability: { name: "Availability", events: "requests", good: "not answered with 500 or above" },
  latency: { name: "Response time", events: "requests", good: "answered in time and not with 500 or above" },
  reachability: { name: "Reachability", events: "probes", good: "that succeeded" },
};

/** The objectives that services have. */
const shownObjectives = Object.keys(promises) as readonly ObjectiveName[];

function budgetRow(settings: DashboardSettings): Row {
  const colors = serviceColors(settings.services);
  return {
    title: "Promised and kept",
    panels: shownObjectives.flatMap((objective) => {
      const { name, events, good } = promises[objective];
      const own = objectiveQueries({ service, objective });
      return [
        timeseriesPanel({
          title: `${name}: budget left`,
          description: `Share of the error budget of ${events} ${good} that is left over the whole window. Below 0 % the promise is broken.`,
          unit: "percentunit",
          min: "data",
          queries: { "{{service}}": own.budgetLeft },
          limits: { bad: "below", critical: 0 },
          colors,
        }),
        timeseriesPanel({
          title: `${name}: good ${events}`,
          description: `Share of the ${events} ${good} over the whole window. Dashed: what is promised.`,
          unit: "percentunit",
          min: "data",
          worst: "least",
          queries: { "{{service}}": own.good },
          dashed: { "{{service}}: promised": own.target },
          dashedInLegend: false,
          colors,
        }),
      ];
    }),
  };
}

/** A graph for each length of time that an alert looks at, with the factor from which on it does. */
function burnRow({ burnAlerts }: DashboardSettings): Row {
  return {
    title: "Burn rates",
    panels: burnAlerts.map(({ long, factor, severity }) =>
      timeseriesPanel({
        title: `Burn rate over ${long}`,
        description:
          `How many times as fast as allowed each budget was used over ${long}; at 1 it lasts exactly for the window. ` +
          "Dashed: where the alert looks.",
        unit: "suffix:×",
        queries: { [legend]: queries.burnRate(long) },
        limits: { [severity]: factor },
      }),
    ),
  };
}

function pageRow({ burnAlerts }: DashboardSettings): Row {
  return {
    title: "Alerts that would fire",
    panels: burnAlerts.map(({ long, short, factor, severity }) => {
      const isAbove = and(gt(queries.burnRate(long), factor), gt(queries.burnRate(short), factor));
      return statPanel({
        title: `${severity === "critical" ? "Page" : "Ticket"}: ${long} and ${short}`,
        description:
          `Objectives whose budget burned more than ${String(factor)} times too fast over both ${long} and ${short}: ` +
          `the condition of the ${severity} alert, before it has held for long enough.`,
        unit: "none",
        span: 6,
        queries: { objectives: orZero(count(isAbove), count(queries.target)) },
        limits: { [severity]: 1 },
      });
    }),
  };
}
