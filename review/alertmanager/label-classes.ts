import { alphabetOf } from "./alphabet";
import { Automaton, type Beside, besideOf } from "./automaton";
import { type Matcher, matchesValue } from "./matcher";

/** A question to a value of a label: whether it is a text, or one of a regular expression. */
export interface Atom {
  readonly kind: "text" | "regex";
  readonly value: string;
}

/** The values of a label for which all matchers say the same. */
export interface LabelClass {
  /** The shortest of them, or one of the shortest. "" is the label that is not there. */
  readonly example: string;
  /** For each atom whether it holds. */
  readonly holds: readonly boolean[];
}

/** All values of a label, by what its matchers say of them. */
export interface LabelClasses {
  readonly atoms: readonly Atom[];
  readonly classes: readonly LabelClass[];
}

/** So many states of all automata together are looked at. */
const mostStates = 50_000;

/** What a matcher asks of a value; the negative ones ask the same and take the other answer. */
export function atomOf({ operator, value }: Matcher): Atom {
  return { kind: operator.endsWith("~") ? "regex" : "text", value };
}

/**
 * Which answers of a label's matchers can come together, with a value for each: all states are looked at that their
 * automata reach together, so that there are no others.
 * @param matchers of one label
 * @throws RangeError where there are too many states, or an automaton knows something not
 */
export function classesOf(matchers: readonly Matcher[]): LabelClasses {
  const atoms = [
    ...new Map(matchers.map(atomOf).map((atom) => [`${atom.kind} ${atom.value}`, atom])).values(),
  ];
  const automata = atoms.map(({ kind, value }) =>
    kind === "text" ? Automaton.ofText(value) : new Automaton(value),
  );
  const alphabet = alphabetOf(automata);
  interface State {
    readonly text: string;
    readonly before: Beside;
    readonly places: readonly (readonly number[])[];
  }
  const start: State = { text: "", before: "edge", places: automata.map((each) => each.start) };
  const keyOf = ({ before, places }: State) => `${before} ${places.map((each) => each.join(",")).join(";")}`;
  const seen = new Set([keyOf(start)]);
  const classes = new Map<string, LabelClass>();
  const queue = [start];
  for (const state of queue) {
    const holds = automata.map((each, index) => each.accepts(state.places[index] ?? [], state.before));
    const answers = holds.join();
    if (!classes.has(answers)) classes.set(answers, { example: state.text, holds });
    for (const rune of alphabet) {
      const next: State = {
        text: state.text + String.fromCodePoint(rune),
        before: besideOf(rune),
        places: automata.map((each, index) => each.step(state.places[index] ?? [], state.before, rune)),
      };
      const key = keyOf(next);
      if (seen.has(key)) continue;
      if (seen.size >= mostStates) {
        throw new RangeError(
          `the regular expressions of the label ${matchers[0]?.label ?? ""} have too many states`,
        );
      }
      seen.add(key);
      queue.push(next);
    }
  }
  const found = [...classes.values()];
  for (const { example, holds } of found) assertSame(atoms, example, holds);
  return { atoms, classes: found };
}

/** The two ways in which this repository reads a regular expression must agree. */
function assertSame(atoms: readonly Atom[], example: string, holds: readonly boolean[]): void {
  const wrong = atoms.find((atom, index) => answerOf(atom, example) !== holds[index]);
  if (wrong === undefined) return;
  throw new RangeError(
    `the regular expression "${wrong.value}" is read in two ways for ${JSON.stringify(example)}`,
  );
}

/** The answer to an atom for a value. */
export function answerOf({ kind, value }: Atom, actual: string): boolean {
  return matchesValue(kind === "text" ? "=" : "=~", value, actual);
}

/** The class of a value, by its place among the classes. */
export function classOf({ atoms, classes }: LabelClasses, value: string): number {
  const answers = atoms.map((atom) => answerOf(atom, value)).join();
  return classes.findIndex(({ holds }) => holds.join() === answers);
}
