import type { KnownSeries } from "../../dashboards/known-traffic/series";
import type { Labels, Series, Storage } from "../../metrics/promql-engine";

/** What was asked for last is asked for again: so many names are kept as samples. */
const keptNames = 400;

/** Samples of series that are known by what they are at a time. They are made when a name is asked for. */
export class KnownStorage implements Storage {
  private readonly known = new Map<string, KnownSeries[]>();
  private readonly made = new Map<string, readonly Series[]>();
  private readonly times: Float64Array;

  /**
   * @param isThere whether a series was scraped at a time, in seconds
   * @param span seconds of Unix time
   * @param step seconds between two scrapes
   */
  constructor(
    all: readonly KnownSeries[],
    private readonly isThere: (series: KnownSeries, time: number) => boolean,
    span: { readonly from: number; readonly to: number },
    private readonly step: number,
  ) {
    for (const series of all) this.known.set(series.name, [...(this.known.get(series.name) ?? []), series]);
    const count = Math.floor((span.to - span.from) / step) + 1;
    this.times = Float64Array.from({ length: count }, (_, index) => (span.from + index * step) * 1_000);
  }

  select(name: string | undefined, matches: (labels: Labels) => boolean): readonly Series[] {
    const names = name === undefined ? [...this.known.keys()] : [name];
    return names.flatMap((each) => this.seriesOf(each)).filter(({ labels }) => matches(labels));
  }

  private seriesOf(name: string): readonly Series[] {
    const made = this.made.get(name) ?? (this.known.get(name) ?? []).map((series) => this.sampled(series));
    this.made.delete(name);
    this.made.set(name, made);
    for (const oldest of this.made.keys()) {
      if (this.made.size <= keptNames) break;
      this.made.delete(oldest);
    }
    return made;
  }

  private sampled(series: KnownSeries): Series {
    const labels = { ...series.labels, __name__: series.name };
    const values = new Float64Array(this.times.length);
    const there = new Uint8Array(this.times.length).fill(1);
    const staleAt: number[] = [];
    let sum = 0;
    for (const [index, milliseconds] of this.times.entries()) {
      const time = milliseconds / 1_000;
      if (this.isThere(series, time)) {
        const value = series.at(time);
        // Who comes back counts from 0.
        sum = there[index - 1] === 0 ? 0 : sum + value * this.step;
        values[index] = series.isCounter ? sum : value;
      } else {
        there[index] = 0;
        if (there[index - 1] !== 0) staleAt.push(milliseconds);
      }
    }
    if (staleAt.length === 0) return { labels, times: this.times, values };
    const isThere = (_value: number, index: number) => there[index] === 1;
    return { labels, times: this.times.filter(isThere), values: values.filter(isThere), staleAt };
  }
}
