import { nodesOf, operandsOf, type Expression } from "../../metrics/promql-analysis";
import type { Verdict } from "./impact";
import type { ExpressionReader } from "./readers/expression";
import { Evaluation } from "./series/evaluate";
import { anything, mayHave, type PossibleSeries } from "./series/possible";
import { reasonsOf, type Reason, type Sight } from "./series/reasons";
import type { World } from "./series/world";

/** What becomes of a reader, and why. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly consequence: string;
  /** None where nothing that is read is to blame but the expression itself. */
  readonly reasons: readonly Reason[];
}

/** What an expression gives, as people see it. */
type State = "nothing" | "one number" | "at all times" | "whenever there is data" | "something";

/** A reader's sight of a version: series by name, where a variable or somebody else decides anything there may be. */
export function sightOf(
  reader: ExpressionReader,
  world: World,
  isElsewhere: (name: string) => boolean,
): Sight {
  if (!reader.isForeign && reader.isAlert) return { world, evaluation: world.evaluation };
  const seriesOf = (name: string) =>
    !reader.isWritten(name) || isElsewhere(name) ? [anything] : world.seriesOf(name);
  return { world, evaluation: new Evaluation(seriesOf, reader.isOpen) };
}

/** What is known of a reader beside the versions. */
export interface Known {
  /** Whether the expression was not there before. */
  readonly isNew: boolean;
  /** The name that a series has now whose metric was renamed step by step. */
  readonly successorOf: (series: string) => string | undefined;
}

/** Judges what becomes of a reader; nothing where it reads what it did. */
export function judge(
  reader: ExpressionReader,
  before: Sight,
  after: Sight,
  { isNew, successorOf }: Known,
): readonly Judgement[] {
  const { expr, isAlert } = reader;
  const [was, is] = [stateOf(expr, before, isAlert), stateOf(expr, after, isAlert)];
  const broken = is !== "something" && was !== is;
  const mistaken = isNew && !reader.isForeign && (is === "nothing" || is === "whenever there is data");
  if (!broken && !mistaken) {
    if (is !== "something" && is !== "whenever there is data") return [];
    return [
      ...lessOf(reader, before, after, successorOf),
      ...labelsLost(reader, before, after),
      ...(isNew ? neverOffered(reader, before, after) : []),
    ];
  }
  const reasons = reasonsOf(expr, after, broken ? before : undefined);
  // What is written to give a number at all times, such as an alert that says that alerts arrive, means it.
  if (isNew && reasons.length === 0 && is !== "nothing" && is !== "whenever there is data") return [];
  return [{ verdict: "block", consequence: consequenceOf(reader, is, after), reasons }];
}

function stateOf(expr: Expression, { evaluation }: Sight, isAlert: boolean): State {
  const series = evaluation.of(expr);
  if (series.length === 0) return "nothing";
  if (isAlert) {
    if (series.some(({ isAlways }) => isAlways === true)) return "at all times";
    const isSettled = ({ isDecided, isUnsure }: PossibleSeries) => isDecided === false && isUnsure !== true;
    return series.some(isSettled) ? "whenever there is data" : "something";
  }
  return series.every(({ value }) => value !== undefined) ? "one number" : "something";
}

function consequenceOf(reader: ExpressionReader, state: State, { evaluation }: Sight): string {
  if (state === "at all times") return "fires all the time";
  if (state === "whenever there is data") return "fires all the time that there is data";
  if (state === "one number") {
    const values = new Set(evaluation.of(reader.expr).map(({ value }) => String(value)));
    return `gives ${[...values].join(" and ")} whatever is measured`;
  }
  if (reader.isAlert) return "can never fire";
  switch (reader.where) {
    case "variable":
    case "foreign variable":
      return "will offer no choice";
    case "recorded series":
    case "foreign recorded series":
      return "will record nothing";
    default:
      return "will show nothing";
  }
}

