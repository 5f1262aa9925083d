import { readYaml } from "../../alerts/lint/yaml";
import type { Matcher } from "./matcher";
import { ConfigurationForm, type Report } from "./configuration-form";
import { readInhibitions } from "./read-inhibitions";
import { readReceivers } from "./read-receivers";
import { readRoutes } from "./read-routes";
import { readTimeIntervals } from "./read-time-intervals";
import type { TimeInterval } from "./time-interval";

/** A node of the tree of routes, with what it has from those above it. Times are in milliseconds. */
export interface Route {
  /** Its own, in the order in which its key has them. */
  readonly matchers: readonly Matcher[];
  /** Matchers from the root to it, as Alertmanager prints them: `{}/{severity="critical"}`. Two routes may share one. */
  readonly key: string;
  /** Name of a receiver of the configuration. */
  readonly receiver: string;
  /** Labels by which alerts are grouped; all of an alert where it is "all". */
  readonly groupBy: readonly string[] | "all";
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
  /** Names of time intervals in which it tells nobody. They are its own: children have them not. */
  readonly muteTimeIntervals: readonly string[];
  /** Names of time intervals outside of which it tells nobody; none: always. They are its own, too. */
  readonly activeTimeIntervals: readonly string[];
  /** Whether an alert that it takes is offered to the routes after it. */
  readonly continues: boolean;
  readonly routes: readonly Route[];
  /** Line of the file, from 1. */
  readonly line: number;
}

/** Something that a receiver tells. */
export interface Integration {
  /** The key of its configuration, such as `slack_configs`. */
  readonly kind: string;
  /** Which of the receiver's of that key, from 0. */
  readonly index: number;
  /** Whether it is told of alerts that are over. */
  readonly sendResolved: boolean;
}

/** Somebody, with all ways to tell them. */
export interface Receiver {
  readonly name: string;
  /** In the order in which Alertmanager has them: by kind. None: the receiver is nobody. */
  readonly integrations: readonly Integration[];
}

/** While an alert of the source fires, those of the target with equal labels are not told. */
export interface InhibitRule {
  /** Undefined where it has none. */
  readonly name: string | undefined;
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  /** Labels that must be the same on both sides. One that neither side has counts as the same. */
  readonly equal: readonly string[];
  /** Line of the file, from 1. */
  readonly line: number;
}

/** What of Alertmanager's configuration decides who is told when. */
export interface Configuration {
  /** The root, which takes every alert. */
  readonly route: Route;
  readonly receivers: ReadonlyMap<string, Receiver>;
  readonly inhibitRules: readonly InhibitRule[];
  /** Several under a name hold together: a time is in one of them, or in none. */
  readonly timeIntervals: ReadonlyMap<string, readonly TimeInterval[]>;
}

/** A configuration that Alertmanager would refuse, or that says something unknown: a line for each problem. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  /** @param problems with their places: `alertmanager.yml:3:5: …` */
  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`;
    super(
      `${count} in the configuration of Alertmanager:\n${problems.map((each) => `  ${each}`).join("\n")}`,
    );
  }
}

const fields = [
  "global",
  "route",
  "inhibit_rules",
  "receivers",
  "templates",
  "mute_time_intervals",
  "time_intervals",
  "tracing",
  "event_recorder",
];

/**
 * Reads a configuration file of Alertmanager 0.22 to 0.35, anybody's. Of its receivers only the kinds, their number and
 * `send_resolved` are looked at.
 * @param text YAML
 * @param file what messages call it
 * @throws ConfigurationError with all that is wrong
 */
export function readConfiguration(text: string, file = "alertmanager.yml"): Configuration {
  const documents = readYaml(text);
  if ("error" in documents)
    throw new ConfigurationError(file, [`${at(file, documents.place)}: ${documents.error}`]);
  const [document] = documents;
  if (document === undefined)
    throw new ConfigurationError(file, [`${file}: it is empty; a route and receivers must be there`]);
  const problems: {
    readonly place: { readonly line: number; readonly column: number };
    readonly text: string;
  }[] = document.problems.map(({ place, message }) => ({ place, text: message }));
  const report: Report = (place, message) => problems.push({ place, text: message });
  const configuration = read(document.value, report);
  if (problems.length > 0 || configuration === undefined) {
    const inOrder = [...problems].sort(
      (one, other) => one.place.line - other.place.line || one.place.column - other.place.column,
    );
    throw new ConfigurationError(
      file,
      inOrder.map(({ place, text: message }) => `${at(file, place)}: ${message}`),
    );
  }
  return configuration;
}

function at(file: string, { line, column }: { readonly line: number; readonly column: number }): string {
  return `${file}:${String(line)}:${String(column)}`;
}

function read(value: Parameters<typeof ConfigurationForm.of>[0], report: Report): Configuration | undefined {
  const form = ConfigurationForm.of(value, "the configuration", fields, report);
  if (form === undefined) return undefined;
  const receivers = readReceivers(form.value("receivers"), report);
  const timeIntervals = readTimeIntervals(
    [form.value("mute_time_intervals"), form.value("time_intervals")],
    report,
  );
  const root = form.value("route");
  if (root === undefined) {
    report(form.place, "there is no route, which Alertmanager must have");
    return undefined;
  }
  const route = readRoutes(root, { receivers, timeIntervals }, report);
  const inhibitRules = readInhibitions(form.value("inhibit_rules"), report);
  return route && { route, receivers, inhibitRules, timeIntervals };
}
