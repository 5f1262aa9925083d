import { stringify } from "yaml";
import { MemoryStorage } from "../../../metrics/promql-engine";
import { StoredAnswers } from "../../../review/looks/stored-answers";

const minute = 60_000;
const to = Date.UTC(2026, 0, 15, 12);
const span = { from: to - 60 * minute, to, step: minute };

/** Two depots: the one sends a parcel a second, the other two. */
function storage(): MemoryStorage {
  const times = Float64Array.from({ length: 61 }, (_, index) => span.from + index * minute);
  return new MemoryStorage(
    [1, 2].map((perSecond) => ({
      labels: { __name__: "parcels_total", depot: `depot-${String(perSecond)}` },
      times,
      values: times.map((_, index) => index * 60 * perSecond),
    })),
  );
}

const rules = {
  "parcels.yml": stringify({
    groups: [
      {
        name: "parcels",
        rules: [
          { record: "depots:parcels:sum", expr: "sum(depot:parcels:rate5m)", labels: { of: "all" } },
          { record: "depot:parcels:rate5m", expr: "sum by (depot) (rate(parcels_total[5m]))" },
        ],
      },
    ],
  }),
};

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: unknown;
}

async function asked(path: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const answers = new StoredAnswers(storage(), rules, span);
  const answer = await answers.answer(`/api/v1/${path}`, new URLSearchParams(parameters));
  return JSON.parse(answer?.body ?? "{}") as Answer;
}

const range = (query: string) =>
  asked("query_range", {
    query,
    start: String((to - 2 * minute) / 1_000),
    end: String(to / 1_000),
    step: "60",
  });
const seconds = [2, 1, 0].map((before) => (to - before * minute) / 1_000);

it("answers a range and an instant as Prometheus does", async () => {
  expect(await range('rate(parcels_total{depot="depot-2"}[5m])')).toEqual({
    status: "success",
    data: {
      resultType: "matrix",
      result: [{ metric: { depot: "depot-2" }, values: seconds.map((time) => [time, "2"]) }],
    },
  });
  const { data } = await asked("query", { query: "sum(parcels_total)", time: String(to / 1_000) });
  expect(data).toEqual({
    resultType: "vector",
    result: [{ metric: {}, value: [to / 1_000, String(3 * 60 * 60)] }],
  });
});

it("makes what rules record of what they record, for ranges of it, too", async () => {
  const { data } = await range('avg_over_time(depots:parcels:sum{of="all"}[10m])');
  expect(data).toEqual({
    resultType: "matrix",
    result: [{ metric: { of: "all" }, values: seconds.map((time) => [time, "3"]) }],
  });
});

it("the end of a range is that of the whole query", async () => {
  const { data } = await range("parcels_total and topk(1, parcels_total @ end())");
  expect((data as { result: { metric: object }[] }).result.map(({ metric }) => metric)).toEqual([
    { __name__: "parcels_total", depot: "depot-2" },
  ]);
});

it("knows the values of labels, with a selector and without one", async () => {
  expect((await asked("label/depot/values", { "match[]": "parcels_total" })).data).toEqual([
    "depot-1",
    "depot-2",
  ]);
  expect((await asked("label/depot/values", { "match[]": "depot:parcels:rate5m" })).data).toEqual([
    "depot-1",
    "depot-2",
  ]);
  expect((await asked("label/__name__/values", {})).data).toEqual(["parcels_total"]);
  expect((await asked("query_exemplars", { query: "parcels_total" })).data).toEqual([]);
});

it("says why a query fails, and has no answer to what a page does not ask", async () => {
  expect(await range("sum(")).toMatchObject({ status: "error", errorType: "execution" });
  expect((await range("sum(")).error).not.toBe("");
  const answers = new StoredAnswers(storage(), rules, span);
  expect(await answers.answer("/api/v1/targets", new URLSearchParams())).toBeUndefined();
});
