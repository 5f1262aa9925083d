import type { Dashboard as DashboardJson } from "@grafana/grafana-foundation-sdk/dashboard";
import { isAlert } from "../../alerts/rule";
import { infrastructureOverview } from "../../dashboards/infrastructure-overview";
import { dashboardOf } from "../../dashboards/lint/dashboard";
import { machine } from "../../dashboards/machine";
import { dashboardSettings } from "./dashboard-settings";
import { answersOf, targetsOf, type AnsweredSeries } from "./grafana-queries";
import { machineName } from "./machines-history";
import { MachinesPrometheus, type QueryCost } from "./machines-prometheus";
import { ruleGroups, ruleSettings } from "./rule-settings";

/** Time between two scrapes, and between two points of a graph, in seconds. */
const step = 60;
const hours = 6;

const dashboards = [infrastructureOverview, machine].map((make) =>
  dashboardOf(JSON.parse(JSON.stringify(make(dashboardSettings()))) as DashboardJson),
);
const rules = (ruleGroups(ruleSettings)["hosts.yml"] ?? []).flatMap((group) =>
  group.rules.map((rule) => ({
    name: isAlert(rule) ? `${rule.alert}, ${rule.severity}` : rule.record,
    expr: rule.expr.toString(),
  })),
);
const texts = [...dashboards.flatMap(targetsOf), ...rules].map(({ expr }) => expr);
const metrics = new Set(texts.flatMap((text) => text.match(/\bnode_\w+/g) ?? []));

/** A query with what it gave and cost. */
export interface Measured {
  readonly name: string;
  readonly answer: readonly AnsweredSeries[];
  readonly cost: QueryCost;
}

/** All that is asked of machines: by the page of all, by that of one, and by the rules. */
export type AskedOfMachines = Readonly<Record<"overview" | "page" | "rules", readonly Measured[]>>;

/** Writes six hours of so many machines below a folder, and starts a Prometheus on them. */
export function startMachines(
  folder: string,
  exposition: string,
  machines: number,
): Promise<MachinesPrometheus> {
  const to = Math.floor(Date.now() / 60_000) * 60;
  const span = { from: to - hours * 3600, to };
  return MachinesPrometheus.start(folder, exposition, metrics, { machines, span, step });
}

/** Asks all that is asked of machines, once. */
export async function askedOf(prometheus: MachinesPrometheus): Promise<AskedOfMachines> {
  const view = { ...prometheus.span, step, scrapeInterval: step };
  const shown: Measured[][] = [];
  for (const dashboard of dashboards) {
    const one = { instance: [machineName(0)] };
    const answers = await answersOf(dashboard, prometheus, view, dashboard.uid === "machine" ? one : "all");
    shown.push(withCosts(answers, prometheus));
  }
  const given = [];
  for (const { name, expr } of rules) {
    const query = new URLSearchParams({ query: expr, time: String(view.to) }).toString();
    const { result } = await prometheus.get<{ result: { metric: Record<string, string> }[] }>(
      `/api/v1/query?${query}`,
    );
    given.push({ name, answer: result.map(({ metric }) => ({ metric, samples: [] })) });
  }
  const [overview = [], page = []] = shown;
  return { overview, page, rules: withCosts(given, prometheus) };
}

/** The queries of answers, each with its cost: the last ones that Prometheus was asked. */
function withCosts(
  all: readonly Pick<Measured, "name" | "answer">[],
  { costs }: MachinesPrometheus,
): Measured[] {
  const last = costs.slice(-all.length);
  return all.map(({ name, answer }, index) => ({
    name,
    answer,
    cost: last[index] ?? { seconds: NaN, peakSamples: NaN },
  }));
}
