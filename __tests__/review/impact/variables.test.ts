import { impactOf } from "../../../review/impact/impact-of";
import { metric, version } from "./versions";

const parcels = metric("parcels_total");
const vans = metric("vans", { type: "gauge", labels: [] });

const variable = (query: string, more: object = {}) => ({ name: "chosen", type: "query", query, ...more });

/** What is said of a variable where the metrics change. */
function told(variables: readonly unknown[], after = [vans], before: readonly unknown[] = variables) {
  const { findings } = impactOf(
    version({ metrics: [parcels, vans], variables: before }),
    version({ metrics: after, variables }),
  );
  return findings.flatMap(({ subject, readers }) =>
    readers.map(({ verdict, where, consequence }) => `${subject.name}: ${verdict} ${where} ${consequence}`),
  );
}

const without = [{ ...parcels, labels: [] }, vans];

describe("a variable that offers nothing any more", () => {
  it.each([
    ["label_values(parcels_total, result)", "nothing gives parcels_total"],
    ["label_values(result)", "nothing has the label result"],
    ["query_result(sum by (result) (parcels_total))", "nothing gives parcels_total"],
    ["metrics(^parcels_)", "no series is named so"],
  ])("as the metric is gone: %s", (query, because) => {
    expect(told([variable(query)])).toEqual([
      `parcels_total: block variable will offer no choice: ${because}`,
    ]);
  });

  it.each<[string, object, string]>([
    ["label_values(parcels_total, result)", {}, "parcels_total has no label result"],
    ["label_values(result)", {}, "nothing has the label result"],
    ["query_result(parcels_total)", { regex: '/.*result="([^"]*)".*/' }, "parcels_total has no label result"],
  ])("as its label is gone: %s", (query, more, because) => {
    expect(told([variable(query, more)], without)).toEqual([
      `parcels_total{result}: block variable will offer no choice: ${because}`,
    ]);
  });

  it.each([
    ["label_values(parcels_total, reslut)", "parcels_total has no label reslut"],
    ["label_values(reslut)", "nothing has the label reslut"],
  ])("as it is new and names no label: %s", (query, because) => {
    const all = [parcels, vans];
    expect(told([variable(query)], all, [])).toEqual([
      `chosen: block variable will offer no choice: ${because}`,
    ]);
    expect(told([variable(query)], all)).toEqual([]);
  });

  it.each([
    ["metrics(vans)", {}],
    ["label_values(vans, instance)", {}],
    ["label_values($other)", {}],
    ["label_values(parcels_total, $label)", {}],
    ["label_values(result)", { datasource: { type: "loki", uid: "logs" } }],
  ])("not %s", (query, more) => {
    expect(told([variable(query, more)], without)).toEqual([]);
  });
});
