import { catalogueOf } from "../../../metrics/catalogue";
import { counter, histogram, owned } from "../../../metrics/define";
import { renamingsOf } from "../../../metrics/families";
import { promqlOver, rate, subquery, sum, maxOverTime } from "../../../metrics/promql";
import type { GrafanaClient } from "../../../operations/clients/grafana-client";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { farthestReach } from "../../../operations/verify/renames/reach";
import { deployedDashboard, readersOfFormerName } from "../../../operations/verify/renames/readers";
import { isReady, type RenameState, renameStates } from "../../../operations/verify/renames/state";
import { finishCommand, obstacles, readiness } from "../../../operations/verify/renames/told";
import type { Reading } from "../../../signals/reads";
import { FakePrometheus } from "../../support/fake-prometheus";

const catalogue = catalogueOf(
  { "parcel-service": { seriesBudget: 1_000, owner: "parcels" } },
  owned({ owner: "parcels", exportedBy: ["parcel-service"] }, [
    counter("parcels_sent_total", { help: "Sent.", unit: "parcels", formerly: "sent_total" }),
    histogram("parcel_size_bytes", { help: "Size.", unit: "bytes", buckets: [1], formerly: "size_bytes" }),
  ]),
);
const [sent, size] = renamingsOf(catalogue);
if (sent === undefined || size === undefined) throw new Error("Both are being renamed.");
const { select } = promqlOver(catalogue);
const readingOf = (name: string, { node }: Pick<Reading, "node">): Reading => ({
  kind: "panel",
  name,
  place: "parcels",
  node,
});

describe("what is deployed and reads a former name alone", () => {
  const reads = (query: string) => readersOfFormerName([{ name: "it", queries: [query] }], size).length > 0;

  it.each([
    ["rate(size_bytes_bucket[5m])", true],
    ["rate(size_bytes_bucket[5m]) or rate(parcel_size_bytes_bucket[5m])", false],
    ["rate(size_bytes_bucket[5m]) or rate(parcel_size_bytes_count[5m])", true],
    ["rate(parcel_size_bytes_bucket[5m])", false],
    ["my_size_bytes_bucket", false],
    ["service:size_bytes_bucket:rate5m", false],
    ['label_values({__name__=~"parcel_size_bytes_sum|size_bytes_sum"}, instance)', false],
  ])("%s: %s", (query, expected) => {
    expect(reads(query)).toBe(expected);
  });

  it("is found in all that a dashboard asks", () => {
    const targets = [{ expr: "sum(rate(sent_total[$__rate_interval]))" }];
    const models = [
      { panels: [{ targets }] },
      { panels: [{ type: "row", panels: [{ targets }] }] },
      { templating: { list: [{ query: { query: "label_values(sent_total, by)" } }] } },
      { annotations: { list: [{ expr: "changes(sent_total[1m])" }] } },
    ];
    for (const model of models) {
      expect(readersOfFormerName([deployedDashboard("Parcels", model)], sent)).toHaveLength(1);
    }
    const described = { description: "sent_total", title: "sent_total", panels: [] };
    expect(readersOfFormerName([deployedDashboard("Parcels", described)], sent)).toEqual([]);
  });
});

describe("how far back something reads", () => {
  const series = ["parcels_sent_total"];
  const reach = (query: Pick<Reading, "node">) => farthestReach([readingOf("Parcels", query)], series);

  it("is its range, its offset and that of the subqueries around it", () => {
    const counted = select("parcels_sent_total");
    expect(reach(sum(rate(counted, "5m")))).toEqual({ seconds: 300, reader: 'the panel "Parcels"' });
    expect(reach(sum(rate(counted.offset("1w"), "5m")))?.seconds).toBe(604_800 + 300);
    expect(reach(maxOverTime(subquery(rate(counted, "5m"), "1h")))?.seconds).toBe(3_900);
    expect(reach(rate(counted, "$__rate_interval"))?.seconds).toBe(0);
    expect(reach(rate(select("parcel_size_bytes_sum"), "5m"))).toBeUndefined();
  });
});

describe("how far a renaming is", () => {
  const names = { now: "parcels_sent_total", former: "sent_total" };
  const queries = {
    any: `count(${names.now} or ${names.former})`,
    lacking: `count by (job, instance) (${names.former} unless ${names.now})`,
    early: `count_over_time(count(${names.former} unless ${names.now})[300s:15s])`,
  };
  const one = (metric = {}) => [{ metric, value: [0, "1"] }];

  /** @param found what is found by each query */
  async function stateOf(
    found: Partial<Record<keyof typeof queries, unknown>>,
    rule: string,
  ): Promise<RenameState> {
    const fake = new FakePrometheus(({ path, parameters }) => {
      if (path === "/rules") {
        const rules = [{ type: "alerting", name: "NoParcels", query: rule, health: "ok" }];
        return { data: { groups: [{ name: "parcels", rules }] } };
      }
      const asked = Object.entries(queries).find(([, query]) => query === parameters.get("query"))?.[0];
      if (asked === undefined) return { error: `not expected: ${String(parameters.get("query"))}` };
      return { data: { result: found[asked as keyof typeof queries] ?? [] } };
    });
    const prometheus = new PrometheusClient(await fake.listen());
    const grafana = {
      dashboards: () => Promise.resolve([{ uid: "parcels", title: "Parcels" }]),
      dashboard: () => Promise.resolve({ panels: [{ targets: [{ expr: rule }] }] }),
    } as unknown as GrafanaClient;
    const readings = [readingOf("Sent", rate(select("parcels_sent_total"), "5m"))];
    try {
      const [state] = await renameStates([sent as NonNullable<typeof sent>], {
        prometheus,
        grafana,
        readings,
      });
      if (state === undefined) throw new Error("There is a state of each.");
      return state;
    } finally {
      await fake.close();
    }
  }
  const both = String(rate(select("parcels_sent_total"), "5m"));

  it("is ready where all targets expose the new name, and have for as long as anything reads back", async () => {
    const state = await stateOf({ any: one() }, both);
    expect(isReady(state)).toBe(true);
    expect(obstacles(state)).toEqual([]);
    expect(readiness(state)).toBe("sent_total is called parcels_sent_total everywhere");
    expect(finishCommand(state)).toBe("npm run rename -- metric sent_total parcels_sent_total --finish");
    expect(state.unknown.join(" ")).toContain("other Grafanas");
  });

  it("is not where a target, a rule or a dashboard has the former name alone", async () => {
    const lacking = one({ job: "parcel-service", instance: "a:9464" });
    const state = await stateOf({ any: one(), lacking, early: one() }, "rate(sent_total[5m])");
    expect(isReady(state)).toBe(false);
    expect(obstacles(state)).toEqual([
      "parcel-service a:9464 exposes sent_total alone.",
      'the alert NoParcels, the dashboard "Parcels" read sent_total alone.',
      'the panel "Sent" reads 5m back, when there was sent_total alone.',
    ]);
  });

  it("is not where nothing of it is there", async () => {
    const state = await stateOf({}, both);
    expect(isReady(state)).toBe(false);
    expect(obstacles(state)).toEqual(["Prometheus has no series of parcels_sent_total, nor of sent_total."]);
  });
});
