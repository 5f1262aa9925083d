import { parse } from "yaml";
import { z } from "zod";

/** A condition on a label of an alert. */
export interface AlertMatcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A route with its place in the tree: `route › routes[2]`. */
export interface ReadRoute {
  readonly place: string;
  readonly receiver: string | undefined;
  /** Those of the routes above it among them. */
  readonly matchers: readonly AlertMatcher[];
  /** As they are written. */
  readonly text: string;
  readonly intervals: readonly string[];
  readonly groupBy: readonly string[];
}

/** A rule that silences some alerts while others fire. */
export interface ReadInhibition {
  readonly place: string;
  readonly source: readonly AlertMatcher[];
  readonly target: readonly AlertMatcher[];
  readonly equal: readonly string[];
}

/** What of an Alertmanager's configuration reads or names something. */
export interface AlertmanagerFile {
  readonly routes: readonly ReadRoute[];
  readonly inhibitions: readonly ReadInhibition[];
  /** Without its name, the settings of each are JSON. */
  readonly receivers: readonly { readonly name: string; readonly settings: string }[];
  readonly intervals: readonly string[];
}

const texts = z.array(z.string()).nullish();
const matching = z.record(z.string(), z.coerce.string()).nullish();
const route = z.looseObject({
  receiver: z.string().nullish(),
  matchers: texts,
  match: matching,
  match_re: matching,
  group_by: texts,
  mute_time_intervals: texts,
  active_time_intervals: texts,
  routes: z.array(z.unknown()).nullish(),
});
const named = z.array(z.looseObject({ name: z.string() })).nullish();
const configuration = z.looseObject({
  route: z.unknown(),
  receivers: named,
  time_intervals: named,
  mute_time_intervals: named,
  inhibit_rules: z
    .array(
      z.looseObject({
        source_matchers: texts,
        target_matchers: texts,
        source_match: matching,
        source_match_re: matching,
        target_match: matching,
        target_match_re: matching,
        equal: texts,
      }),
    )
    .nullish(),
});

/**
 * Reads the configuration of an Alertmanager.
 * @throws Error when it is none
 */
export function readAlertmanager(text: string): AlertmanagerFile {
  const read = configuration.parse(parse(text));
  return {
    routes: routesIn(read.route, "route", []),
    inhibitions: (read.inhibit_rules ?? []).map((rule, index) => ({
      place: `inhibit_rules[${String(index)}]`,
      source: matchersOf(rule.source_matchers, rule.source_match, rule.source_match_re),
      target: matchersOf(rule.target_matchers, rule.target_match, rule.target_match_re),
      equal: rule.equal ?? [],
    })),
    receivers: (read.receivers ?? []).map(({ name, ...settings }) => ({
      name,
      settings: JSON.stringify(settings),
    })),
    intervals: [...(read.time_intervals ?? []), ...(read.mute_time_intervals ?? [])].map(({ name }) => name),
  };
}

function routesIn(json: unknown, place: string, outer: readonly AlertMatcher[]): readonly ReadRoute[] {
  const read = route.parse(json);
  const own = matchersOf(read.matchers, read.match, read.match_re);
  const matchers = [...outer, ...own];
  return [
    {
      place,
      receiver: read.receiver ?? undefined,
      matchers,
      text: own.map(({ label, operator, value }) => `${label}${operator}"${value}"`).join(", "),
      intervals: [...(read.mute_time_intervals ?? []), ...(read.active_time_intervals ?? [])],
      groupBy: read.group_by ?? [],
    },
    ...(read.routes ?? []).flatMap((each, index) =>
      routesIn(each, `${place} › routes[${String(index)}]`, matchers),
    ),
  ];
}

function matchersOf(
  all: readonly string[] | null | undefined,
  equal: Readonly<Record<string, string>> | null | undefined,
  like: Readonly<Record<string, string>> | null | undefined,
): readonly AlertMatcher[] {
  const old = (operator: "=" | "=~", of: Readonly<Record<string, string>> | null | undefined) =>
    Object.entries(of ?? {}).map(([label, value]): AlertMatcher => ({ label, operator, value }));
  return [...(all ?? []).flatMap(matchersIn), ...old("=", equal), ...old("=~", like)];
}

/** A text may have several: `{a="b", c=~"d"}`. */
function matchersIn(text: string): readonly AlertMatcher[] {
  const one = /([\w.:-]+|"(?:[^"\\]|\\.)*")\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^,{}"\s]*)/g;
  return [...text.matchAll(one)].map(([, label = "", operator = "", value = ""]) => ({
    label: bare(label),
    operator: operator as AlertMatcher["operator"],
    value: bare(value),
  }));
}

function bare(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text;
}
