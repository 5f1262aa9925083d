import type { Labels } from "../../metrics/promql-engine/series";
import type { Configuration, Route } from "./configuration";
import { compareTexts, matchesAll } from "./matcher";
import { containsTime } from "./time-interval";

/** The routes that take an alert, in their order: the deepest ones, of which no child takes it. */
export function routesOf(route: Route, labels: Labels): readonly Route[] {
  if (!matchesAll(route.matchers, labels)) return [];
  const taken: Route[] = [];
  for (const child of route.routes) {
    const below = routesOf(child, labels);
    taken.push(...below);
    if (below.length > 0 && !child.continues) break;
  }
  return taken.length > 0 ? taken : [route];
}

/** The labels of an alert by which a route groups it. */
export function groupLabelsOf({ groupBy }: Route, labels: Labels): Labels {
  const chosen = Object.entries(labels).filter(([name]) => groupBy === "all" || groupBy.includes(name));
  return Object.fromEntries(chosen.sort(([one], [other]) => compareTexts(one, other)));
}

/** What Alertmanager calls a group: the key of its route and its labels. */
export function groupKeyOf(route: Route, groupLabels: Labels): string {
  const labels = Object.entries(groupLabels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${route.key}:{${labels.join(", ")}}`;
}

/**
 * The time interval for which a route tells nobody at a time; undefined where it tells. Outside of its active ones it
 * is the first of these.
 */
export function mutedBy(route: Route, { timeIntervals }: Configuration, time: number): string | undefined {
  const holds = (name: string) =>
    timeIntervals.get(name)?.some((interval) => containsTime(interval, time)) ?? false;
  if (route.activeTimeIntervals.length > 0 && !route.activeTimeIntervals.some(holds)) {
    return route.activeTimeIntervals[0];
  }
  return route.muteTimeIntervals.find(holds);
}
