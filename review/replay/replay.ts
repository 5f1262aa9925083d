import type { Expression } from "../../metrics/promql-analysis";
import {
  countOf,
  evaluate,
  EvaluationError,
  type Evaluated,
  type Labels,
  type Steps,
} from "../../metrics/promql-engine";
import type { Past } from "../past/past";
import { AlertStates, type AlertLabels } from "./alert-states";
import { ComputedSeries } from "./computed-series";
import { Dependencies, looksBack, type RuleSet } from "./dependencies";
import { firingOf, type Firing } from "./firing";
import { failureOf, withoutFailing } from "./missed-evaluation";
import { partsWithin } from "./limit";
import { toEvaluate } from "./past-or-computed";
import { PieceAnswers } from "./piece-answers";
import { mayRead, type ReplayGroup, type ReplayRule, selectorsIn } from "./rules";
import { evaluateTogether } from "./together";

/** What a replay needs besides the past. */
export interface ReplaySettings {
  readonly rules: readonly ReplayRule[];
  /** When in its interval a group is evaluated, in milliseconds. */
  readonly phaseOf: (group: ReplayGroup) => number;
  /** How a rule's alerts get their labels. */
  readonly labelsOf: (rule: ReplayRule) => AlertLabels;
  /** Labels of all alerts that leave Prometheus. */
  readonly externalLabels: Labels;
  /** The time that is replayed, in milliseconds. What came before it is looked at as far as it matters. */
  readonly from: number;
  readonly to: number;
}

/** As many questions does a Prometheus get at once. */
const atOnce = 3;

/** So many evaluations of a rule may fail; each takes some questions to be found. */
const mostMissed = 500;

/** Where what the past gives comes from. */
type Answers = Pick<Past, "evaluate">;

/** A rule that could not be replayed, from a time on. */
export interface NotReplayed {
  readonly rule: ReplayRule;
  readonly why: string;
}

/** The rules of one version over the past. They are evaluated piece by piece of the time, so that little is in memory. */
export class Replay {
  readonly notReplayed: NotReplayed[] = [];
  /** At how many evaluations rules gave more than their groups allow. */
  readonly overLimit = new Map<ReplayRule, number>();
  private readonly computed = new ComputedSeries();
  private readonly sets: readonly RuleSet[];
  private readonly evaluated: readonly ReplayRule[];
  private readonly dependencies: Dependencies;
  private readonly states = new Map<ReplayRule, AlertStates>();
  /** How many evaluations of a rule have failed. */
  private readonly missed = new Map<ReplayRule, number>();
  /** Whether expressions, and parts of them, read what is computed. */
  private readonly reading = new WeakMap<Expression, boolean>();
  /** From when on each rule is evaluated. */
  private readonly starts = new Map<ReplayRule, number>();
  /** How long what is computed is looked back at. */
  private readonly kept: number;

  constructor(
    private readonly past: Past,
    private readonly settings: ReplaySettings,
  ) {
    this.evaluated = toEvaluate(settings.rules, past.records);
    this.dependencies = new Dependencies(this.evaluated);
    this.sets = this.dependencies.inOrder();
    const backs = this.evaluated.map(({ expr }) => looksBack(expr.expr, past.lookback));
    this.kept = Math.max(past.lookback, ...backs);
    this.findStarts();
    for (const rule of this.evaluated) {
      if (rule.kind !== "alert") continue;
      const { interval } = rule.group;
      const states = new AlertStates(rule, settings.labelsOf(rule), (span) => {
        this.computed.alerted(span, interval);
      });
      this.states.set(rule, states);
    }
  }

  /** The first time that is looked at, in milliseconds. */
  get start(): number {
    return Math.min(this.settings.from, ...this.starts.values());
  }

  /** Names of recorded series that are computed, as the past lacks them or has others. */
  get computedRecords(): readonly string[] {
    return [...new Set(this.evaluated.filter(({ kind }) => kind === "record").map(({ name }) => name))];
  }