/** What gives something still, and less than it did; or more, where it was held back. */
function lessOf(
  reader: ExpressionReader,
  before: Sight,
  after: Sight,
  successorOf: Known["successorOf"],
): readonly Judgement[] {
  const all = reasonsOf(reader.expr, after, before);
  if (all.length === 0) return [];
  const read = new Set(nodesOf(reader.expr, "selector").map(({ name }) => name));
  const readInstead = (reason: Reason) => {
    const successor = reason.kind === "name" ? successorOf(reason.series) : undefined;
    return successor !== undefined && read.has(successor);
  };
  const reasons = all.filter((reason) => !readInstead(reason));
  if (reasons.length === 0)
    return [{ verdict: "pass", consequence: "reads the new name beside it", reasons: all }];
  const freed = nodesOf(reader.expr, "binary").some(
    ({ op, right }) =>
      op === "unless" && after.evaluation.of(right).length === 0 && before.evaluation.of(right).length > 0,
  );
  if (freed && reader.isAlert)
    return [{ verdict: "block", consequence: "fires where it was held back before", reasons }];
  const consequence = freed ? "shows what was left out" : lessInWords(reader, reasons, before, after);
  return [{ verdict: "warn", consequence, reasons }];
}

function lessInWords(
  { expr, isAlert }: ExpressionReader,
  reasons: readonly Reason[],
  before: Sight,
  after: Sight,
): string {
  if (reasons.every(({ kind }) => kind === "fewer")) return "reads less";
  const isLeftOut = selectorsLeftOut(expr);
  const lost = nodesOf(expr, "selector").filter((selector) => reasonsOf(selector, after, before).length > 0);
  if (lost.every((selector) => isLeftOut.has(selector)))
    return isAlert ? "is held back by less" : "leaves out less";
  return isAlert ? "fires for less" : "shows less";
}

/** The selectors behind an `unless`; those behind one more bring back what it leaves out. */
function selectorsLeftOut(expr: Expression, isLeftOut = false): ReadonlySet<Expression> {
  if (expr.kind === "selector") return new Set(isLeftOut ? [expr] : []);
  const isUnless = expr.kind === "binary" && expr.op === "unless";
  return new Set(
    operandsOf(expr).flatMap((operand) => [
      ...selectorsLeftOut(operand, isUnless && operand === expr.right ? !isLeftOut : isLeftOut),
    ]),
  );
}

/** What groups by a label, or shows one, that is not there any more. */
function labelsLost(reader: ExpressionReader, before: Sight, after: Sight): readonly Judgement[] {
  const lost = (expr: Expression, label: string) =>
    mayBeIn(before.evaluation.of(expr), label) && !mayBeIn(after.evaluation.of(expr), label);
  const grouped = nodesOf(reader.expr, "aggregation").flatMap(({ by = [], args }) => {
    const operand = args.at(-1);
    return by.flatMap((label) =>
      operand !== undefined && lost(operand, label)
        ? seriesWithout(operand, label, before, after).map((series) => ({ label, series, shown: false }))
        : [],
    );
  });
  const shown = reader.shownLabels
    .filter((label) => lost(reader.expr, label))
    .flatMap((label) =>
      seriesWithout(reader.expr, label, before, after).map((series) => ({ label, series, shown: true })),
    );
  return [...grouped, ...shown].map(({ label, series, shown: isShown }) => ({
    ...(isShown && isVariable(reader)
      ? offersNone
      : {
          verdict: "warn",
          consequence: isShown
            ? `shows nothing in place of ${label}`
            : `tells no ${label} from another any more`,
        }),
    reasons: [{ kind: "label", series, label, through: [] }],
  }));
}

const offersNone = { verdict: "block", consequence: "will offer no choice" } as const;

function isVariable({ where }: ExpressionReader): boolean {
  return where.endsWith("variable");
}

/** A new variable that offers the values of a label which nothing that it reads has. */
function neverOffered(reader: ExpressionReader, before: Sight, after: Sight): readonly Judgement[] {
  if (!isVariable(reader) || reader.isForeign) return [];
  const [old, now] = [before, after].map(({ evaluation }) => evaluation.of(reader.expr));
  return reader.shownLabels
    .filter((label) => !mayBeIn(now ?? [], label) && !mayBeIn(old ?? [], label))
    .flatMap((label) =>
      nodesOf(reader.expr, "selector").map(({ name: series }) => ({
        ...offersNone,
        reasons: [{ kind: "label" as const, series, label, through: [] }],
      })),
    );
}

function seriesWithout(expr: Expression, label: string, before: Sight, after: Sight): readonly string[] {
  const names = new Set(nodesOf(expr, "selector").map(({ name }) => name));
  return [...names].filter((name) => {
    const [was, is] = [before.world.seriesOf(name), after.world.seriesOf(name)];
    return is.length > 0 && mayBeIn(was, label) && !mayBeIn(is, label);
  });
}

function mayBeIn(all: readonly PossibleSeries[], label: string): boolean {
  return all.some((series) => mayHave(series, label));
}
