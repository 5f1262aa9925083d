import { nodesOf, type Expression, type Matcher, type Selector } from "../../../metrics/promql-analysis";
import type { Evaluation } from "./evaluate";
import { mayHave, valuesOf } from "./possible";
import type { World } from "./world";

/** Why a selector chooses nothing any more. */
export type Reason = (
  | { readonly kind: "name"; readonly series: string }
  | { readonly kind: "not stored"; readonly series: string }
  | { readonly kind: "label"; readonly series: string; readonly label: string }
  | { readonly kind: "value"; readonly series: string; readonly matcher: Matcher }
  /** Nothing asks for the value, which was among what is read. */
  | { readonly kind: "fewer"; readonly series: string; readonly label: string; readonly value: string }
  | { readonly kind: "alert"; readonly alert: string }
) & {
  /** The recorded names through which it is read, from the reader on. */
  readonly through: readonly string[];
};

/** A version as a reader sees it. */
export interface Sight {
  readonly world: World;
  readonly evaluation: Evaluation;
}

/**
 * Why selectors in an expression choose nothing, or less than they did, followed through what is recorded.
 * @param before where they chose something; undefined for an expression that is new
 */
export function reasonsOf(expr: Expression, after: Sight, before: Sight | undefined): readonly Reason[] {
  const reasons = new Finder(after, before).in(expr, []);
  const keys = new Set<string>();
  return reasons.filter((reason) => {
    const { through, ...cause } = reason;
    const key = JSON.stringify([cause, through.at(-1)]);
    return !keys.has(key) && keys.add(key);
  });
}

const alternatives = /^[\w-]+(\|[\w-]+)+$/;

class Finder {
  private readonly open = new Set<string>();

  constructor(
    private readonly after: Sight,
    private readonly before: Sight | undefined,
  ) {}

  in(expr: Expression, through: readonly string[]): readonly Reason[] {
    return nodesOf(expr, "selector").flatMap((selector) => this.ofSelector(selector, through));
  }

  private ofSelector(selector: Selector, through: readonly string[]): readonly Reason[] {
    const { name } = selector;
    if (name === "") return [];
    const isEmpty = this.after.evaluation.of(selector).length === 0;
    const wasEmpty = this.before?.evaluation.of(selector).length === 0;
    if (isEmpty && !wasEmpty) return this.ofEmpty(selector, through);
    // What is recorded may be less than it was.
    return isEmpty
      ? []
      : [
          ...this.ofAlternatives(selector, through),
          ...this.ofFewer(selector, through),
          ...this.ofRecorded(name, through),
        ];
  }

  /** Values that a metric has no more, which were among what is read without being named. */
  private ofFewer(selector: Selector, through: readonly string[]): readonly Reason[] {
    const { name, matchers } = selector;
    const [was, is] = [this.before, this.after].map((sight) => sight?.world.metrics.get(name)?.labels ?? []);
    return (was ?? []).flatMap(({ name: label, values: before = [] }): readonly Reason[] => {
      const after = is?.find((other) => other.name === label)?.values;
      const lost = after === undefined ? [] : before.filter((value) => !after.includes(value));
      if (lost.length === 0 || matchers.some((matcher) => isNaming(matcher, label))) return [];
      const read = this.before?.evaluation.of(selector).map((series) => valuesOf(series, label)) ?? [];
      return lost
        .filter((value) => read.some((values) => values === "any" || values.has(value)))
        .map((value) => ({ kind: "fewer", series: name, label, value, through }));
    });
  }

  /** Values that a matcher names among others, and that nothing has any more. */
  private ofAlternatives({ name, matchers }: Selector, through: readonly string[]): readonly Reason[] {
    const all = this.after.world.seriesOf(name);
    const before = this.before?.world.seriesOf(name) ?? [];
    return matchers.flatMap((matcher): readonly Reason[] => {
      if (matcher.operator !== "=~" || !alternatives.test(matcher.value)) return [];
      return matcher.value.split("|").flatMap((value): readonly Reason[] => {
        const exact = { ...matcher, operator: "=", value } as const;
        const chooses = (series: typeof all) => this.after.evaluation.choose(series, [exact]).length > 0;
        if (chooses(all) || !chooses(before)) return [];
        return name.startsWith("ALERTS") && matcher.label === "alertname"
          ? [{ kind: "alert", alert: value, through }]
          : [{ kind: "value", series: name, matcher: exact, through }];
      });
    });
  }

  private ofRecorded(name: string, through: readonly string[]): readonly Reason[] {
    const rules = this.after.world.recordersOf(name);
    if (rules.length === 0 || this.open.has(name)) return [];
    this.open.add(name);
    const sights = {
      after: { ...this.after, evaluation: this.after.world.evaluation },
      before: this.before && { ...this.before, evaluation: this.before.world.evaluation },
    };
    const inner = new Finder(sights.after, sights.before);
    for (const each of this.open) inner.open.add(each);
    return rules.flatMap(({ parsed }) => inner.in(parsed.expr, [...through, name]));
  }

  private ofEmpty(selector: Selector, through: readonly string[]): readonly Reason[] {
    const { name, matchers } = selector;
    const { world, evaluation } = this.after;
    if (!world.has(name)) return [{ kind: "name", series: name, through }];
    const all = world.seriesOf(name);
    if (name.startsWith("ALERTS")) {
      const named = matchers.find(({ label }) => label === "alertname");
      return named === undefined
        ? [{ kind: "name", series: name, through }]
        : named.value.split("|").map((alert) => ({ kind: "alert", alert, through }));
    }
    if (all.length === 0) {
      if (world.recordersOf(name).length === 0) return [{ kind: "not stored", series: name, through }];
      const inner = this.ofRecorded(name, through);
      return inner.length > 0 ? inner : [{ kind: "name", series: name, through }];
    }
    const alone =
      matchers.find((matcher) => evaluation.choose(all, [matcher]).length === 0) ?? matchers.at(-1);
    if (alone === undefined) return [{ kind: "name", series: name, through }];
    return all.some((series) => mayHave(series, alone.label))
      ? [{ kind: "value", series: name, matcher: alone, through }]
      : [{ kind: "label", series: name, label: alone.label, through }];
  }
}

/** Whether a matcher says one by one what it wants of a label. */
function isNaming({ label, operator, value }: Matcher, of: string): boolean {
  return label === of && (operator === "=" || (operator === "=~" && alternatives.test(value)));
}
