import type { VersionDashboard } from "../version/version";
import { differencesOf, inWords, isContainer, isSame } from "./json-difference";
import { isHeading, matchPanels } from "./matching";
import { movedPanels } from "./moved-panels";
import { changesOfPanel, queriesChanged, type QueryChange } from "./panel-words";
import { type ShownPanel, shownPanelsOf } from "./shown-panels";

type Json = Readonly<Record<string, unknown>>;

/** What became of a dashboard or a panel. */
export type Changed = "new" | "gone" | "changed";

/** A panel that is new, gone or changed. */
export interface PanelDifference {
  /** Its title in the later version that has it. */
  readonly title: string;
  /** Title of its row. Empty where it is in none. */
  readonly row: string;
  readonly change: Changed;
  /** What changed of it, a few words each: `query changed`, `threshold 0.05 → 0.1`. Empty of a new one and one that is gone. */
  readonly what: readonly string[];
  /** The queries that differ, as they are written. */
  readonly queries: readonly QueryChange[];
  /** Which panel it is in each version, by the order of `shownPanelsOf`. Undefined where that has none. */
  readonly places: { readonly before: number | undefined; readonly after: number | undefined };
}

/** A dashboard that is new, gone or changed. */
export interface DashboardDifference {
  readonly uid: string;
  readonly title: string;
  readonly change: Changed;
  /** What changed of it besides its panels, a few words each. */
  readonly what: readonly string[];
  /** In the order of the later version, those that are gone last. */
  readonly panels: readonly PanelDifference[];
}

/** What does not show, or has words of its own. */
const notShown = new Set([
  "__elements",
  "__inputs",
  "__requires",
  "annotations",
  "editable",
  "fiscalYearStartMonth",
  "gnetId",
  "id",
  "iteration",
  "panels",
  "schemaVersion",
  "templating",
  "title",
  "uid",
  "version",
]);

/** The dashboards in which two versions differ, for people who look at them; in the order of the later version. */
export function dashboardDifferences(
  before: readonly VersionDashboard[],
  after: readonly VersionDashboard[],
): DashboardDifference[] {
  const [old, fresh] = [before, after].map((all) => new Map(all.map((each) => [each.uid, each])));
  const uids = [...new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])])];
  return uids.flatMap((uid) => differenceOf(old?.get(uid), fresh?.get(uid)) ?? []);
}

function differenceOf(
  before: VersionDashboard | undefined,
  after: VersionDashboard | undefined,
): DashboardDifference | undefined {
  const one = after ?? before;
  if (one === undefined) return undefined;
  const common = { uid: one.uid, title: one.title };
  const panels = panelsOf(before?.json, after?.json);
  if (before === undefined) return { ...common, change: "new", what: [], panels };
  if (after === undefined) return { ...common, change: "gone", what: [], panels };
  const what = changesOfDashboard(before, after);
  return what.length === 0 && panels.length === 0
    ? undefined
    : { ...common, change: "changed", what, panels };
}

function panelsOf(before: Json | undefined, after: Json | undefined): PanelDifference[] {
  const [old, fresh] = [before, after].map((json) => (json === undefined ? [] : shownPanelsOf(json))) as [
    readonly ShownPanel[],
    readonly ShownPanel[],
  ];
  const { pairs, gone } = matchPanels(old, fresh);
  const moved = movedPanels(pairs, fresh);
  const partner = new Map(pairs.map((pair) => [pair.after, pair.before]));
  const placesOf = (was: ShownPanel | undefined, is: ShownPanel | undefined) => ({
    before: was && old.indexOf(was),
    after: is && fresh.indexOf(is),
  });
  const ofFresh = fresh.flatMap((panel): PanelDifference[] => {
    const was = partner.get(panel);
    const { title, row } = panel;
    const common = { title, row, queries: queriesChanged(was, panel), places: placesOf(was, panel) };
    if (was === undefined) return [{ ...common, change: "new", what: [] }];
    const what = [...changesOfPanel(was, panel), ...movesOf(was, panel, moved)];
    return what.length === 0 ? [] : [{ ...common, change: "changed", what }];
  });
  const ofGone = gone.map((panel): PanelDifference => {
    const { title, row } = panel;
    const queries = queriesChanged(panel, undefined);
    return { title, row, change: "gone", what: [], queries, places: placesOf(panel, undefined) };
  });
  return [...ofFresh, ...ofGone].map((each) => ({ ...each, title: titleOf(each, old, fresh) }));
}

function movesOf(before: ShownPanel, after: ShownPanel, moved: ReadonlySet<ShownPanel>): string[] {
  if (!moved.has(after)) return [];
  return [before.row === after.row ? "moved" : inWords("row", before.row, after.row)];
}

/** A heading is called one; a panel without a title has its kind. */
function titleOf(
  { places, title }: PanelDifference,
  old: readonly ShownPanel[],
  fresh: readonly ShownPanel[],
): string {
  const panel = fresh[places.after ?? -1] ?? old[places.before ?? -1];
  if (panel === undefined) return title;
  if (isHeading(panel)) return `row ${title}`;
  return title === "" ? `${panel.type} without a title` : title;
}

function changesOfDashboard(before: VersionDashboard, after: VersionDashboard): string[] {
  const rest = ({ json }: VersionDashboard) =>
    Object.fromEntries(Object.entries(json).filter(([key]) => !notShown.has(key)));
  return [
    ...(before.title === after.title ? [] : [inWords("title", before.title, after.title)]),
    ...(before.folder === after.folder ? [] : [inWords("folder", before.folder, after.folder)]),
    ...changesOfList("variable", before.json.templating, after.json.templating),
    ...changesOfList("mark", before.json.annotations, after.json.annotations),
    ...differencesOf(rest(before), rest(after)).map(({ path, before: was, after: is }) =>
      inWords(path.join("."), was, is),
    ),
  ];
}

/** Of variables and annotations, each by its name. */
function changesOfList(kind: string, before: unknown, after: unknown): string[] {
  const [old, fresh] = [before, after].map((json) => {
    const list = isContainer(json) && Array.isArray(json.list) ? json.list.filter(isContainer) : [];
    return new Map(list.map((each) => [String(each.name), each]));
  });
  const names = new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]);
  const order = [old, fresh].map((list) =>
    [...(list?.keys() ?? [])].filter((name) => old?.has(name) && fresh?.has(name)),
  );
  return [
    ...[...names].flatMap((name) => {
      const [was, is] = [old?.get(name), fresh?.get(name)];
      if (was === undefined) return [`${kind} ${name} is new`];
      if (is === undefined) return [`${kind} ${name} is gone`];
      return differencesOf(was, is).map((each) =>
        inWords(`${kind} ${name}: ${each.path.join(".")}`, each.before, each.after),
      );
    }),
    ...(isSame(order[0], order[1]) ? [] : [`order of ${kind}s changed`]),
  ];
}
