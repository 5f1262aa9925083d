import type { RuleReader } from "../readers/rules";
import type { DescribedCatalogue, DescribedMetric } from "../../version/catalogue";
import { Evaluation } from "./evaluate";
import { anything, distinct, withLabel, without, type PossibleSeries, type Values } from "./possible";
import { recordedTerm, termOf } from "./terms";

/** What Prometheus writes of alerts. */
const alertSeries: readonly string[] = ["ALERTS", "ALERTS_FOR_STATE"];

/** All series that there may be in the Prometheus of a version: measured, recorded, and of its alerts. */
export class World {
  /** Of expressions over these series. */
  readonly evaluation = new Evaluation((name) => this.seriesOf(name));
  readonly metrics = new Map<string, DescribedMetric>();
  private readonly recorders = new Map<string, RuleReader[]>();
  private readonly alerts: readonly RuleReader[];
  private readonly known = new Map<string, readonly PossibleSeries[]>();

  constructor(
    readonly catalogue: DescribedCatalogue,
    readonly rules: readonly RuleReader[],
  ) {
    for (const metric of catalogue.metrics) for (const name of metric.series) this.metrics.set(name, metric);
    for (const rule of rules.filter(({ kind }) => kind === "record"))
      this.recorders.set(rule.name, [...(this.recorders.get(rule.name) ?? []), rule]);
    this.alerts = rules.filter(({ kind }) => kind === "alert");
  }

  /** Whether a metric, a rule or Prometheus writes series of that name. */
  has(name: string): boolean {
    return this.metrics.has(name) || this.recorders.has(name) || alertSeries.includes(name);
  }

  /** The rules that record a name. */
  recordersOf(name: string): readonly RuleReader[] {
    return this.recorders.get(name) ?? [];
  }

  /** The series of a name; none where there can be none. */
  seriesOf(name: string): readonly PossibleSeries[] {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    // What a rule that reads itself adds is not known.
    this.known.set(name, [anything]);
    const series = distinct(this.find(name));
    this.known.set(name, series);
    return series;
  }

  /** The labels that the series of an alert have where it fires; none where it never can. */
  alertLabels(rule: RuleReader, evaluation = this.evaluation): readonly PossibleSeries[] {
    return evaluation.of(rule.parsed.expr).map((series) => ({
      ...written(series, rule, (value) => (value.includes("{{") ? "any" : new Set([value]))),
      value: undefined,
      term: undefined,
      part: undefined,
    }));
  }

  private find(name: string): readonly PossibleSeries[] {
    if (alertSeries.includes(name)) return this.ofAlerts(name);
    return [
      ...this.measured(name),
      ...this.recordersOf(name).flatMap((rule) =>
        this.evaluation.of(rule.parsed.expr).map((series) => ({
          ...written(series, rule, (value) => new Set([value])),
          term: recordedTerm(series.term, rule),
        })),
      ),
    ];
  }

  private measured(name: string): readonly PossibleSeries[] {
    const metric = this.metrics.get(name);
    if (metric?.stored !== undefined && !metric.stored.includes(name)) return [];
    return (metric?.exportedBy ?? []).map((job) => this.exported(name, metric?.labels ?? [], job));
  }

  private exported(name: string, labels: DescribedMetric["labels"], job: string): PossibleSeries {
    const isService = this.catalogue.services.some((service) => service.name === job);
    const ofType = name.endsWith("_bucket") ? "le" : "quantile";
    return {
      labels: new Map<string, Values>([
        ...labels.map(
          ({ name: label, values }) => [label, values === undefined ? "any" : new Set(values)] as const,
        ),
        [ofType, "any"],
        ["job", new Set([job])],
        ["service", isService ? new Set([job]) : "any"],
        ["instance", "any"],
        ["environment", "any"],
      ]),
      isOpen: false,
      term: termOf(name, job),
    };
  }

  /** Alerts that read alerts fire as long as one more of them can, beginning with those that read none. */
  private ofAlerts(name: string): readonly PossibleSeries[] {
    const [readers, others] = [true, false].map((isReader) =>
      this.alerts.filter(({ expr }) => /\bALERTS/.test(expr) === isReader),
    );
    const first = (others ?? []).flatMap((rule) => this.ofAlert(rule, name, this.evaluation));
    let series: readonly PossibleSeries[] = first;
    for (let before = -1; before < series.length;) {
      before = series.length;
      this.known.set(name, series);
      const evaluation = new Evaluation((each) => this.seriesOf(each));
      series = distinct([
        ...first,
        ...(readers ?? []).flatMap((rule) => this.ofAlert(rule, name, evaluation)),
      ]);
    }
    return series;
  }

  private ofAlert(rule: RuleReader, name: string, evaluation: Evaluation): readonly PossibleSeries[] {
    return this.alertLabels(rule, evaluation).map((series) => {
      const named = withLabel(series, "alertname", new Set([rule.name]));
      const states = rule.for === undefined ? ["firing"] : ["pending", "firing"];
      return {
        ...(name === "ALERTS" ? withLabel(named, "alertstate", new Set(states)) : named),
        isAlways: series.isAlways === true && rule.for === undefined,
        isDecided: undefined,
      };
    });
  }
}

/** A series with the labels of the rule that writes it; "" drops a label. */
function written(
  series: PossibleSeries,
  { labels }: RuleReader,
  valuesOf: (value: string) => Values,
): PossibleSeries {
  return Object.entries(labels).reduce(
    (all, [label, value]) => (value === "" ? without(all, [label]) : withLabel(all, label, valuesOf(value))),
    series,
  );
}
