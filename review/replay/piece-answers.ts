import { allNodesOf, type Parsed } from "../../metrics/promql-analysis";
import { countOf, type Evaluated, type Steps } from "../../metrics/promql-engine";
import type { Past } from "../past/past";

/** What a past gives at the times of a piece: it is asked for all of them at once, and answers of some of them are taken from that. */
export class PieceAnswers {
  private readonly answers = new Map<string, Promise<readonly Evaluated[]>>();

  constructor(
    private readonly past: Pick<Past, "evaluate">,
    private readonly piece: Steps,
  ) {}

  async evaluate(expression: Pick<Parsed, "text" | "expr">, steps: Steps): Promise<readonly Evaluated[]> {
    const place = (steps.from - this.piece.from) / this.piece.step;
    const count = countOf(steps);
    const isWithin = Number.isInteger(place) && place >= 0 && place + count <= countOf(this.piece);
    const isOfPiece = isWithin && (count === 1 || steps.step === this.piece.step);
    if (!isOfPiece || readsAtBounds(expression)) return this.past.evaluate(expression, steps);
    const answer = this.answers.get(expression.text) ?? this.past.evaluate(expression, this.piece);
    this.answers.set(expression.text, answer);
    return (await answer).flatMap(({ labels, values, present }) => {
      const there = present.subarray(place, place + count);
      return there.includes(1)
        ? [{ labels, values: values.subarray(place, place + count), present: there }]
        : [];
    });
  }
}

/** Whether something in it is read at the first or last time that is asked for. */
function readsAtBounds({ expr }: Pick<Parsed, "expr">): boolean {
  return allNodesOf(expr).some(
    (node) => (node.kind === "selector" || node.kind === "subquery") && typeof node.at === "string",
  );
}
