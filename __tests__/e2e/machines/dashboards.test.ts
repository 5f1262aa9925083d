import type { Dashboard as DashboardJson } from "@grafana/grafana-foundation-sdk/dashboard";
import { isAlert } from "../../../alerts/rule";
import { infrastructureOverview } from "../../../dashboards/infrastructure-overview";
import { dashboardOf } from "../../../dashboards/lint/dashboard";
import { machine } from "../../../dashboards/machine";
import { dashboardSettings } from "../../support/dashboard-settings";
import { answersOf, targetsOf, type AnsweredSeries } from "../../support/grafana-queries";
import { machineName } from "../../support/machines-history";
import { MachinesPrometheus, realExposition, type QueryCost } from "../../support/machines-prometheus";
import { nodeExporterProgram, prometheusProgram, promtool } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { ruleGroups, ruleSettings } from "../../support/rule-settings";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(900_000);

const step = 60;
const hours = 6;
const many = 200;
/** Prometheus's own default. */
const maxSamples = 50_000_000;
/** More lines than that nobody tells apart. */
const mostSeries = 20;

const dashboards = [infrastructureOverview, machine].map((make) => {
  const json = JSON.parse(JSON.stringify(make(dashboardSettings()))) as DashboardJson;
  return dashboardOf(json);
});
const rules = (ruleGroups(ruleSettings)["hosts.yml"] ?? []).flatMap((group) =>
  group.rules.map((rule) => ({
    name: isAlert(rule) ? `${rule.alert}, ${rule.severity}` : rule.record,
    expr: rule.expr.toString(),
  })),
);
const texts = [...dashboards.flatMap(targetsOf), ...rules].map(({ expr }) => expr);
const asked = new Set(texts.flatMap((text) => text.match(/\bnode_\w+/g) ?? []));

/** A query with what it gave and cost. */
interface Measured {
  readonly name: string;
  readonly answer: readonly AnsweredSeries[];
  readonly cost: QueryCost;
}

const secondsOf = (all: readonly Measured[]) => all.reduce((sum, { cost }) => sum + cost.seconds, 0);

