import { variableUses, type VariableUse } from "./variables";

/** Where something stands in a text: characters from 0, `to` is the first behind it. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** What stands in a text in place of a use of a variable. */
interface StandIn extends Place {
  readonly use: VariableUse;
}

/** PromQL made of a query with Grafana's variables: something stands in for each of them. */
export class Interpolation {
  readonly text: string;
  private readonly standIns: readonly StandIn[];

  constructor(
    private readonly source: string,
    uses: readonly VariableUse[],
    texts: readonly string[],
  ) {
    let [text, end] = ["", 0];
    this.standIns = uses.map((use, index) => {
      text += source.slice(end, use.from);
      end = use.to;
      const from = text.length;
      text += texts[index] ?? "";
      return { from, to: text.length, use };
    });
    this.text = text + source.slice(end);
  }

  /** The part of the query from which a part of the text was made. */
  original({ from, to }: Place): string {
    return this.source.slice(this.offset(from, "from"), this.offset(to, "to"));
  }

  /** The uses of variables in a part of the text. */
  usesIn({ from, to }: Place): VariableUse[] {
    return this.standIns.filter((one) => one.from < to && from < one.to).map(({ use }) => use);
  }

  private offset(at: number, edge: "from" | "to"): number {
    const within = this.standIns.find((one) => one.from < at && at < one.to);
    if (within !== undefined) return within.use[edge];
    const before = this.standIns.filter((one) => one.to <= at).at(-1);
    return before === undefined ? at : before.use.to + at - before.to;
  }
}

/** So many readings of a query are tried. */
const mostReadings = 100;
const stringOrComment = /#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/g;

/**
 * The readings of a query: a variable may hold a metric's name, a number, a function and more, which only Grafana
 * knows. The likeliest is the first.
 */
export function* readingsOf(source: string): Generator<Interpolation> {
  const uses = variableUses(source);
  const masked = maskedCode(source, uses);
  const choices = uses.map((use) => candidates(use, source, masked));
  const open = [
    ...new Set(uses.filter((_, index) => (choices[index]?.length ?? 0) > 1).map(({ name }) => name)),
  ];
  for (let count = 0; count < mostReadings; count++) {
    let rest = count;
    const chosen = new Map<string, number>();
    for (const name of open) {
      const most = Math.max(
        ...choices.filter((_, index) => uses[index]?.name === name).map(({ length }) => length),
      );
      chosen.set(name, rest % most);
      rest = Math.floor(rest / most);
    }
    if (rest > 0) return;
    const texts = choices.map(
      (of, index) => of[(chosen.get(uses[index]?.name ?? "") ?? 0) % of.length] ?? "",
    );
    yield new Interpolation(source, uses, texts);
  }
}

/** The query with all that is no code blotted out, each character by one: strings, comments, variables. */
function maskedCode(source: string, uses: readonly VariableUse[]): string {
  const code = source.replace(stringOrComment, (text) =>
    (text.startsWith("#") ? " " : '"').repeat(text.length),
  );
  return uses.reduce(
    (text, { from, to }) =>
      text[from] === '"' || text[from] === " "
        ? text
        : text.slice(0, from) + "$".repeat(to - from) + text.slice(to),
    code,
  );
}

/** What may stand in for a variable where it stands. */
function candidates({ name, from, to }: VariableUse, source: string, masked: string): readonly string[] {
  // In a string it is as good as its value, in a comment nothing matters.
  if (masked[from] !== "$") return [source.slice(from, to)];
  const [before, after] = [masked.slice(0, from), masked.slice(to)];
  // Half of a length of time, as in [${__range_s}s].
  const isNumber = /^(?:ms|[smhdwy])\b/.test(after) || /_(?:ms|s)$|^__(?:from|to)$/.test(name);
  if (isWithin(before, "[", "]") || /\boffset\s*[-+]?\s*$/i.test(before))
    return isNumber && !/^\s*[\]:]/.test(after) ? ["60"] : ["60s"];
  if (/@\s*$/.test(before) || (isNumber && name.startsWith("__"))) return ["60"];
  if (/^__(?:rate_)?(?:interval|range)$/.test(name)) return ["60s"];
  if (/[\w:$]$/.test(before) || /^[\w:$]/.test(after)) return ["variable"];
  if (isWithin(before, "{", "}"))
    return /^\s*[=!]/.test(after) ? ["variable"] : ['variable="x"', '"variable"', "variable"];
  if (/^\s*[[{]/.test(after)) return ["variable"];
  if (/^\s*(?:\(|by\b|without\b)/i.test(after))
    return ["sum", "rate", "topk", "histogram_quantile", "variable"];
  return ["variable", "60", "+", '"x"', "variable[1m]"];
}

function isWithin(before: string, open: string, close: string): boolean {
  return before.split(open).length > before.split(close).length;
}
