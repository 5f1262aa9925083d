import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import type { Dashboard } from "../../dashboards/lint/dashboard";
import { evaluate, type Outcome } from "./grafana-queries";

/** What both answered, by what was asked. */
interface Pair {
  readonly here: number;
  readonly there: number;
}

/** All dashboards as two answered them at one moment. */
export interface Round {
  /** How many series each query gave, by dashboard and panel. */
  readonly series: ReadonlyMap<string, Pair>;
  /** The last value of each series, by dashboard, panel and labels. */
  readonly values: ReadonlyMap<string, Pair>;
}

/** Asks both for every query of every dashboard, at the same moment: ten seconds ago, which both have evaluated by then. */
export async function roundOf(
  dashboards: ReadonlyMap<string, Dashboard>,
  own: PrometheusClient,
  other: PrometheusClient,
): Promise<Round> {
  const series = new Map<string, Pair>();
  const values = new Map<string, Pair>();
  for (const [uid, dashboard] of dashboards) {
    const to = Math.floor(Date.now() / 1_000) - 10;
    const view = { from: to - 60, to, step: 1, scrapeInterval: 1 };
    const [here = [], there = []] = await Promise.all(
      [own, other].map((each) => evaluate(dashboard, each, view)),
    );
    for (const [index, one] of here.entries()) {
      const same = there[index];
      series.set(`${uid}/${one.name}`, { here: one.series, there: same?.series ?? -1 });
      for (const [labels, value] of one.values) {
        if (Number.isFinite(value))
          values.set(`${uid}/${one.name} ${labels}`, { here: value, there: valueOf(labels, one, same) });
      }
    }
  }
  return { series, values };
}

/**
 * The value of a series, and of one that the other has not and that is one of several of the same value, of which a query takes
 * some: one of those that the other has in its place. NaN where there is none.
 */
function valueOf(labels: string, here: Outcome, there: Outcome | undefined): number {
  const own = there?.values.get(labels);
  if (own !== undefined || there === undefined || here.series !== there.series) return own ?? NaN;
  const inPlace = [...there.values].filter(([name]) => !here.values.has(name)).map(([, value]) => value);
  return inPlace.find((value) => value === here.values.get(labels)) ?? NaN;
}

/** The queries that gave another number of series in each round, as sentences. */
export function differingSeries(rounds: readonly Round[]): readonly string[] {
  const all = rounds.map(({ series }) => series);
  return namesIn(all).flatMap((name) => {
    const pairs = pairsOf(all, name);
    return pairs.some(({ here, there }) => here === there) ? [] : [inWords(name, pairs)];
  });
}

/**
 * The values that are the same in no round, as sentences. Both evaluate the same rules over the same samples, at other moments:
 * a value that changes faster than they evaluate it is the same in another round, and a wrong one in none.
 * @param tolerance share of a value
 */
export function differingValues(rounds: readonly Round[], tolerance: number): readonly string[] {
  const all = rounds.map(({ values }) => values);
  return namesIn(all).flatMap((name) => {
    const pairs = pairsOf(all, name);
    const isSame = pairs.some(({ here, there }) => Math.abs(here - there) <= Math.abs(here) * tolerance);
    return isSame ? [] : [inWords(name, pairs)];
  });
}

function namesIn(maps: readonly ReadonlyMap<string, Pair>[]): readonly string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))];
}

function pairsOf(maps: readonly ReadonlyMap<string, Pair>[], name: string): readonly Pair[] {
  return maps.flatMap((map) => map.get(name) ?? []);
}

function inWords(name: string, pairs: readonly Pair[]): string {
  const all = pairs.map(({ here, there }) => `${String(here)} and ${String(there)}`);
  return `${name}: ${all.join(", then ")}`;
}
