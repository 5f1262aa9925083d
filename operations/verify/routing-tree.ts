import { parse } from "yaml";
import { secondsOf } from "../../metrics/duration";

/** A place at which two configurations of Alertmanager differ. */
export interface Difference {
  /** Such as `route.routes[1].receiver`. */
  readonly path: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/**
 * Where an Alertmanager's configuration differs from the one that was rendered, as far as routes, inhibitions, time
 * intervals and receivers go. How something is written does not matter; what is a secret, or has a default, is left out.
 */
export function routingDifferences(expected: string, found: string): readonly Difference[] {
  return differences(comparable(expected), comparable(found), "");
}

/** How long an alert waits at most until it is told, and then until its end is, in seconds, by a configuration's routes. */
export function longestWait(configuration: string): number {
  const waits = (route: Route, inherited: Timing): number[] => {
    const own = {
      wait: route.group_wait === undefined ? inherited.wait : secondsOf(route.group_wait),
      interval: route.group_interval === undefined ? inherited.interval : secondsOf(route.group_interval),
    };
    return [own.wait + own.interval, ...(route.routes ?? []).flatMap((each) => waits(each, own))];
  };
  const { route = {} } = parse(configuration) as Configuration;
  return Math.max(...waits(route, { wait: 30, interval: 300 }));
}

/** What a receiver sends by, as Alertmanager counts it, and whether it tells of an end. */
export interface Integration {
  /** Such as `slack`. */
  readonly name: string;
  readonly sendsResolved: boolean;
}

/** The integrations of each receiver of a configuration. */
export function integrationsOf(configuration: string): ReadonlyMap<string, readonly Integration[]> {
  const { receivers = [] } = parse(configuration) as Configuration;
  return new Map(
    receivers.map(({ name, ...rest }) => [
      name,
      Object.entries(rest).flatMap(([key, list]) =>
        integrationLists(key, list).map(({ send_resolved }) => ({
          name: key.replace(/_configs$/, ""),
          sendsResolved: send_resolved ?? !silentByDefault.includes(key),
        })),
      ),
    ]),
  );
}

/** Kinds of receivers that tell of no end unless they are told to. */
const silentByDefault = ["slack_configs", "email_configs", "wechat_configs"];

interface Timing {
  readonly wait: number;
  readonly interval: number;
}

interface Route {
  readonly receiver?: string;
  readonly group_by?: readonly string[];
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly active_time_intervals?: readonly string[];
  readonly mute_time_intervals?: readonly string[];
  readonly routes?: readonly Route[];
}

interface Configuration {
  readonly route?: Route;
  readonly inhibit_rules?: readonly Readonly<Record<string, readonly string[] | undefined>>[];
  readonly receivers?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  readonly time_intervals?: readonly { readonly name: string }[];
}

type IntegrationJson = { readonly send_resolved?: boolean };

function integrationLists(key: string, list: unknown): readonly IntegrationJson[] {
  return key.endsWith("_configs") && Array.isArray(list) ? (list as IntegrationJson[]) : [];
}

/** What of a configuration can be compared. */
function comparable(text: string) {
  const {
    route = {},
    inhibit_rules = [],
    receivers = [],
    time_intervals = [],
  } = parse(text) as Configuration;
  return {
    route: comparableRoute(route),
    inhibit_rules: inhibit_rules.map(({ source_matchers, target_matchers, equal = [] }) => ({
      source_matchers: matchersOf(source_matchers),
      target_matchers: matchersOf(target_matchers),
      equal: [...equal].sort(),
    })),
    receivers: Object.fromEntries(
      receivers.map(({ name, ...rest }) => [
        name,
        Object.entries(rest)
          .flatMap(([key, list]) => integrationLists(key, list).map(() => key))
          .sort(),
      ]),
    ),
    time_intervals: time_intervals.map(({ name }) => name),
  };
}

function comparableRoute(route: Route): unknown {
  const seconds = (text: string | undefined) => (text === undefined ? undefined : secondsOf(text));
  return {
    receiver: route.receiver,
    group_by: [...(route.group_by ?? [])].sort(),
    matchers: matchersOf(route.matchers),
    continue: route.continue ?? false,
    group_wait: seconds(route.group_wait),
    group_interval: seconds(route.group_interval),
    repeat_interval: seconds(route.repeat_interval),
    active_time_intervals: route.active_time_intervals ?? [],
    mute_time_intervals: route.mute_time_intervals ?? [],
    routes: (route.routes ?? []).map(comparableRoute),
  };
}

/** Matchers in one way of writing them: quoted, without spaces, in order. */
function matchersOf(matchers: readonly string[] = []): readonly string[] {
  return matchers
    .map((text) => {
      const [, label = "", operator = "", value = ""] =
        /^\s*"?([^"=!~]*)"?\s*(=~|!~|!=|=)\s*(.*?)\s*$/s.exec(text) ?? [];
      return `${label.trim()}${operator}${value.startsWith('"') ? value : JSON.stringify(value)}`;
    })
    .sort();
}

function differences(expected: unknown, found: unknown, path: string): readonly Difference[] {
  if (Array.isArray(expected) && Array.isArray(found)) {
    const length = Math.max(expected.length, found.length);
    return Array.from({ length }, (_, index) =>
      differences(expected[index], found[index], `${path}[${String(index)}]`),
    ).flat();
  }
  if (isObject(expected) && isObject(found)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
    return keys.flatMap((key) =>
      differences(expected[key], found[key], path === "" ? key : `${path}.${key}`),
    );
  }
  return expected === found ? [] : [{ path, expected, found }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
