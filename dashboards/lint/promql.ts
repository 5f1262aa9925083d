import { nodesOf, parse, type Expression, type Parsed, type Selector } from "../../metrics/promql-analysis";
import { readingsOf, type Interpolation, type Place } from "./interpolation";
import { variablesIn, variableThatIs } from "./variables";

/** What Prometheus refuses in a query. */
export interface QueryProblem {
  readonly message: string;
  /** The query from there on, shortened; "" at its end. */
  readonly at: string;
}

/** A query in PromQL in which Grafana's variables may stand. */
export class PromQl {
  readonly expr: Expression;
  /** None where there is something to put in for the variables with which Prometheus takes it. */
  readonly problems: readonly QueryProblem[];
  private readonly reading: Interpolation;

  constructor(
    /** As the dashboard has it. */
    readonly source: string,
  ) {
    const { reading, parsed } = firstSound(source);
    this.reading = reading;
    this.expr = parsed.expr;
    this.problems = parsed.problems.map(({ message, from }) => ({
      message,
      at: reading.original({ from, to: from + 30 }).trim(),
    }));
  }

  /** The selectors of series, those left out whose name a variable gives. */
  get selectors(): Selector[] {
    return nodesOf(this.expr, "selector").filter((each) => !this.isNamedByVariable(each));
  }

  /** A part of the query as the dashboard has it, with the parentheses around it. */
  show(part: Expression): string {
    const text = this.textAt(part);
    return part.inParentheses ? `(${text})` : text;
  }

  /** The text at a place of the expression as the dashboard has it. */
  textAt(place: Place): string {
    return this.reading.original(place);
  }

  /** The variable that a part is and nothing else, such as `__rate_interval` for the range in `x[$__rate_interval]`. */
  variableAt(place: Place): string | undefined {
    return variableThatIs(this.textAt(place));
  }

  private isNamedByVariable({ name, from }: Selector): boolean {
    const isWritten = this.reading.text.startsWith(name, from);
    return isWritten
      ? this.reading.usesIn({ from, to: from + name.length }).length > 0
      : variablesIn(name).length > 0;
  }
}

function firstSound(source: string): { readonly reading: Interpolation; readonly parsed: Parsed } {
  let first: { readonly reading: Interpolation; readonly parsed: Parsed } | undefined;
  for (const reading of readingsOf(source)) {
    const parsed = parse(reading.text);
    if (parsed.problems.length === 0) return { reading, parsed };
    first ??= { reading, parsed };
  }
  if (first === undefined) throw new Error(`There is no reading of "${source}".`);
  return first;
}
