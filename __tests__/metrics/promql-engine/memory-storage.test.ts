import { MemoryStorage } from "../../../metrics/promql-engine";
import { valuesAt } from "../../support/evaluated";

const column = (labels: Record<string, string>, ...values: (number | null)[]) => ({
  labels,
  values: Float64Array.from(values, (value) => value ?? 0),
  present: Uint8Array.from(values, (value) => (value === null ? 0 : 1)),
});
const steps = (from: number, to: number) => ({ from: from * 1000, to: to * 1000, step: 10_000 });

it("what a rule records is stale where its result is gone, over pieces too", async () => {
  const storage = new MemoryStorage();
  const labels = { team: "post", depot: "" };
  storage.record(
    "level:sent:rate",
    [column({ depot: "a", __name__: "x" }, 1, null, 3)],
    steps(10, 30),
    labels,
  );
  storage.record("level:sent:rate", [column({ kind: "y" }, 7, 8)], steps(40, 50), labels);
  expect(await valuesAt(storage, "level:sent:rate", [10, 20, 30, 40, 50, 60])).toEqual({
    'level:sent:rate{team="post"}': [1, null, 3, null, null, null],
    'level:sent:rate{kind="y", team="post"}': [null, null, null, 7, 8, 8],
  });
});

it("forgets what is old, and keeps what it handed out", () => {
  const storage = new MemoryStorage();
  for (let time = 1; time <= 1_000; time++) storage.append({ __name__: "x", a: "" }, time, time);
  const [before] = storage.select("x", () => true, 1, 1_000);
  storage.dropBefore(900);
  const [after] = storage.select("x", () => true, 0, 2_000);
  expect([before?.times.length, before?.values[0]]).toEqual([1_000, 1]);
  expect([after?.times.length, after?.values[0]]).toEqual([101, 900]);
  storage.append({ __name__: "x" }, 1_001, 5);
  expect(storage.select("x", () => true, 1_001, 1_001)[0]?.values).toEqual(Float64Array.of(5));
  storage.dropBefore(5_000);
  expect(storage.names).toEqual([]);
});

it("takes later pieces of a series, and refuses a sample that is not later", () => {
  const piece = (time: number, staleAt: number[] = []) => ({
    labels: { __name__: "x" },
    times: Float64Array.of(time),
    values: Float64Array.of(time),
    staleAt,
  });
  const storage = new MemoryStorage([piece(1_000, [1_500]), piece(2_000)]);
  expect(storage.select("x", () => true, 0, 3_000)).toEqual([
    {
      labels: { __name__: "x" },
      times: Float64Array.of(1_000, 2_000),
      values: Float64Array.of(1_000, 2_000),
      staleAt: [1_500],
    },
  ]);
  expect(() => {
    storage.append({ __name__: "x" }, 2_000, 1);
  }).toThrow("A sample at 1970-01-01T00:00:02.000Z is not later than that at 1970-01-01T00:00:02.000Z.");
});
