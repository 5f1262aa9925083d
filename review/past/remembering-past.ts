import type { Evaluated, Steps } from "../../metrics/promql-engine";
import type { Parsed } from "../../metrics/promql-analysis";
import type { Gap, Past, PastGroup, PastRecord } from "./past";

/** A past that is asked the same by several: it answers what was asked before from memory, until it forgets. */
export class RememberingPast implements Past {
  private readonly answers = new Map<string, Promise<readonly Evaluated[]>>();

  constructor(private readonly past: Past) {}

  get name(): string {
    return this.past.name;
  }

  get from(): number {
    return this.past.from;
  }

  get to(): number {
    return this.past.to;
  }

  get records(): readonly PastRecord[] {
    return this.past.records;
  }

  get groups(): readonly PastGroup[] {
    return this.past.groups;
  }

  get gaps(): readonly Gap[] {
    return this.past.gaps;
  }

  get lookback(): number {
    return this.past.lookback;
  }

  evaluate(expression: Pick<Parsed, "text" | "expr">, steps: Steps): Promise<readonly Evaluated[]> {
    const key = JSON.stringify([expression.text, steps.from, steps.to, steps.step]);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = this.past.evaluate(expression, steps);
    this.answers.set(key, answer);
    return answer;
  }

  forget(): void {
    this.answers.clear();
  }
}
