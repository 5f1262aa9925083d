import { MemoryStorage, type Labels } from "../../metrics/promql-engine";
import { unquote } from "../../metrics/promql-analysis";

/** Samples of a series as they come. */
interface Collected {
  readonly labels: Labels;
  readonly times: number[];
  readonly values: number[];
}

const sample = /^([a-zA-Z_:][\w:]*)?(\{.*\})? +(\S+) +(-?[\d.eE+]+)(?: *#.*)?$/;
const label = /\s*([a-zA-Z_]\w*|"(?:[^"\\]|\\.)*")(?:\s*=\s*("(?:[^"\\]|\\.)*"))?\s*(?:,|$)/y;

/** Reads lines of the OpenMetrics format, each sample with its time in seconds. */
export class SampleLines {
  private readonly series = new Map<string, Collected>();
  private first = Infinity;
  private last = -Infinity;
  /** How many samples were read. */
  count = 0;

  /** Takes a line; gives what is wrong with it, in words. */
  add(line: string): string | undefined {
    if (line === "" || line.startsWith("#")) return undefined;
    const match = sample.exec(line);
    if (match === null) return `no sample with its time: ${line.slice(0, 100)}`;
    const [, name = "", braces = "", value = "", seconds = ""] = match;
    const key = `${name}${braces}`;
    let series = this.series.get(key);
    if (series === undefined) {
      const labels = labelsOf(name, braces);
      if (labels === undefined) return `labels that cannot be read: ${key.slice(0, 100)}`;
      series = { labels, times: [], values: [] };
      this.series.set(key, series);
    }
    const time = Math.round(Number(seconds) * 1_000);
    if (!Number.isFinite(time)) return `no time: ${seconds}`;
    series.times.push(time);
    series.values.push(numberOf(value));
    this.first = Math.min(this.first, time);
    this.last = Math.max(this.last, time);
    this.count += 1;
    return undefined;
  }

  /** The first and the last time, in milliseconds. */
  get span(): { readonly from: number; readonly to: number } {
    return { from: this.first, to: this.last };
  }

  /**
   * All series. NaN is taken for the end of one: a dump does not tell Prometheus's markers of staleness from numbers that
   * are none.
   */
  storage(): MemoryStorage {
    const storage = new MemoryStorage();
    for (const { labels, times, values } of this.series.values()) {
      const order = Array.from(times.keys()).sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0));
      const there = order.filter(
        (place, index) => !Number.isNaN(values[place]) && times[place] !== times[order[index + 1] ?? -1],
      );
      storage.add({
        labels,
        times: Float64Array.from(there, (place) => times[place] ?? 0),
        values: Float64Array.from(there, (place) => values[place] ?? 0),
        staleAt: order.filter((place) => Number.isNaN(values[place])).map((place) => times[place] ?? 0),
      });
    }
    this.series.clear();
    return storage;
  }
}

function labelsOf(name: string, braces: string): Labels | undefined {
  const labels: Record<string, string> = name === "" ? {} : { __name__: name };
  const text = braces.slice(1, -1);
  for (label.lastIndex = 0; label.lastIndex < text.length;) {
    const match = label.exec(text);
    if (match === null) return undefined;
    const [, first = "", value] = match;
    const word = first.startsWith('"') ? unquote(first) : first;
    // A name in quotes stands alone.
    if (value === undefined) labels.__name__ = word;
    else labels[word] = unquote(value);
  }
  return labels;
}

function numberOf(text: string): number {
  if (text === "+Inf" || text === "Inf") return Infinity;
  return text === "-Inf" ? -Infinity : Number(text);
}
