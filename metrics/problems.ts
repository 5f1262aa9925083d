import { describeValue, didYouMean } from "./describe";

// What the compiler refuses, for those who do not ask it: a synth only takes the types away. Expressions are made while
// files are loaded, where an error would end everything at the first mistake, so mistakes are collected. Who makes
// something of expressions, rules or panels asks for them by `refusingProblems`.

/** A mistake in what somebody wrote: in a metric, an expression, a rule or a panel. */
export interface Problem {
  /** File, or file, line and column. Default: where the function was called that found it. */
  readonly place?: string;
  /** What is wrong, as its author calls it: `rate`, `alert ServiceDown: severity`. */
  readonly what: string;
  /** What stands there: a value, or words made by `words`. */
  readonly found: unknown;
  /** What may stand there; `candidates` where that is one of some words. */
  readonly allowed?: string;
  /** Words of which one was probably meant. */
  readonly candidates?: readonly string[];
}

/** What was found, where a value alone would not tell. */
class Words {
  constructor(readonly text: string) {}
}

/** What was found, in words: `a gauge`. */
export function words(text: string): Words {
  return new Words(text);
}

/** All that is wrong in metrics, rules and dashboards, in one message for people. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";

  /** @param problems one line a problem */
  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`;
    super(
      `${count} in the metrics, rules and dashboards:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
  }
}

const reported = new Set<string>();
let depth = 0;

/** Notes a mistake; the next `refusingProblems` refuses it. */
export function report({ place = callSite(), what, found, allowed, candidates = [] }: Problem): void {
  const is = found instanceof Words ? found.text : describeValue(found);
  const may = allowed ?? candidates.join(", ");
  reported.add(`${place}: ${what}: found ${is}, allowed: ${may}${didYouMean(found, candidates)}`);
}

/**
 * Makes something, and refuses it where a mistake was reported by then. In another one the outer one refuses, so that
 * all mistakes are told together.
 * @throws DefinitionError with all mistakes
 */
export function refusingProblems<T>(make: () => T): T {
  depth += 1;
  try {
    return make();
  } finally {
    depth -= 1;
    // In the place of an error too: it follows from the mistakes.
    if (depth === 0) refuseReported();
  }
}

function refuseReported(): void {
  if (reported.size === 0) return;
  const problems = [...reported];
  reported.clear();
  throw new DefinitionError(problems);
}

/** Files that are called by those who make mistakes: the place of a mistake is not in them. */
const machinery = [
  "metrics/promql/",
  ...["problems", "properties", "catalogue", "define", "definition", "labels", "join"].map(
    (name) => `metrics/${name}.ts`,
  ),
];

/**
 * Names files whose functions take what others wrote.
 * @param files from the project's folder, or folders with a slash at the end
 */
export function calledByAuthors(...files: readonly string[]): void {
  machinery.push(...files);
}

/**
 * Notes an error that a misspelt name or a missing value causes, at its place in the author's code.
 * @returns false for an error of another kind, which nobody but its catcher knows
 */
export function reportThrown(error: unknown): boolean {
  if (!(error instanceof TypeError || error instanceof ReferenceError)) return false;
  const place = placeIn(error.stack ?? "");
  report({
    place,
    what: "code",
    found: words(`"${error.message}"`),
    allowed: "what npm run typecheck takes",
  });
  return true;
}

/** Place in the code that called into these files: `alerts/rules/hosts.ts:30:13`. */
function callSite(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return placeIn(stack);
}

/** The first place in a stack trace that is an author's. */
function placeIn(stack: string): string {
  const root = `${process.cwd()}/`;
  const places = stack
    .split("\n")
    .map((frame) => /([^\s(]+:\d+:\d+)\)?$/.exec(frame)?.[1]?.replace(/^file:\/\//, "") ?? "")
    .map((place) => (place.startsWith(root) ? place.slice(root.length) : place));
  const isMachinery = (place: string) =>
    place.includes("node_modules/") ||
    machinery.some((file) => place.startsWith(file) || (place.startsWith("/") && place.includes(`/${file}`)));
  return places.find((place) => place !== "" && !isMachinery(place)) ?? "(unknown place)";
}
