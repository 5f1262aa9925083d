import { RE2JS } from "re2js";
import { anchored } from "./matcher";

/** An instruction of RE2's program for a regular expression, as re2js compiles it. */
interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
  matchRune(rune: number): boolean;
}

/** The operations of RE2's programs (`regexp/syntax/prog.go` of Go has the same). */
const op = {
  alternative: 1,
  alternativeMatch: 2,
  capture: 3,
  empty: 4,
  fail: 5,
  match: 6,
  nothing: 7,
  lastRune: 11,
};
const firstRuneOp = 8;
/** What an empty match may ask for. */
const at = { beginLine: 1, endLine: 2, beginText: 4, endText: 8, boundary: 16, noBoundary: 32 };

/** What stands beside a place in a text, as far as empty matches ask for it. */
export type Beside = "edge" | "word" | "lineFeed" | "other";

/** What a character is for empty matches. */
export function besideOf(rune: number): Beside {
  if (rune === 10) return "lineFeed";
  return /^\w$/.test(String.fromCodePoint(rune)) ? "word" : "other";
}

/** A regular expression of a matcher as an automaton that reads a text character by character. */
export class Automaton {
  private readonly instructions: readonly Instruction[];
  readonly start: readonly number[];

  /**
   * @param pattern of the whole text, as a matcher has it
   * @throws RangeError for what this automaton does not know
   */
  constructor(pattern: string) {
    const program: unknown = (anchored(pattern).re2Input as { readonly prog: unknown }).prog;
    const { inst, start } = program as { readonly inst: readonly Instruction[]; readonly start: number };
    if (inst.some((each) => each.op > op.lastRune)) throw new RangeError(`"${pattern}" looks behind itself`);
    this.instructions = inst;
    this.start = [start];
  }

  /** A text as an automaton. */
  static ofText(text: string): Automaton {
    return new Automaton(RE2JS.quote(text));
  }

  /** Its instructions that read a character. */
  get readers(): readonly Instruction[] {
    return this.instructions.filter(({ op: code }) => code >= firstRuneOp);
  }

  /** Places after a character. */
  step(places: readonly number[], before: Beside, rune: number): readonly number[] {
    const after = new Set<number>();
    for (const place of this.closure(places, before, besideOf(rune))) {
      const instruction = this.instructions[place];
      if (instruction !== undefined && instruction.op >= firstRuneOp && instruction.matchRune(rune)) {
        after.add(instruction.out);
      }
    }
    return [...after].sort((one, other) => one - other);
  }

  /** Whether a text that ends here is matched. */
  accepts(places: readonly number[], before: Beside): boolean {
    return this.closure(places, before, "edge").some((place) => this.instructions[place]?.op === op.match);
  }

  /** The places that are reached without reading anything. */
  private closure(places: readonly number[], before: Beside, after: Beside): readonly number[] {
    const holds = conditions(before, after);
    const seen = new Set<number>();
    const open = [...places];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const instruction = this.instructions[place];
      if (instruction === undefined) continue;
      const { op: code, out, arg } = instruction;
      if (code === op.alternative || code === op.alternativeMatch) open.push(out, arg);
      else if (code === op.capture || code === op.nothing) open.push(out);
      else if (code === op.empty && (arg & ~holds) === 0) open.push(out);
    }
    return [...seen];
  }
}

function conditions(before: Beside, after: Beside): number {
  const isBoundary = (before === "word") !== (after === "word");
  return (
    (before === "edge" ? at.beginText | at.beginLine : 0) |
    (before === "lineFeed" ? at.beginLine : 0) |
    (after === "edge" ? at.endText | at.endLine : 0) |
    (after === "lineFeed" ? at.endLine : 0) |
    (isBoundary ? at.boundary : at.noBoundary)
  );
}
