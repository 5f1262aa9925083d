import { parse } from "../../../metrics/promql-analysis";
import type { Evaluated, Steps } from "../../../metrics/promql-engine";
import type { Past } from "../../../review/past/past";
import { RememberingPast } from "../../../review/past/remembering-past";

const minute = 60_000;
const steps: Steps = { from: 0, to: 9 * minute, step: minute };

function remembering() {
  const asked: string[] = [];
  const past: Past = {
    name: "samples",
    from: 1,
    to: 2,
    records: [{ name: "parcels:waiting", expr: "sum(parcels)", labels: {} }],
    groups: [{ file: "rules.yml", name: "parcels" }],
    gaps: [{ from: 3, to: 4 }],
    lookback: 5,
    evaluate: async ({ text }, { from, to, step }): Promise<readonly Evaluated[]> => {
      asked.push([text, from, to, step].join(" "));
      await new Promise((resolve) => setImmediate(resolve));
      if (text === "broken") throw new Error("it cannot be evaluated");
      return [{ labels: { text }, values: Float64Array.of(from), present: Uint8Array.of(1) }];
    },
  };
  return { asked, past, memory: new RememberingPast(past) };
}

it("asks once, also for what is asked while the answer is under way", async () => {
  const { asked, memory } = remembering();
  const answers = await Promise.all([
    memory.evaluate(parse("parcels"), steps),
    memory.evaluate(parse("parcels"), { ...steps }),
  ]);
  answers.push(await memory.evaluate(parse("parcels"), steps));
  expect(asked).toEqual(["parcels 0 540000 60000"]);
  expect(answers.map(([column]) => column?.labels)).toEqual(Array(3).fill({ text: "parcels" }));
});

it.each([
  ["another expression", "letters", steps],
  ["another beginning", "parcels", { ...steps, from: minute }],
  ["another end", "parcels", { ...steps, to: 8 * minute }],
  ["another step", "parcels", { ...steps, step: 3 * minute }],
])("asks for %s", async (_what, text, other) => {
  const { asked, memory } = remembering();
  await memory.evaluate(parse("parcels"), steps);
  const [column] = await memory.evaluate(parse(text), other);
  expect(asked).toHaveLength(2);
  expect(column?.labels).toEqual({ text });
  expect([...(column?.values ?? [])]).toEqual([other.from]);
});

it("asks again for what it has forgotten", async () => {
  const { asked, memory } = remembering();
  await memory.evaluate(parse("parcels"), steps);
  memory.forget();
  await memory.evaluate(parse("parcels"), steps);
  expect(asked).toHaveLength(2);
});

it("tells each who asks of an error, and asks for it once", async () => {
  const { asked, memory } = remembering();
  for (let turn = 0; turn < 2; turn += 1) {
    await expect(memory.evaluate(parse("broken"), steps)).rejects.toThrow("it cannot be evaluated");
  }
  expect(asked).toHaveLength(1);
});

it("is the past in all else", () => {
  const { past, memory } = remembering();
  const { name, from, to, records, groups, gaps, lookback } = memory;
  expect(past).toMatchObject({ name, from, to, records, groups, gaps, lookback });
  expect([from, to, lookback]).toEqual([1, 2, 5]);
});
