import { closeSync, openSync, writeSync } from "node:fs";
import { servicesOf, type CatalogueEntry } from "../../metrics/catalogue";
import { familyOf } from "../../metrics/families";
import type { LabelSpec } from "../../metrics/labels";
import { exporters } from "../../metrics/exporters";
import { everyService, everyTarget } from "../../metrics/targets";
import { catalogue } from "../../shop/metrics/catalogue";

const serviceNames = servicesOf(catalogue);

/** How many series each metric has. */
export const seriesPerMetric = 1_000;

/** A time in which there are samples, in Unix seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A metric to write, with the times at which it has samples. */
export interface WrittenMetric {
  /** As it is stored: `http_request_duration_seconds_bucket`. */
  readonly name: string;
  readonly spans: readonly Span[];
}

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly at: (seconds: number) => number;
}

/** Values that queries ask for by name, these first, and some others, of labels that someone else's exporter sets. */
const knownValues: Readonly<Record<string, readonly string[]>> = {
  alertname: ["HostHighCpu", "HighErrorRatio", "AvailabilityBudgetBurn", "LatencyBudgetBurn"],
  cpu: ["0", "1", "2", "3"],
  device: ["eth0", "eth1", "sda", "sdb"],
  fstype: ["ext4"],
  mode: ["idle", "iowait", "steal", "system", "user"],
  mountpoint: ["/", "/data"],
  quantile: ["0.5", "0.9", "0.99"],
  reason: ["internal_error", "payment_declined", "dependency_unavailable", "insufficient_stock"],
  status_code: ["200", "500", "201", "404", "503"],
};
/** How many values a label has that has more in its definition. */
const fewValues = 5;

/** Writes metrics in the OpenMetrics format, as `promtool tsdb create-blocks-from` takes them. */
export function writeMetrics(
  file: string,
  metrics: readonly WrittenMetric[],
  intervalSeconds: number,
): number {
  const output = openSync(file, "w");
  let samples = 0;
  try {
    for (const { name, spans } of metrics) {
      for (const { labels, at } of seriesOf(name)) {
        const texts = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
        const head = `${name}{${texts.join(",")}}`;
        const lines: string[] = [];
        for (const { from, to } of spans) {
          for (let time = from; time <= to; time += intervalSeconds) {
            lines.push(`${head} ${String(at(time))} ${String(time)}`);
          }
        }
        samples += lines.length;
        writeSync(output, `${lines.join("\n")}\n`);
      }
    }
    writeSync(output, "# EOF\n");
  } finally {
    closeSync(output);
  }
  return samples;
}

/** The series of a metric: every combination of its labels' values, of as many instances as it takes. */
function seriesOf(name: string): Series[] {
  const metric = familyOf(catalogue, name);
  if (metric === undefined) throw new Error(`The catalogue has no ${name}.`);
  const specs = Object.entries<LabelSpec>(metric.labels);
  const own = specs.map(([label, spec]) => [label, valuesOf(label, spec)] as const);
  const isBucket = metric.type === "histogram" && name.endsWith("_bucket");
  if (isBucket) own.push(["le", [...(metric.buckets ?? []).map(String), "+Inf"]]);
  if (metric.type === "summary" && name === metric.name) own.push(["quantile", knownValues.quantile ?? []]);
  const sets = combinations(own);
  const jobs = jobsOf(metric);
  const instances = Math.ceil(seriesPerMetric / (sets.length * jobs.length));
  const all: Series[] = [];
  for (const job of jobs) {
    for (let instance = 1; instance <= instances; instance += 1) {
      for (const labels of sets) {
        const isService = (serviceNames as readonly string[]).includes(job);
        const place = { job, instance: `${job}-${String(instance)}`, ...(isService && { service: job }) };
        all.push({ labels: { ...place, ...labels }, at: valueOf(metric, name, all.length, labels) });
      }
    }
  }
  return all.slice(0, seriesPerMetric);
}

function valuesOf(label: string, spec: LabelSpec): readonly string[] {
  const known = knownValues[label];
  if (spec.kind === "oneOf") {
    return known?.every((value) => spec.values.includes(value)) === true
      ? known
      : spec.values.slice(0, fewValues);
  }
  return known ?? Array.from({ length: fewValues }, (_, index) => `${label}-${String(index + 1)}`);
}

/** All combinations of values, of each label as many as give at most 200. A histogram has all of its bounds. */
function combinations(labels: readonly (readonly [string, readonly string[]])[]) {
  const withAtMost = (count: number) =>
    labels.reduce<readonly Readonly<Record<string, string>>[]>(
      (sets, [label, values]) => {
        const taken = label === "le" ? values : values.slice(0, count);
        return sets.flatMap((set) => taken.map((value) => ({ ...set, [label]: value })));
      },
      [{}],
    );
  const counts = Array.from({ length: fewValues }, (_, index) => fewValues - index);
  return counts.map(withAtMost).find((sets) => sets.length <= 200) ?? withAtMost(1);
}

function jobsOf({ exportedBy }: CatalogueEntry): readonly string[] {
  if (exportedBy.includes(everyTarget)) return [...serviceNames, ...exporters];
  return exportedBy.flatMap((by): readonly string[] => (by === everyService ? serviceNames : [by]));
}

/** Counters grow steadily, each at its own rate, and gauges swing by a tenth around a value of their own. */
function valueOf(
  { type, buckets = [] }: CatalogueEntry,
  name: string,
  index: number,
  { le }: Readonly<Record<string, string>>,
): Series["at"] {
  const size = 1 + (index % 7);
  if (name === "node_filesystem_readonly") return () => 0;
  if (type === "gauge" || (type === "summary" && !/_(?:sum|count)$/.test(name))) {
    return (seconds) => round(size * (1 + 0.1 * Math.sin(seconds / 1_800 + index)));
  }
  // Every bucket has its share: as many events lie between each two bounds.
  const below = le === undefined || le === "+Inf" ? buckets.length + 1 : buckets.map(String).indexOf(le) + 1;
  const share = le === undefined ? 1 : below / (buckets.length + 1);
  const start = 1_700_000_000;
  return (seconds) => round((seconds - start) * share * (le === undefined ? size : 1));
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
