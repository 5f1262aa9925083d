import { parse as parseYaml } from "yaml";
import { type Expression, parse } from "../../metrics/promql-analysis";
import { evaluate, MemoryStorage, type Labels, type Series, type Storage } from "../../metrics/promql-engine";
import { selectorsIn } from "../replay/rules";

/** A rule that records series. */
interface Recording {
  readonly text: string;
  readonly expr: Expression;
  readonly labels: Labels;
}

/** The time in which recorded series are wanted, in milliseconds of Unix time. */
export interface WantedSpan {
  readonly from: number;
  readonly to: number;
  /** Time between two samples of what is recorded. */
  readonly step: number;
}

/** Samples, and what rules would have recorded of them: each name is made when it is asked for first. */
export class RecordedNames implements Storage {
  private readonly rules: ReadonlyMap<string, readonly Recording[]>;
  private readonly computed = new MemoryStorage();
  private readonly made = new Set<string>();

  /**
   * @param ruleFiles YAML by the name of the file
   * @param lookback how old a sample may be, in milliseconds
   */
  constructor(
    private readonly storage: Storage,
    ruleFiles: Readonly<Record<string, string>>,
    private readonly span: WantedSpan,
    private readonly lookback: number,
  ) {
    this.rules = recordingsIn(ruleFiles);
  }

  select(
    name: string | undefined,
    matches: (labels: Labels) => boolean,
    from: number,
    to: number,
  ): readonly Series[] {
    const stored = this.storage.select(name, matches, from, to);
    return [...stored, ...this.computed.select(name, matches, from, to)];
  }

  /** Makes what an expression reads of what rules record, and the samples lack. */
  async make(expr: Expression): Promise<void> {
    for (const { name } of selectorsIn({ expr })) {
      const rules = this.rules.get(name) ?? [];
      if (rules.length === 0 || this.made.has(name)) continue;
      this.made.add(name);
      const { from, to, step } = this.span;
      if (this.storage.select(name, () => true, from, to).length > 0) continue;
      for (const rule of rules) {
        await this.make(rule.expr);
        const options = { storage: this, lookback: this.lookback, instants: true, text: rule.text };
        for (const { labels, values, present } of await evaluate(rule.expr, { from, to, step }, options)) {
          const there = [...present.keys()].filter((index) => present[index] === 1);
          this.computed.add({
            labels: { ...labels, ...rule.labels, __name__: name },
            times: Float64Array.from(there, (index) => from + index * step),
            values: Float64Array.from(there, (index) => values[index] ?? NaN),
          });
        }
      }
    }
  }
}

function recordingsIn(
  ruleFiles: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly Recording[]> {
  const rules = new Map<string, Recording[]>();
  for (const text of Object.values(ruleFiles)) {
    const { groups = [] } = (parseYaml(text) ?? {}) as {
      readonly groups?: readonly {
        readonly rules?: readonly {
          readonly record?: string;
          readonly expr?: string | number;
          readonly labels?: Labels;
        }[];
      }[];
    };
    for (const { record, expr, labels = {} } of groups.flatMap((group) => group.rules ?? [])) {
      if (record === undefined) continue;
      const parsed = parse(String(expr ?? ""));
      rules.set(record, [...(rules.get(record) ?? []), { text: parsed.text, expr: parsed.expr, labels }]);
    }
  }
  return rules;
}
