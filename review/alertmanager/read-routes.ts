import type { YamlValue } from "../../alerts/lint/yaml";
import type { Configuration, Route } from "./configuration";
import { ConfigurationForm, itemsOf, type Report } from "./configuration-form";
import { printedMatchers, sortedMatchers } from "./matcher";

const fields = [
  "receiver",
  "group_by",
  "match",
  "match_re",
  "matchers",
  "mute_time_intervals",
  "active_time_intervals",
  "continue",
  "routes",
  "group_wait",
  "group_interval",
  "repeat_interval",
  "labels",
];

type Inherited = Pick<Route, "receiver" | "groupBy" | "groupWait" | "groupInterval" | "repeatInterval">;

/** What holds where no route says anything else; in Alertmanager's `dispatch/route.go`. */
const defaults: Inherited = {
  receiver: "",
  groupBy: [],
  groupWait: 30_000,
  groupInterval: 300_000,
  repeatInterval: 14_400_000,
};

/** What routes may name. */
export type Named = Pick<Configuration, "receivers" | "timeIntervals">;

/** The tree of routes; undefined, and reported, where it is none. */
export function readRoutes(value: YamlValue, named: Named, report: Report): Route | undefined {
  const root = readRoute(value, undefined, named, report);
  if (root === undefined) return undefined;
  if (root.receiver === "") report(value.place, "the first route has no receiver, which it must have");
  if (root.matchers.length > 0)
    report(value.place, "the first route has matchers, but it must take every alert");
  if (root.continues) report(value.place, "the first route has continue, but there is none beside it");
  for (const name of [...root.muteTimeIntervals, ...root.activeTimeIntervals]) {
    report(value.place, `the first route has the time interval "${name}", but it must tell at any time`);
  }
  return root;
}

function readRoute(
  value: YamlValue,
  parent: Route | undefined,
  named: Named,
  report: Report,
): Route | undefined {
  const form = ConfigurationForm.of(value, "route", fields, report);
  if (form === undefined) return undefined;
  const above: Inherited = parent ?? defaults;
  const matchers = sortedMatchers(form.matchers("matchers", "match", "match_re"));
  const groupBy = readGroupBy(form, report);
  const route = {
    matchers,
    key: `${parent === undefined ? "" : `${parent.key}/`}${printedMatchers(matchers)}`,
    receiver: form.text("receiver") || above.receiver,
    groupBy: groupBy ?? above.groupBy,
    groupWait: form.duration("group_wait", "zero") ?? above.groupWait,
    groupInterval: form.duration("group_interval", "more than zero") ?? above.groupInterval,
    repeatInterval: form.duration("repeat_interval", "more than zero") ?? above.repeatInterval,
    muteTimeIntervals: form.texts("mute_time_intervals") ?? [],
    activeTimeIntervals: form.texts("active_time_intervals") ?? [],
    continues: form.boolean("continue") ?? false,
    line: value.place.line,
  };
  if (route.receiver !== "" && !named.receivers.has(route.receiver)) {
    const known = [...named.receivers.keys()].join(", ");
    report(
      form.placeOf("receiver"),
      `receiver: found "${route.receiver}", allowed: one of the receivers: ${known}`,
    );
  }
  for (const field of ["mute_time_intervals", "active_time_intervals"]) {
    for (const name of form.texts(field) ?? []) {
      if (named.timeIntervals.has(name)) continue;
      const known = [...named.timeIntervals.keys()].join(", ") || "there is none";
      report(form.placeOf(field), `${field}: found "${name}", allowed: one of the time intervals: ${known}`);
    }
  }
  const whole: Route = { ...route, routes: [] };
  const routes = itemsOf(form.value("routes"), "routes", report).flatMap(
    (each) => readRoute(each, whole, named, report) ?? [],
  );
  return { ...whole, routes };
}

/** Undefined where it is that of the route above. */
function readGroupBy(form: ConfigurationForm, report: Report): Route["groupBy"] | undefined {
  const labels = form.texts("group_by");
  if (labels === undefined) return undefined;
  const place = form.placeOf("group_by");
  if (labels.includes("...")) {
    if (labels.some((each) => each !== "..."))
      report(place, `group_by: found "..." beside other labels, allowed: "..." alone`);
    return "all";
  }
  const twice = labels.find((each, index) => labels.indexOf(each) !== index);
  if (twice !== undefined) report(place, `group_by: found "${twice}" twice, allowed: each label once`);
  if (labels.includes("")) report(place, `group_by: found an empty text, allowed: names of labels`);
  return labels;
}