describeWith([promtool, prometheusProgram, nodeExporterProgram], "what is asked of machines", () => {
  const folder = temporaryFolder();
  const running: MachinesPrometheus[] = [];
  const measured = new Map<number, Readonly<Record<"overview" | "page" | "rules", readonly Measured[]>>>();

  beforeAll(async () => {
    const to = Math.floor(Date.now() / 60_000) * 60;
    const span = { from: to - hours * 3600, to };
    const exposition = await realExposition();
    for (const machines of [1, many]) {
      const prometheus = await MachinesPrometheus.start(
        `${folder()}/${String(machines)}`,
        exposition,
        asked,
        {
          machines,
          span,
          step,
        },
      );
      running.push(prometheus);
      const view = { ...span, step, scrapeInterval: step };
      // The first time warms the caches.
      for (let round = 0; round < 2; round += 1) {
        const [overview = [], page = []] = await inTurn(dashboards, async (dashboard) => {
          prometheus.costs.length = 0;
          const one = { instance: [machineName(0)] };
          const answers = await answersOf(
            dashboard,
            prometheus,
            view,
            dashboard.uid === "machine" ? one : "all",
          );
          return withCosts(answers, prometheus);
        });
        prometheus.costs.length = 0;
        const given = await inTurn(rules, async ({ name, expr }) => {
          const query = new URLSearchParams({ query: expr, time: String(to) }).toString();
          const { result } = await prometheus.get<{ result: { metric: Record<string, string> }[] }>(
            `/api/v1/query?${query}`,
          );
          return { name, answer: result.map(({ metric }) => ({ metric, samples: [] })) };
        });
        measured.set(machines, { overview, page, rules: withCosts(given, prometheus) });
      }
    }
    report(measured, running);
  });

  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop()));
  });

  const of = (machines: number) => measured.get(machines) ?? { overview: [], page: [], rules: [] };

  it.each([1, many])(
    "of %d: no query needs more than a tenth of the samples that it may load",
    (machines) => {
      const { overview, page, rules: ofRules } = of(machines);
      const all = [...overview, ...page, ...ofRules];
      expect(all.length).toBeGreaterThan(50);
      const greedy = all.filter(({ cost }) => !(cost.peakSamples <= maxSamples / 10));
      expect(greedy.map(({ name, cost }) => [name, cost.peakSamples])).toEqual([]);
    },
  );

  it.each([1, many])("of %d: no panel has more series than one tells apart", (machines) => {
    const { overview, page } = of(machines);
    const tooMany = [...overview, ...page].filter(({ answer }) => answer.length > mostSeries);
    expect(tooMany.map(({ name, answer }) => [name, answer.length])).toEqual([]);
  });

  it("of 200: the ten fullest are drawn at each point, none in pieces", () => {
    const { overview } = of(many);
    for (const name of ["CPU: A", "Memory: A", "Load per core: A"]) {
      const lines = overview.find((each) => each.name === name)?.answer ?? [];
      expect([name, lines.length]).toEqual([name, 10]);
      const lengths = new Set(lines.map(({ samples }) => samples.length));
      expect([name, lengths.size]).toEqual([name, 1]);
    }
  });

  it.each([
    [1, 1, 0],
    [many, many, 1],
  ])("of %d: the overview counts %d machines, %d of them down", (machines, servers, down) => {
    const value = (name: string) =>
      of(machines)
        .overview.find((each) => each.name === name)
        ?.answer[0]?.samples.at(-1)?.value;
    expect([value("Total servers: A"), value("Total servers: B")]).toEqual([servers, down]);
  });

  it("of 200: HostDown names the one that is gone", () => {
    const found = of(many).rules.find(({ name }) => name === "HostDown, critical")?.answer ?? [];
    expect(found.map(({ metric }) => metric.instance)).toEqual([machineName(many - 1)]);
  });

  it("of 200: the page of one machine shows it alone", () => {
    const instances = of(many).page.flatMap(({ answer }) =>
      answer.flatMap(({ metric }) => metric.instance ?? []),
    );
    expect(instances.length).toBeGreaterThan(20);
    expect([...new Set(instances)]).toEqual([machineName(0)]);
  });
});

/** The queries of answers, each with its cost: the last ones that Prometheus was asked. */
function withCosts<T extends { readonly name: string; readonly answer: readonly AnsweredSeries[] }>(
  all: readonly T[],
  { costs }: MachinesPrometheus,
): readonly Measured[] {
  return all.map(({ name, answer }, index) => ({
    name,
    answer,
    cost: costs[costs.length - all.length + index] ?? { seconds: NaN, peakSamples: NaN },
  }));
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}

function report(
  all: ReadonlyMap<number, Readonly<Record<"overview" | "page" | "rules", readonly Measured[]>>>,
  running: readonly MachinesPrometheus[],
): void {
  const [one, other] = [all.get(1), all.get(many)];
  if (one === undefined || other === undefined) return;
  const lines = [`samples: ${running.map(({ samples }) => String(samples)).join(" and ")}`];
  for (const what of ["overview", "page", "rules"] as const) {
    const [few, more] = [secondsOf(one[what]), secondsOf(other[what])];
    const slowest = [...other[what]].sort((a, b) => b.cost.seconds - a.cost.seconds)[0];
    lines.push(
      `${what}: 1 machine ${few.toFixed(3)} s, ${String(many)} machines ${more.toFixed(3)} s, ` +
        `${(more / few).toFixed(1)} times; slowest ${slowest?.name ?? ""} ${(slowest?.cost.seconds ?? NaN).toFixed(3)} s, ` +
        `most samples ${String(Math.max(...other[what].map(({ cost }) => cost.peakSamples)))}`,
    );
  }
  process.stderr.write(`${lines.join("\n")}\n`);
}
