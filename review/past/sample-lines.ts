import { keyOf, MemoryStorage, type Labels } from "../../metrics/promql-engine";
import { unquote } from "../../metrics/promql-analysis";

/** Samples of a series as they come. */
interface Collected {
  readonly labels: Labels;
  readonly times: number[];
  readonly values: number[];
}

/** Names may be any text without spaces: promtool writes those of OpenTelemetry as they are. */
const sample = /^([^\s{"#][^\s{]*)?(\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?[ \t]+(\S+)[ \t]+(\S+)[ \t]*(?:#.*)?$/;
const label = /\s*([a-zA-Z_]\w*|"(?:[^"\\]|\\.)*")(?:\s*=\s*("(?:[^"\\]|\\.)*"))?\s*(?:,|$)/y;
const number = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;
/** Seconds in the year 5138: what is beyond was written in milliseconds. */
const lastSecond = 1e11;
const allowed = 'allowed: a name, labels, a value and a time in seconds, such as up{job="a"} 1 1767571200.5';

/** Reads lines of the OpenMetrics format, each sample with its time in seconds. */
export class SampleLines {
  private readonly series = new Map<string, Collected>();
  /** The same by how they are written. */
  private readonly byText = new Map<string, Collected>();
  private first = Infinity;
  private last = -Infinity;
  /** How many samples were read. */
  count = 0;

  /** Takes a line; gives what is wrong with it, in words. */
  add(line: string): string | undefined {
    if (line === "" || line.startsWith("#")) return undefined;
    const [, name = "", braces = "", value = "", seconds = ""] = sample.exec(line) ?? [];
    const text = name + braces;
    if (text === "") return `found no sample with its time: ${line.slice(0, 100)}, ${allowed}`;
    if (!number.test(value))
      return `found the value ${value.slice(0, 100)}, allowed: a number, NaN, +Inf, -Inf`;
    const time = number.test(seconds) ? Math.round(Number(seconds) * 1_000) : NaN;
    if (!(Math.abs(time) <= lastSecond * 1_000)) {
      return `found the time ${seconds.slice(0, 100)}, allowed: seconds since 1970, such as 1767571200.5`;
    }
    const series = this.seriesOf(text, name, braces);
    if (series === undefined) return `found labels that cannot be read: ${text.slice(0, 100)}, ${allowed}`;
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
    this.byText.clear();
    return storage;
  }

  /** Undefined where its labels cannot be read. */
  private seriesOf(text: string, name: string, braces: string): Collected | undefined {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const labels = labelsOf(name, braces);
    if (labels === undefined) return undefined;
    const key = keyOf(labels);
    const series = this.series.get(key) ?? { labels, times: [], values: [] };
    this.series.set(key, series);
    this.byText.set(text, series);
    return series;
  }
}

function labelsOf(name: string, braces: string): Labels | undefined {
  const labels: Record<string, string> = name === "" ? {} : { __name__: name };
  const text = braces.slice(1, -1);
  for (label.lastIndex = 0; label.lastIndex < text.length;) {
    const match = label.exec(text);
    if (match === null) return undefined;
    const [, first = "", quoted] = match;
    const word = first.startsWith('"') ? textOf(first) : first;
    const value = quoted === undefined ? word : textOf(quoted);
    // A name in quotes stands alone.
    const key = quoted === undefined ? "__name__" : word;
    if (key === undefined || value === undefined || Object.hasOwn(labels, key)) return undefined;
    if (quoted === undefined && !first.startsWith('"')) return undefined;
    labels[key] = value;
  }
  return labels;
}

/** Undefined for an escape that nobody knows. */
function textOf(quoted: string): string | undefined {
  try {
    return unquote(quoted);
  } catch {
    return undefined;
  }
}

function numberOf(text: string): number {
  const infinite = /^([+-]?)inf/i.exec(text);
  return infinite === null ? Number(text) : infinite[1] === "-" ? -Infinity : Infinity;
}
