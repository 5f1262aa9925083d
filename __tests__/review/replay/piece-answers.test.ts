import { array, assert, asyncProperty, integer, tuple } from "fast-check";
import { parse } from "../../../metrics/promql-analysis";
import { countOf, type Evaluated, type Steps } from "../../../metrics/promql-engine";
import { PieceAnswers } from "../../../review/replay/piece-answers";

const minute = 60_000;
const piece = { from: 30_000, to: 30_000 + 9 * minute, step: minute };

/** A past that has each minute's number, but of every fourth; and of `rare` at the fifth only. */
function pastOfMinutes() {
  const asked: [string, Steps][] = [];
  const evaluate = ({ text }: { readonly text: string }, steps: Steps): Promise<readonly Evaluated[]> => {
    asked.push([text, steps]);
    const minutes = Array.from(
      { length: countOf(steps) },
      (_, index) => (steps.from + index * steps.step) / minute,
    );
    const column = (labels: Evaluated["labels"], isThere: (at: number) => boolean): Evaluated => ({
      labels,
      values: Float64Array.from(minutes),
      present: Uint8Array.from(minutes, (at) => (isThere(at) ? 1 : 0)),
    });
    const all = [
      column({ of: text }, (at) => Math.floor(at) % 4 !== 3),
      column({ of: "rare" }, (at) => at === 5.5),
    ];
    return Promise.resolve(all.filter(({ present }) => present.includes(1)));
  };
  return { asked, evaluate };
}

const shown = (columns: readonly Evaluated[]) =>
  columns.map(({ labels, values, present }) => ({
    labels,
    values: Array.from(values, (value, index) => (present[index] === 1 ? value : undefined)),
  }));

it("answers of some times are those of the past, and the past is asked once", async () => {
  const span = tuple(integer({ min: 0, max: 9 }), integer({ min: 1, max: 10 }));
  await assert(
    asyncProperty(array(span, { minLength: 1, maxLength: 5 }), async (spans) => {
      const past = pastOfMinutes();
      const answers = new PieceAnswers(past, piece);
      for (const [first, count] of spans) {
        const to = piece.from + Math.min(9, first + count - 1) * minute;
        const steps = { from: piece.from + first * minute, to, step: minute };
        const [own, theirs] = [
          await answers.evaluate(parse("parcels"), steps),
          await pastOfMinutes().evaluate(parse("parcels"), steps),
        ];
        expect(shown(own)).toEqual(shown(theirs));
      }
      expect(past.asked).toEqual([["parcels", piece]]);
    }),
  );
});

it.each([
  ["between its times", { from: 0, to: 0, step: minute }],
  ["before its beginning", { from: piece.from - minute, to: piece.from, step: minute }],
  ["behind its end", { from: piece.to, to: piece.to + minute, step: minute }],
  ["in other steps", { from: piece.from, to: piece.from + 4 * minute, step: 2 * minute }],
])("what is %s is asked for by itself", async (_what, steps) => {
  const past = pastOfMinutes();
  await new PieceAnswers(past, piece).evaluate(parse("parcels"), steps);
  expect(past.asked).toEqual([["parcels", steps]]);
});

it("each expression is asked for, also while another one is under way", async () => {
  const past = pastOfMinutes();
  const answers = new PieceAnswers(past, piece);
  const at = { from: piece.from, to: piece.from, step: minute };
  const given = await Promise.all(
    ["parcels", "letters", "parcels"].map((text) => answers.evaluate(parse(text), at)),
  );
  expect(given.map(([column]) => column?.labels)).toEqual([
    { of: "parcels" },
    { of: "letters" },
    { of: "parcels" },
  ]);
  expect(past.asked.map(([text]) => text)).toEqual(["parcels", "letters"]);
});

it("one time is taken from the answers whatever the step", async () => {
  const past = pastOfMinutes();
  const answers = new PieceAnswers(past, piece);
  const at = piece.from + 5 * minute;
  expect(shown(await answers.evaluate(parse("parcels"), { from: at, to: at, step: 15_000 }))).toEqual([
    { labels: { of: "parcels" }, values: [5.5] },
    { labels: { of: "rare" }, values: [5.5] },
  ]);
  expect(past.asked).toEqual([["parcels", piece]]);
});

it.each(["parcels @ end()", "sum(parcels @ start())", "max_over_time(parcels[1h:1m] @ end())"])(
  "%s is read at the bounds of what is asked for, and asked for by itself",
  async (text) => {
    const past = pastOfMinutes();
    const answers = new PieceAnswers(past, piece);
    const steps = { from: piece.from + minute, to: piece.from + 2 * minute, step: minute };
    await answers.evaluate(parse(text), steps);
    expect(past.asked).toEqual([[text, steps]]);
  },
);

it("parcels @ a fixed time is answered for the piece", async () => {
  const past = pastOfMinutes();
  await new PieceAnswers(past, piece).evaluate(parse("parcels @ 5"), { ...piece, to: piece.from });
  expect(past.asked).toEqual([["parcels @ 5", piece]]);
});

it("an error is told to each who asks", async () => {
  let asked = 0;
  const evaluate = () => {
    asked += 1;
    return Promise.reject(new Error("it cannot be evaluated"));
  };
  const answers = new PieceAnswers({ evaluate }, piece);
  for (let turn = 0; turn < 2; turn += 1) {
    await expect(answers.evaluate(parse("parcels"), piece)).rejects.toThrow("it cannot be evaluated");
  }
  expect(asked).toBe(1);
});