  /**
   * Evaluates the rules in a piece of time, which begins where the one before ended.
   * @param to the first time that is not in it
   * @param onRule is called when a rule was evaluated
   * @throws RequestError where the past does not answer
   */
  async advance(from: number, to: number, onRule: () => void): Promise<void> {
    const inTurn = turns(atOnce);
    const done = new Map<ReplayRule, Promise<void>>();
    for (const { rules, isCircular } of this.sets) {
      const read = rules.flatMap((rule) => this.dependencies.readBy(rule));
      const before = Promise.all(read.flatMap((rule) => done.get(rule) ?? []));
      const evaluated = before.then(() =>
        inTurn(async () => {
          const able = rules.filter((rule) => !this.isGivenUp(rule));
          if (isCircular) await this.together(able, from, to);
          else for (const rule of able) await this.column(rule, this.stepsOf(rule, from, to));
          rules.forEach(onRule);
        }),
      );
      for (const rule of rules) done.set(rule, evaluated);
    }
    await Promise.all(done.values());
    this.computed.dropBefore(to - this.kept);
  }

  /** The rules that are evaluated again. */
  get rules(): readonly ReplayRule[] {
    return this.evaluated;
  }

  /** The alerts that have fired, in order of time; those that were over before the time that is replayed are left out. */
  firings(): readonly Firing[] {
    const { from } = this.settings;
    return [...this.states]
      .flatMap(([rule, { fired }]) =>
        fired.map((alert) => firingOf(rule, alert, this.settings.externalLabels)),
      )
      .filter(({ resolvedAt }) => resolvedAt === undefined || resolvedAt >= from)
      .sort((one, other) => one.firedAt - other.firedAt);
  }

  /** What is read of alerts and computed series must be there, as far back as it is looked at. */
  private findStarts(): void {
    const { from } = this.settings;
    for (const rule of this.evaluated) {
      const ofItself = rule.kind === "alert" ? rule.for + rule.keepFiringFor : 0;
      this.starts.set(rule, from - ofItself);
    }
    // From the readers to what they read; twice, for those that read one another.
    for (const { rules } of [...this.sets, ...this.sets].reverse()) {
      for (const rule of rules) {
        const needed = (this.starts.get(rule) ?? from) - looksBack(rule.expr.expr, this.past.lookback);
        for (const read of this.dependencies.readBy(rule)) {
          if (read === rule) continue;
          this.starts.set(read, Math.min(this.starts.get(read) ?? from, needed));
        }
      }
    }
    for (const [rule, start] of this.starts) {
      this.starts.set(rule, Math.max(this.past.from, Math.min(start, from)));
    }
  }

  private stepsOf(rule: ReplayRule, from: number, to: number): Steps {
    const { interval } = rule.group;
    const phase = this.settings.phaseOf(rule.group);
    const start = Math.max(from, this.starts.get(rule) ?? from);
    const first = Math.ceil((start - phase) / interval) * interval + phase;
    const last = Math.floor((Math.min(to, this.settings.to + 1) - 1 - phase) / interval) * interval + phase;
    return { from: first, to: last, step: interval };
  }

