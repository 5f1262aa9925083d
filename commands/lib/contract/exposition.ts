/** One line of an exposition: a sample. */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One metric of an exposition. Counters are named with `_total` in both formats. */
export interface ParsedFamily {
  readonly name: string;
  /** As announced; `untyped` where nothing is. OpenMetrics' `unknown` is `untyped` here. */
  readonly type: string;
  /** As announced, in OpenMetrics only. */
  readonly unit: string | undefined;
  readonly samples: readonly ParsedSample[];
}

/** A text that is no exposition, with the line that shows it. */
export class ExpositionError extends Error {
  constructor(
    readonly line: number,
    problem: string,
  ) {
    super(`line ${String(line)}: ${problem}`);
    this.name = "ExpositionError";
  }
}

interface Family {
  type: string;
  unit: string | undefined;
  samples: ParsedSample[];
}

/** What a sample's name may add to its metric's name. */
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: ["_total", "_created"],
  histogram: ["_bucket", "_sum", "_count", "_created"],
  gaugehistogram: ["_bucket", "_gsum", "_gcount"],
  summary: ["_sum", "_count", "_created"],
  info: ["_info"],
};

/**
 * Parses Prometheus' text format 0.0.4 or OpenMetrics 1.0.
 * @param isOpenMetrics whether the content type says that it is OpenMetrics
 * @throws ExpositionError at the first line that is not in the format
 */
export function parseExposition(text: string, isOpenMetrics: boolean): ReadonlyMap<string, ParsedFamily> {
  const families = new Map<string, Family>();
  const familyOf = (name: string): Family => {
    const family = families.get(name) ?? { type: "untyped", unit: undefined, samples: [] };
    families.set(name, family);
    return family;
  };
  const lines = text.split(/\r?\n/);
  let ended = false;
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    if (line.trim() === "") continue;
    if (ended) throw new ExpositionError(number, "there is more after # EOF");
    if (line.startsWith("#")) {
      ended = isOpenMetrics && line.trim() === "# EOF";
      if (!ended) readMetadata(line, number, familyOf);
      continue;
    }
    const sample = new SampleReader(line, number).read();
    familyOf(nameOfFamily(sample.name, families)).samples.push(sample);
  }
  if (isOpenMetrics && !ended) throw new ExpositionError(lines.length, "OpenMetrics must end with # EOF");
  return normalized(families, isOpenMetrics);
}

function readMetadata(line: string, number: number, familyOf: (name: string) => Family): void {
  const match = /^#\s+(HELP|TYPE|UNIT)\s+(\S+)(?:\s+(.*))?$/.exec(line);
  if (!match) return;
  const [, keyword, name = "", rest = ""] = match;
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) {
    throw new ExpositionError(number, `"${name}" is no name of a metric`);
  }
  const family = familyOf(name);
  if (keyword === "TYPE") family.type = rest.trim() === "unknown" ? "untyped" : rest.trim();
  if (keyword === "UNIT") family.unit = rest.trim();
}

/** The metric that a sample belongs to: one whose announced name it has, with what its type adds. */
function nameOfFamily(sample: string, families: ReadonlyMap<string, Family>): string {
  if (families.has(sample)) return sample;
  for (const [type, added] of Object.entries(suffixes)) {
    const suffix = added.find((each) => sample.endsWith(each));
    const name = suffix === undefined ? sample : sample.slice(0, -suffix.length);
    if (families.get(name)?.type === type) return name;
  }
  return sample;
}

/** Gives counters of OpenMetrics their full name, and drops the times of creation, which are no metrics of their own. */
function normalized(
  families: ReadonlyMap<string, Family>,
  isOpenMetrics: boolean,
): ReadonlyMap<string, ParsedFamily> {
  const result = new Map<string, ParsedFamily>();
  for (const [name, family] of families) {
    const isShort = isOpenMetrics && family.type === "counter" && !name.endsWith("_total");
    const fullName = isShort ? `${name}_total` : name;
    const samples = family.samples.filter(
      (sample) => sample.name === name || !sample.name.endsWith("_created"),
    );
    result.set(fullName, { ...family, name: fullName, samples });
  }
  return result;
}

/** Reads `name{label="value",...} value [timestamp] [# {exemplar} value [timestamp]]`. */
class SampleReader {
  private at = 0;

  constructor(
    private readonly line: string,
    private readonly number: number,
  ) {}

  read(): ParsedSample {
    const name = this.match(/[a-zA-Z_:][a-zA-Z0-9_:]*/y, "a metric's name");
    const labels = this.peek() === "{" ? this.labels() : {};
    this.spaces();
    const value = this.value();
    this.rest();
    return { name, labels, value };
  }

  private labels(): Record<string, string> {
    const labels: Record<string, string> = {};
    this.at += 1;
    for (;;) {
      this.spaces();
      if (this.peek() === "}") break;
      const name = this.match(/[a-zA-Z_][a-zA-Z0-9_]*/y, "a label's name");
      if (Object.hasOwn(labels, name)) this.fail(`the label ${name} is there twice`);
      this.spaces();
      this.match(/=/y, "=");
      this.spaces();
      const quoted = this.match(/"(?:[^"\\]|\\.)*"/y, "a label's value in quotes");
      labels[name] = quoted
        .slice(1, -1)
        .replace(/\\(.)/g, (_all, char: string) => (char === "n" ? "\n" : char));
      this.spaces();
      if (this.peek() !== ",") break;
      this.at += 1;
    }
    this.match(/\}/y, "}");
    return labels;
  }

  private value(): number {
    const text = this.match(/\S+/y, "a value");
    const value = numberOf(text);
    return value ?? this.fail(`"${text}" is no number`);
  }

  private rest(): void {
    const rest = this.line.slice(this.at);
    // A time stamp, then an exemplar; neither says anything of the metric.
    if (!/^(\s+-?[\d.eE+-]+)?\s*(#\s*\{.*\}\s*\S+(\s+[\d.eE+-]+)?\s*)?$/.test(rest)) {
      this.fail(`"${rest.trim()}" cannot follow the value`);
    }
  }

  private peek(): string | undefined {
    this.spaces();
    return this.line[this.at];
  }

  private spaces(): void {
    while (this.line[this.at] === " " || this.line[this.at] === "\t") this.at += 1;
  }

  private match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.line)?.[0];
    if (found === undefined) return this.fail(`expected ${what} at column ${String(this.at + 1)}`);
    this.at += found.length;
    return found;
  }

  private fail(problem: string): never {
    const shown = this.line.length > 80 ? `${this.line.slice(0, 80)}...` : this.line;
    throw new ExpositionError(this.number, `${problem}: ${shown}`);
  }
}

function numberOf(text: string): number | undefined {
  const special: Readonly<Record<string, number>> = {
    "+inf": Infinity,
    inf: Infinity,
    "-inf": -Infinity,
    nan: NaN,
  };
  const known = special[text.toLowerCase()];
  if (known !== undefined) return known;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
