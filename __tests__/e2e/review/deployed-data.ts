import { now } from "../../../dashboards/known-traffic/timeline";
import type { KnownSeries } from "../../../dashboards/known-traffic/series";
import { nodesOf, type Expression } from "../../../metrics/promql-analysis";
import {
  evaluate,
  MemoryStorage,
  type Evaluated,
  type Labels,
  type Series,
  type Steps,
  type Storage,
} from "../../../metrics/promql-engine";
import { KnownStorage } from "../../../review/example/known-storage";
import type { RuleReader } from "../../../review/impact/readers/rules";
import { armed } from "./armed";

const minute = 60_000;
const end = now * 1_000;
/** What rules record, from when the first rates are whole. The incident of the known traffic is within it. */
const recordedSteps: Steps = { from: end - 300 * minute, to: end, step: minute };
const scraped = { from: now - 7 * 3_600, to: now };

const alertNames: readonly string[] = ["ALERTS", "ALERTS_FOR_STATE"];

/**
 * What a Prometheus has that scraped some series and evaluated some rules over them, made when it is read. Each alert whose
 * expression would give something without its thresholds is there as if it fired, so that no alert counts as silent which
 * the known traffic does not let fire.
 */
export class DeployedData implements Storage {
  private readonly raw: KnownStorage;
  private readonly names: ReadonlySet<string>;
  private readonly rulesByName: ReadonlyMap<string, readonly RuleReader[]>;
  /** Those that are being made among them: what reads itself finds what is there by then. */
  private readonly made = new Set<string>();
  private readonly computed = new MemoryStorage();
  private readonly alike = new Map<string, boolean>();
  private readonly results = new Map<string, readonly Evaluated[]>();

  /** @param base what was deployed before, from which all is taken that nothing has changed in */
  constructor(
    series: readonly KnownSeries[],
    rules: readonly RuleReader[],
    private readonly base?: DeployedData,
    private readonly changedNames: ReadonlySet<string> = new Set(),
  ) {
    this.raw = new KnownStorage(series, () => true, scraped, 60);
    this.names = new Set(series.map(({ name }) => name));
    const byName = new Map<string, RuleReader[]>();
    for (const rule of rules)
      for (const name of rule.kind === "record" ? [rule.name] : alertNames)
        byName.set(name, [...(byName.get(name) ?? []), rule]);
    this.rulesByName = byName;
  }

  /** Whether all that an expression reads is as it was before. */
  isAsBefore(expr: Expression): boolean {
    return this.base !== undefined && selectorsIn(expr).every((name) => this.isNameAsBefore(name));
  }

  select(
    name: string | undefined,
    matches: (labels: Labels) => boolean,
    from: number,
    to: number,
  ): readonly Series[] {
    const owner = this.ownerOf(name);
    if (owner !== this) return owner.select(name, matches, from, to);
    const raw = name === undefined || this.names.has(name) ? this.raw.select(name, matches) : [];
    return [...raw, ...this.computed.select(name, matches, from, to)];
  }

  /** What an expression gives, one after the other. What rules record of what it reads is made first. */
  async evaluate(expr: Expression, steps: Steps): ReturnType<typeof evaluate> {
    await this.make(expr);
    return evaluate(expr, steps, { storage: this, instants: true });
  }

  private async make(expr: Expression): Promise<void> {
    for (const name of selectorsIn(expr)) {
      const owner = this.ownerOf(name);
      if (owner.made.has(name)) continue;
      owner.made.add(name);
      await owner.record(name);
    }
  }

  /** Rules that read alerts come last: those of others are there by then. */
  private async record(name: string): Promise<void> {
    const readsAlerts = ({ parsed }: RuleReader) =>
      selectorsIn(parsed.expr).some((each) => alertNames.includes(each));
    const rules = this.rulesByName.get(name) ?? [];
    for (const rule of [...rules.filter((each) => !readsAlerts(each)), ...rules.filter(readsAlerts)]) {
      const isAlert = rule.kind === "alert";
      const results = await this.resultsOf(rule);
      const more = isAlert
        ? { alertname: rule.name, ...(name === "ALERTS" && { alertstate: "firing" }) }
        : {};
      for (const { labels, present, values } of results) {
        const at = [...present.keys()].filter((index) => present[index] === 1);
        const all: Labels = { ...labels, ...rule.labels, ...more, __name__: name };
        for (const index of at)
          this.put(all, recordedSteps.from + index * minute, isAlert ? 1 : (values[index] ?? NaN));
      }
    }
  }

  /** What a rule gives: that of the base where nothing has changed in what it reads. */
  private async resultsOf(rule: RuleReader): Promise<readonly Evaluated[]> {
    if (this.base !== undefined && this.isAsBefore(rule.parsed.expr)) return this.base.resultsOf(rule);
    const key = `${rule.kind} ${rule.expr}`;
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const { expr } = rule.parsed;
    const results = await this.evaluate(rule.kind === "alert" ? armed(expr) : expr, recordedSteps);
    // Those of alerts count up while they are made.
    const isSettled = !selectorsIn(expr).some((each) => alertNames.includes(each) || each === rule.name);
    if (isSettled) this.results.set(key, results);
    return results;
  }

  /** Alerts of one name have several severities; of one set of labels the first counts. */
  private put(labels: Labels, time: number, value: number): void {
    try {
      this.computed.append(labels, time, value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  private ownerOf(name: string | undefined): DeployedData {
    return name !== undefined && this.base !== undefined && this.isNameAsBefore(name) ? this.base : this;
  }

  private isNameAsBefore(name: string): boolean {
    const known = this.alike.get(name);
    if (known !== undefined) return known;
    // What reads itself is decided by what else it reads.
    this.alike.set(name, true);
    const [rules, before] = [this.rulesByName.get(name) ?? [], this.base?.rulesByName.get(name) ?? []];
    const isAlike =
      name !== "" &&
      !this.changedNames.has(name) &&
      keysOf(rules) === keysOf(before) &&
      rules.every(({ parsed }) => selectorsIn(parsed.expr).every((each) => this.isNameAsBefore(each)));
    this.alike.set(name, isAlike);
    return isAlike;
  }
}

function keysOf(rules: readonly RuleReader[]): string {
  return JSON.stringify(rules.map(({ name, expr, labels }) => [name, expr, labels]));
}

function selectorsIn(expr: Expression): readonly string[] {
  return [...new Set(nodesOf(expr, "selector").map(({ name }) => name))];
}
