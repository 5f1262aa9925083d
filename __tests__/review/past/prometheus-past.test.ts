import { parse } from "../../../metrics/promql-analysis";
import { RequestError } from "../../../operations/clients/json-client";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { PrometheusPast } from "../../../review/past/prometheus-past";

const minute = 60_000;
const end = Date.UTC(2026, 0, 5);
const hours = 24;

/** A Prometheus that answers each question with the time, where that asks for few enough points. */
class FakeClient extends PrometheusClient {
  readonly points: number[] = [];
  refused = 0;

  /** @param refusal status and body of the answer to what is too much */
  constructor(
    private readonly most: number,
    private readonly refusal: readonly [number, string],
  ) {
    super("http://user:secret@127.0.0.1:9");
  }

  override get<T>(): Promise<T> {
    return Promise.reject(new RequestError("404", 404));
  }

  override post<T>(_path: string, body: URLSearchParams): Promise<T> {
    const [start = NaN, to = NaN, step = NaN] = ["start", "end", "step"].map((name) =>
      Number(body.get(name)),
    );
    const count = Math.floor((to - start) / step + 1e-9) + 1;
    this.points.push(count);
    if (body.get("query") !== "count(up)" && count > this.most) {
      this.refused += 1;
      const [status, text] = this.refusal;
      return Promise.reject(new RequestError(`${String(status)} ${text}`, status, text));
    }
    const values = Array.from({ length: count }, (_, index) => {
      const time = start + index * step;
      return [time, String(time)] as const;
    });
    return Promise.resolve({ resultType: "matrix", result: [{ metric: { job: "parcels" }, values }] } as T);
  }
}

const expression = parse("parcels");
const steps = { from: end - 1_000 * minute, to: end - minute, step: minute };

async function pastOf(client: FakeClient) {
  const past = await PrometheusPast.of(client, hours * 60 * minute, end);
  client.points.length = 0;
  return past;
}

it.each([
  [422, "query processing would load too many samples into memory in query execution"],
  [422, "query timed out in expression evaluation"],
  [503, "query timed out in expression evaluation"],
  [504, ""],
])("what is too much (%d, %s) is asked for in parts, and in parts from then on", async (status, text) => {
  const client = new FakeClient(300, [status, text]);
  const past = await pastOf(client);
  const [column, ...others] = await past.evaluate(expression, steps);
  expect(others).toEqual([]);
  expect(column?.labels).toEqual({ job: "parcels" });
  expect([...(column?.present ?? [])]).toEqual(Array.from({ length: 1_000 }, () => 1));
  expect([...(column?.values ?? [])]).toEqual(
    Array.from({ length: 1_000 }, (_, index) => (steps.from + index * minute) / 1_000),
  );
  expect(client.points).toEqual([1_000, 500, 250, 250, 250, 250]);
  await past.evaluate(expression, steps);
  expect(client.refused).toBe(2);
  // What it allows of another one is not known yet.
  await past.evaluate(parse("payments"), steps);
  expect(client.refused).toBe(4);
});

it("no more points than Prometheus allows are asked for", async () => {
  const client = new FakeClient(Infinity, [422, ""]);
  const past = await pastOf(client);
  const [column] = await past.evaluate(expression, { from: 0, to: 24_999 * minute, step: minute });
  expect(column?.present.length).toBe(25_000);
  expect(client.points).toEqual([11_000, 11_000, 3_000]);
});

it("what is refused for another reason is told at once", async () => {
  const client = new FakeClient(10, [400, "invalid parameter"]);
  const past = await pastOf(client);
  await expect(past.evaluate(expression, steps)).rejects.toThrow("invalid parameter");
  expect(client.points).toEqual([1_000]);
});

it("what is too much even for one point is told", async () => {
  const client = new FakeClient(0, [422, "too many samples"]);
  const past = await pastOf(client);
  await expect(past.evaluate(expression, { ...steps, to: steps.from + 7 * minute })).rejects.toThrow(
    "too many samples",
  );
  expect(client.points).toEqual([8, 4, 2, 1]);
});

it("its name has no password", async () => {
  const past = await pastOf(new FakeClient(10, [422, ""]));
  expect(past.name).not.toContain("secret");
});
