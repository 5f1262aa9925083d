import { isSame } from "./json-difference";
import type { ShownPanel } from "./shown-panels";

/** The panels of two versions of a dashboard that are the same one. */
export interface MatchedPanels {
  readonly pairs: readonly { readonly before: ShownPanel; readonly after: ShownPanel }[];
  readonly fresh: readonly ShownPanel[];
  readonly gone: readonly ShownPanel[];
}

/** What makes two panels the same, the surest sign first. Ids alone are none: some are counted from the top. */
const signs: readonly ((one: ShownPanel, other: ShownPanel) => boolean)[] = [
  (one, other) => one.title === other.title && one.row === other.row && isSame(one.json, other.json),
  (one, other) => one.title === other.title && one.row === other.row && isOfKind(one, other),
  (one, other) => one.title === other.title && isOfKind(one, other),
  (one, other) => one.title === other.title && one.title !== "" && isHeading(one) === isHeading(other),
  (one, other) => asksFor(one) && isOfKind(one, other) && isSame(one.json.targets, other.json.targets),
  (one, other) =>
    one.id !== undefined &&
    one.id === other.id &&
    isOfKind(one, other) &&
    isSame(one.json.gridPos, other.json.gridPos),
];

/** Pairs the panels of two versions; each is in one pair at most. */
export function matchPanels(before: readonly ShownPanel[], after: readonly ShownPanel[]): MatchedPanels {
  const matches = new Map<ShownPanel, ShownPanel>();
  const taken = new Set<ShownPanel>();
  for (const isSign of signs) {
    for (const panel of before) {
      if (matches.has(panel)) continue;
      const match = after.find((each) => !taken.has(each) && isSign(panel, each));
      if (match === undefined) continue;
      matches.set(panel, match);
      taken.add(match);
    }
  }
  return {
    pairs: before.flatMap((panel) => {
      const match = matches.get(panel);
      return match === undefined ? [] : [{ before: panel, after: match }];
    }),
    fresh: after.filter((panel) => !taken.has(panel)),
    gone: before.filter((panel) => !matches.has(panel)),
  };
}

/** Whether a panel is a row's heading. */
export function isHeading({ type }: ShownPanel): boolean {
  return type === "row";
}

function isOfKind(one: ShownPanel, other: ShownPanel): boolean {
  return one.type === other.type;
}

function asksFor({ json: { targets } }: ShownPanel): boolean {
  return Array.isArray(targets) && targets.length > 0;
}
