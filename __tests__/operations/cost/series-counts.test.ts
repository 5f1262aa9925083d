import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { seriesCounts } from "../../../operations/cost/series-counts";
import { FakePrometheus } from "../../support/fake-prometheus";

/** Series by job and name. */
const stored = Object.fromEntries(
  ["one", "two"].map((job) => [
    job,
    Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`metric_${String(index)}`, index + 1])),
  ]),
);

/** A Prometheus that refuses a query for more series than these. */
function startPrometheus(most: number): FakePrometheus {
  return new FakePrometheus(({ path, parameters }) => {
    if (path === "/label/job/values") return { data: Object.keys(stored) };
    if (path === "/label/__name__/values") {
      const job = /job="(\w*)"/.exec(parameters.get("match[]") ?? "")?.[1] ?? "";
      return { data: Object.keys(stored[job] ?? {}) };
    }
    const query = parameters.get("query") ?? "";
    const job = /job="(\w*)"/.exec(query)?.[1] ?? "";
    const names = new RegExp(`^(?:${/__name__=~"([^"]*)"/.exec(query)?.[1] ?? ".*"})$`);
    const found = Object.entries(stored[job] ?? {}).filter(([name]) => names.test(name));
    if (found.reduce((sum, [, count]) => sum + count, 0) > most) return { error: "too many samples" };
    const result = found.map(([name, count]) => ({
      metric: { job, __name__: name },
      value: [0, String(count)],
    }));
    return { data: { result } };
  });
}

it.each([
  [100_000, 3],
  [5_000, 20],
  [150, 1_000],
])(
  "counts every series once, and asks for parts of what a query may not read: at most %p",
  async (most, questions) => {
    const prometheus = startPrometheus(most);
    const done: number[] = [];
    const counted = await seriesCounts(new PrometheusClient(await prometheus.listen()), ({ jobs }) =>
      done.push(jobs),
    ).finally(() => prometheus.close());
    const expected = Object.entries(stored).flatMap(([job, names]) =>
      Object.entries(names).map(([name, value]) => ({ metric: { job, __name__: name }, value })),
    );
    expect(counted).toEqual(expected);
    expect(prometheus.expressions().length).toBeLessThanOrEqual(questions);
    expect(done).toEqual([1, 2, 3]);
  },
);

it("fails where one name alone is more than a query may read", async () => {
  const prometheus = startPrometheus(149);
  const counted = seriesCounts(new PrometheusClient(await prometheus.listen()));
  await expect(counted.finally(() => prometheus.close())).rejects.toThrow(/422.*too many samples/);
});
