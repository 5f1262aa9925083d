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

/** Most characters of a line that an error shows. */
const shownCharacters = 80;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Goes through an exposition's bytes, each of them a character. */
export class Scanner {
  private at = 0;
  /** Where the entry that is being read begins: errors show its line. */
  private start = 0;

  constructor(private readonly bytes: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** The next character; empty at the end. */
  get next(): string {
    return this.bytes[this.at] ?? "";
  }

  /** Errors show the line on which this is called last. */
  begin(): void {
    this.start = this.at;
  }

  /** What matches here, or undefined; then nothing is read. @param pattern with the flag `y` */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.bytes)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  /** What matches here. @throws ExpositionError that says what is wanted */
  want(pattern: RegExp, wanted: string): string {
    return this.take(pattern) ?? this.fail(`expected ${wanted} at column ${String(this.column())}`);
  }

  /** The text of bytes that must be UTF-8. */
  decode(bytes: string, what: string): string {
    try {
      return utf8.decode(Buffer.from(bytes, "latin1"));
    } catch {
      return this.fail(`${what} is no UTF-8`);
    }
  }

  fail(problem: string): never {
    const end = this.bytes.indexOf("\n", this.start);
    const line = this.bytes.slice(this.start, end === -1 ? undefined : end);
    const shown = Buffer.from(line.slice(0, shownCharacters), "latin1").toString("utf8");
    const number = this.bytes.slice(0, this.start).split("\n").length;
    const dots = line.length > shownCharacters ? "..." : "";
    throw new ExpositionError(number, line === "" ? problem : `${problem}: ${shown}${dots}`);
  }

  private column(): number {
    return this.at - this.start + 1;
  }
}

/** A number as Go writes it, but no hexadecimal; undefined for what is none or too large. */
export function numberOf(text: string): number | undefined {
  if (/^nan$/i.test(text)) return NaN;
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
