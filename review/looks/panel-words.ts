import { differencesOf, inWords, isContainer, isSame, valueInWords } from "./json-difference";
import { placeOf, type ShownPanel } from "./shown-panels";

type Json = Readonly<Record<string, unknown>>;

/** What a target of a panel asks, in both versions. */
export interface QueryChange {
  readonly refId: string;
  /** PromQL or LogQL. Undefined where the version does not ask it. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What does not show, and what has words of its own. */
const withOwnWords = ["id", "pluginVersion", "panels", "title", "type", "targets", "gridPos", "description"];
/** Keys of JSON that say nothing to a reader. */
const silentKeys = ["fieldConfig", "defaults", "custom", "options"];

/** What a panel's change is, a few words each. The place is not looked at: see `movedPanels`. */
export function changesOfPanel(before: ShownPanel, after: ShownPanel): string[] {
  const [old, fresh] = [before.json, after.json];
  return [
    ...(before.title === after.title ? [] : [inWords("title", quoted(before.title), quoted(after.title))]),
    ...(before.type === after.type ? [] : [inWords("shown as", before.type, after.type)]),
    ...(isSame(old.description, fresh.description) ? [] : ["description changed"]),
    ...changesOfTargets(targetsOf(old), targetsOf(fresh)),
    ...changesOfThresholds(stepsOf(old), stepsOf(fresh)),
    ...differencesOf(without(old), without(fresh)).map(({ path, before: was, after: is }) =>
      inWords(nameOf(path), was, is),
    ),
    ...changesOfSize(before, after),
  ];
}

/** The queries that differ. */
export function queriesChanged(before: ShownPanel | undefined, after: ShownPanel | undefined): QueryChange[] {
  const [old, fresh] = [before, after].map((each) => targetsOf(each?.json ?? {}));
  const refIds = new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]);
  return [...refIds].flatMap((refId) => {
    const [was, is] = [old, fresh].map((targets) => expressionOf(targets?.get(refId)));
    return was === is ? [] : [{ refId, before: was, after: is }];
  });
}

function changesOfTargets(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): string[] {
  const isOne = before.size <= 1 && after.size <= 1;
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((refId) => {
    const [old, fresh] = [before.get(refId), after.get(refId)];
    const name = isOne ? "query" : `query ${refId}`;
    if (old === undefined) return [`${name} is new`];
    if (fresh === undefined) return [`${name} is gone`];
    const { expr: oldExpr, ...oldRest } = old;
    const { expr: freshExpr, ...freshRest } = fresh;
    return [
      ...(isSame(oldExpr, freshExpr) ? [] : [`${name} changed`]),
      ...differencesOf(oldRest, freshRest).map(({ path, before: was, after: is }) =>
        inWords(path[0] === "legendFormat" ? `legend of ${name}` : `${path.join(".")} of ${name}`, was, is),
      ),
    ];
  });
}

/** By `refId`; one without has its place. */
function targetsOf({ targets }: Json): ReadonlyMap<string, Json> {
  const all = Array.isArray(targets) ? targets.filter(isContainer) : [];
  return new Map(
    all.map((target, index) => [typeof target.refId === "string" ? target.refId : String(index + 1), target]),
  );
}

function expressionOf(target: Json | undefined): string | undefined {
  return typeof target?.expr === "string" ? target.expr : undefined;
}

function changesOfThresholds(before: readonly Json[], after: readonly Json[]): string[] {
  if (isSame(before, after)) return [];
  const values = (steps: readonly Json[]) =>
    steps.map(({ value }) => (value === null || value === undefined ? "base" : valueInWords(value)));
  const [old, fresh] = [values(before), values(after)];
  if (old.length !== fresh.length) {
    return [inWords("thresholds", old.join(", ") || undefined, fresh.join(", ") || undefined)];
  }
  return before.flatMap((step, index) => {
    const other = after[index] ?? {};
    const [was, is] = [old[index] ?? "", fresh[index] ?? ""];
    return [
      ...(was === is ? [] : [`threshold ${was} → ${is}`]),
      ...differencesOf(omit(step, "value"), omit(other, "value")).map(({ path, before: one, after: two }) =>
        inWords(`${path.join(".")} of threshold ${is}`, one, two),
      ),
    ];
  });
}

function stepsOf(panel: Json): readonly Json[] {
  const steps = at(panel, "fieldConfig", "defaults", "thresholds", "steps");
  return Array.isArray(steps) ? steps.filter(isContainer) : [];
}

function changesOfSize(before: ShownPanel, after: ShownPanel): string[] {
  if (before.type === "row") return [];
  const [was, is] = [before, after].map(({ json }) => {
    const { w, h } = placeOf(json);
    return `${String(w)}×${String(h)}`;
  });
  return was === is ? [] : [inWords("size", was, is)];
}

/** A panel without what has words of its own. */
function without(panel: Json): Json {
  const rest = omit(panel, ...withOwnWords);
  const thresholds = at(panel, "fieldConfig", "defaults", "thresholds");
  if (!isContainer(thresholds) || !isContainer(rest.fieldConfig) || !isContainer(rest.fieldConfig.defaults))
    return rest;
  const defaults = { ...rest.fieldConfig.defaults, thresholds: omit(thresholds, "steps") };
  return { ...rest, fieldConfig: { ...rest.fieldConfig, defaults } };
}

function omit(json: Json, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
}

/** `legend.placement` for `options.legend.placement`. */
function nameOf(path: readonly string[]): string {
  const said = path.filter((key, index) => !silentKeys.includes(key) || index === path.length - 1);
  return said.join(".");
}

function at(json: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (isContainer(inside) ? inside[key] : undefined), json);
}

function quoted(title: string): string {
  return JSON.stringify(title);
}
