import type { Configuration, Route } from "./configuration";
import { atomOf, type LabelClasses } from "./label-classes";
import type { Matcher } from "./matcher";

/** Label sets: of each label with matchers some of its classes, in every combination. */
export type Box = ReadonlyMap<string, readonly number[]>;

/** Label sets that go the same way. */
export interface RoutedBox {
  readonly box: Box;
  /** In their order. */
  readonly routes: readonly Route[];
}

/** So many boxes are looked at. */
const mostBoxes = 200_000;

/** All matchers of a tree of routes. */
export function matchersOf(route: Route): readonly Matcher[] {
  return [...route.matchers, ...route.routes.flatMap(matchersOf)];
}

/** How many combinations of classes a box has. */
export function sizeOf(box: Box): number {
  return [...box.values()].reduce((product, { length }) => product * length, 1);
}

/** A box in two: what meets a matcher, and what does not; undefined where there is nothing of it. */
export function split(
  box: Box,
  matcher: Matcher,
  all: ReadonlyMap<string, LabelClasses>,
): { readonly inside: Box | undefined; readonly outside: Box | undefined } {
  const { label, operator } = matcher;
  const asked = atomOf(matcher);
  const known = all.get(label);
  const index =
    known?.atoms.findIndex(({ kind, value }) => kind === asked.kind && value === asked.value) ?? -1;
  if (known === undefined || index === -1)
    throw new Error(`The matcher of ${label} is not among those that were read.`);
  const meets = (each: number) => known.classes[each]?.holds[index] !== operator.startsWith("!");
  const own = box.get(label) ?? [];
  const part = (chosen: readonly number[]) =>
    chosen.length === 0 ? undefined : new Map(box).set(label, chosen);
  return { inside: part(own.filter(meets)), outside: part(own.filter((each) => !meets(each))) };
}

/**
 * Where all label sets of a box go: boxes that together are that one, no two of which have a label set in common.
 * @throws RangeError where there are too many of them
 */
export function routedBoxes(
  { route }: Configuration,
  start: Box,
  all: ReadonlyMap<string, LabelClasses>,
): readonly RoutedBox[] {
  let count = 0;
  /** Boxes with the routes at and below one that take them; none: it does not take them. */
  const through = (at: Route, box: Box): readonly RoutedBox[] => {
    if (++count > mostBoxes) throw new RangeError("the routes divide the alerts into too many parts");
    const outside: RoutedBox[] = [];
    let inside: Box | undefined = box;
    for (const matcher of at.matchers) {
      if (inside === undefined) break;
      const parts = split(inside, matcher, all);
      if (parts.outside !== undefined) outside.push({ box: parts.outside, routes: [] });
      inside = parts.inside;
    }
    if (inside === undefined) return outside;
    let open: readonly RoutedBox[] = [{ box: inside, routes: [] }];
    const done: RoutedBox[] = [];
    for (const child of at.routes) {
      const next: RoutedBox[] = [];
      for (const { box: part, routes } of open) {
        for (const below of through(child, part)) {
          const taken = { box: below.box, routes: [...routes, ...below.routes] };
          (below.routes.length > 0 && !child.continues ? done : next).push(taken);
        }
      }
      open = next;
    }
    return [
      ...outside,
      ...done,
      ...open.map((each) => (each.routes.length > 0 ? each : { ...each, routes: [at] })),
    ];
  };
  return through(route, start);
}
