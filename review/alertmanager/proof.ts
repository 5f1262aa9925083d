import type { Labels } from "../../metrics/promql-engine/series";
import { type Box, matchersOf, routedBoxes, type RoutedBox, sizeOf, split } from "./boxes";
import type { Configuration, Route } from "./configuration";
import { holeSentence } from "./hole-sentence";
import { classesOf, classOf, type LabelClasses } from "./label-classes";
import type { Matcher } from "./matcher";
import { type Span, tellingSpans, united, without } from "./minutes";

/** Values that a label of an alert can have; undefined where that is not known: any, or none at all. */
export type KnownLabels = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What is asked. */
export interface Claim {
  /** Which alerts must reach somebody. Default: those of severity critical. */
  readonly matchers?: readonly Matcher[];
  /**
   * The alerts that there are, with the labels that each may have; a label that is not named is not there. Default:
   * alerts with any labels.
   */
  readonly known?: readonly KnownLabels[];
  /** The time of which it is asked: milliseconds of Unix time, at whole minutes; usually a year. */
  readonly span: Span;
}

/** An alert that reaches nobody. */
export interface Hole {
  readonly labels: Labels;
  /** Unix time in milliseconds, at a minute. */
  readonly time: number;
  /** Those that take it. */
  readonly routes: readonly Route[];
  /** All of it for people. */
  readonly sentence: string;
}

/** Whether every alert reaches somebody at every minute. */
export type Proof =
  | {
      readonly kind: "proven";
      /** Into so many kinds the routes divide the alerts. */
      readonly labelClasses: number;
      /** For each of these kinds, each minute of the span. */
      readonly minutes: number;
    }
  | { readonly kind: "refuted"; readonly holes: readonly Hole[] }
  /** Where it cannot be decided, with the reason. */
  | { readonly kind: "not proven"; readonly why: string };

const critical: readonly Matcher[] = [{ label: "severity", operator: "=", value: "critical" }];

/**
 * Proves for all labels that alerts can have, and all minutes of a span, that a route takes each to a receiver that
 * tells somebody then, or finds those for which none does. Nothing is sampled: of each label all combinations of
 * answers of its matchers are found by their automata, and the minutes by the bounds of time intervals and the changes
 * of their zones' clocks. An alert that is inhibited counts as told, as the one that inhibits it is; silences are not
 * known. It is about where an alert goes while it fires: whether it fires long enough is another question.
 */
export function prove(configuration: Configuration, { matchers = critical, known, span }: Claim): Proof {
  try {
    const all = [...matchersOf(configuration.route), ...matchers];
    const names = [...new Set(all.map(({ label }) => label))];
    const classes = new Map(
      names.map((name) => [name, classesOf(all.filter(({ label }) => label === name))] as const),
    );
    const starts = (known ?? [undefined]).flatMap((labels) => startOf(labels, matchers, classes) ?? []);
    const boxes = starts.flatMap(({ box, labels }) =>
      routedBoxes(configuration, box, classes).map((each) => ({ ...each, known: labels })),
    );
    const holes = boxes.flatMap((each) => holeIn(each, classes, configuration, span) ?? []);
    if (holes.length > 0) return { kind: "refuted", holes };
    return {
      kind: "proven",
      labelClasses: boxes.reduce((sum, { box }) => sum + sizeOf(box), 0),
      minutes: Math.round((span.to - span.from) / 60_000),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "not proven", why: error.message };
  }
}

/** The label sets of which it is asked; undefined where there are none. */
function startOf(
  known: KnownLabels | undefined,
  matchers: readonly Matcher[],
  classes: ReadonlyMap<string, LabelClasses>,
): { readonly box: Box; readonly labels: KnownLabels | undefined } | undefined {
  let box: Box | undefined = new Map(
    [...classes].map(([name, own]) => [
      name,
      known === undefined ? allOf(own) : knownClasses(own, known, name),
    ]),
  );
  for (const matcher of matchers) box = box && split(box, matcher, classes).inside;
  return box && { box, labels: known };
}

function allOf({ classes }: LabelClasses): readonly number[] {
  return classes.map((_, index) => index);
}

function knownClasses(own: LabelClasses, known: KnownLabels, name: string): readonly number[] {
  if (!(name in known)) return [classOf(own, "")];
  const values = known[name];
  if (values === undefined) return allOf(own);
  return [...new Set([values].flat().map((value) => classOf(own, value)))];
}

function holeIn(
  { box, routes, known }: RoutedBox & { readonly known: KnownLabels | undefined },
  classes: ReadonlyMap<string, LabelClasses>,
  configuration: Configuration,
  span: Span,
): Hole | undefined {
  const heard = routes.filter(
    ({ receiver }) => (configuration.receivers.get(receiver)?.integrations.length ?? 0) > 0,
  );
  const told = united(heard.flatMap((route) => tellingSpans(route, configuration, span)));
  const [gap] = without(span, told);
  if (gap === undefined) return undefined;
  const labels = exampleOf(box, classes, known);
  const hole = { labels, time: gap.from, routes };
  return { ...hole, sentence: holeSentence(hole, configuration) };
}

/** A label set of a box; of a known alert one that it can have, where its values are known. */
function exampleOf(
  box: Box,
  classes: ReadonlyMap<string, LabelClasses>,
  known: KnownLabels | undefined,
): Labels {
  const found: [string, string][] = [];
  for (const [name, values] of Object.entries(known ?? {})) {
    const [first] = [values ?? []].flat();
    if (!box.has(name) && first !== undefined) found.push([name, first]);
  }
  for (const [name, chosen] of box) {
    const own = classes.get(name);
    const value = [known?.[name] ?? []].flat().find((each) => own && chosen.includes(classOf(own, each)));
    found.push([name, value ?? own?.classes[chosen[0] ?? 0]?.example ?? ""]);
  }
  return Object.fromEntries(found.filter(([, value]) => value !== ""));
}