  /** Evaluates a rule. An evaluation that fails is a missed one, as in Prometheus: what was there before stays as it is. */
  private async column(rule: ReplayRule, steps: Steps, past: Answers = this.past): Promise<void> {
    const left = [steps];
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      if (countOf(next) === 0 || this.isGivenUp(rule)) continue;
      try {
        this.take(rule, next, await this.ask(rule, next, past));
      } catch (error) {
        left.unshift(...this.partsWithout(rule, next, error));
      }
    }
  }

  /** What is left of some times at one of which an evaluation has failed. @throws the error where the past does not answer */
  private partsWithout(rule: ReplayRule, steps: Steps, error: unknown): readonly Steps[] {
    const failure = failureOf(error);
    if (failure.kind === "no answer") throw error;
    const why = error instanceof Error ? error.message : String(error);
    if (failure.kind === "at any time") {
      this.notReplayed.push({ rule, why });
      return [];
    }
    // The expression is evaluated at an earlier time than the rule.
    const time = failure.time === undefined ? undefined : failure.time + this.shiftOf(rule, error);
    const parts = withoutFailing(steps, time);
    // Of halves it is not known yet which one has the evaluation that fails.
    if (parts.reduce((sum, part) => sum + countOf(part), 0) === countOf(steps)) return parts;
    const missed = (this.missed.get(rule) ?? 0) + 1;
    this.missed.set(rule, missed);
    if (missed <= mostMissed) return parts;
    this.notReplayed.push({ rule, why: `more than ${String(mostMissed)} of its evaluations fail: ${why}` });
    return [];
  }

  private shiftOf({ group }: ReplayRule, error: unknown): number {
    return error instanceof EvaluationError ? group.queryOffset : 0;
  }

  private isGivenUp(rule: ReplayRule): boolean {
    return this.notReplayed.some((not) => not.rule === rule);
  }

  /** Rules that read one another, in the order of their groups. */
  private async together(rules: readonly ReplayRule[], from: number, to: number): Promise<void> {
    const members = rules.map((rule) => {
      const steps = this.stepsOf(rule, from, to);
      const answers = new PieceAnswers(this.past, shifted(rule, steps));
      return {
        steps,
        isQuiet: () => this.states.get(rule)?.current.length === 0,
        ask: (at: Steps) => this.ask(rule, at, answers),
        evaluate: (at: Steps) => this.column(rule, at, answers),
        takeNothing: (at: Steps) => {
          this.take(rule, at, []);
        },
      };
    });
    await evaluateTogether(members);
  }

  private take(rule: ReplayRule, steps: Steps, columns: readonly Evaluated[]): void {
    const { limit } = rule.group;
    if (rule.kind === "alert") {
      const states = this.states.get(rule);
      if (limit === 0) states?.take(steps, columns);
      else this.exceeded(rule, states?.takeLimited(limit, steps, columns) ?? 0);
      return;
    }
    const parts = limit === 0 ? [{ steps, columns }] : partsWithin(rule, steps, columns);
    for (const part of parts) this.computed.recorded(rule, part.steps, part.columns);
    this.exceeded(rule, countOf(steps) - parts.reduce((sum, part) => sum + countOf(part.steps), 0));
  }

  private exceeded(rule: ReplayRule, evaluations: number): void {
    if (evaluations > 0) this.overLimit.set(rule, (this.overLimit.get(rule) ?? 0) + evaluations);
  }

  private async ask(rule: ReplayRule, at: Steps, past: Answers): Promise<readonly Evaluated[]> {
    const { expr } = rule;
    const steps = shifted(rule, at);
    if (!this.readsComputed(expr.expr)) return past.evaluate(expr, steps);
    return evaluate(expr.expr, steps, {
      storage: this.computed,
      lookback: this.past.lookback,
      resolve: async (part, partSteps) => {
        if (selectorsIn({ expr: part }).length === 0 || this.readsComputed(part)) return undefined;
        const text = expr.text.slice(part.from, part.to);
        return past.evaluate({ text, expr: part }, partSteps);
      },
    });
  }

  private readsComputed(expr: Expression): boolean {
    const known = this.reading.get(expr);
    if (known !== undefined) return known;
    const reads = selectorsIn({ expr }).some((selector) =>
      this.evaluated.some((rule) => mayRead(selector, rule)),
    );
    this.reading.set(expr, reads);
    return reads;
  }
}

/** When the samples are from at which a rule looks. */
function shifted({ group }: ReplayRule, { from, to, step }: Steps): Steps {
  return { from: from - group.queryOffset, to: to - group.queryOffset, step };
}

/** Lets so many run at once; who comes later waits. */
function turns(most: number): (run: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      await run();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
