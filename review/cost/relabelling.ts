import { stringify } from "yaml";
import { total } from "../../signals/volume/range";
import { type Figures, figuresOf } from "./figures";
import type { UnreadSeries } from "./unread";

/** One rule of `metric_relabel_configs`. */
export interface RelabelRule {
  readonly source_labels: readonly string[];
  readonly regex: string;
  readonly action: "drop";
}

/** What would leave out of a job's scrapes what nothing reads. */
export interface Relabelling {
  readonly job: string;
  /** To stand behind the rules that the job has. */
  readonly rules: readonly RelabelRule[];
  /** `metric_relabel_configs` with these rules, as YAML. */
  readonly yaml: string;
  /** What is left out by it. */
  readonly saves: Figures;
}

/** A relabelling for each job of which something is stored that nothing reads; that which saves most is first. */
export function relabellingsOf(unread: readonly UnreadSeries[], intervalSeconds: number): Relabelling[] {
  const jobs = [...new Set(unread.map(({ job }) => job))];
  return jobs
    .map((job) => {
      const ofJob = unread.filter((each) => each.job === job);
      const rules = rulesOf(ofJob);
      const saved = total(ofJob.map(({ series }) => series));
      return {
        job,
        rules,
        yaml: stringify({ metric_relabel_configs: rules }, { lineWidth: 0 }),
        saves: figuresOf(saved, intervalSeconds),
      };
    })
    .sort((one, other) => other.saves.series.most - one.saves.series.most || (one.job < other.job ? -1 : 1));
}

function rulesOf(unread: readonly UnreadSeries[]): RelabelRule[] {
  const names = unread.filter(({ le }) => le === undefined).map(({ name }) => escaped(name));
  const ofBuckets = unread.flatMap(({ name, le }): RelabelRule[] =>
    le === undefined
      ? []
      : [
          {
            source_labels: ["__name__", "le"],
            // Prometheus puts a semicolon between the values of two labels.
            regex: `${escaped(name)};(?:${le.map(escaped).join("|")})`,
            action: "drop",
          },
        ],
  );
  return [
    ...(names.length === 0
      ? []
      : [{ source_labels: ["__name__"], regex: names.sort().join("|"), action: "drop" } as const]),
    ...ofBuckets,
  ];
}

/** A text as a regular expression that matches it alone; Prometheus puts `^` and `$` around it. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
