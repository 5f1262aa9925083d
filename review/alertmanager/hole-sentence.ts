import type { Labels } from "../../metrics/promql-engine/series";
import type { Configuration, Route } from "./configuration";
import { printedMatchers } from "./matcher";
import { mutedBy } from "./route";

/** An alert, in words: `ParcelsLate of service depot, severity critical`. */
function alertInWords({ alertname, service, ...others }: Labels): string {
  const named = alertname === undefined ? "an alert without a name" : quotedIfOdd(alertname);
  const of = service === undefined ? "" : ` of service ${quotedIfOdd(service)}`;
  const rest = Object.entries(others).map(([name, value]) => `, ${name} ${quotedIfOdd(value)}`);
  return `${named}${of}${rest.join("")}`;
}

function quotedIfOdd(value: string): string {
  return /^[\w./:-]+$/.test(value) ? value : JSON.stringify(value);
}

/** A time as people say it: `Saturday 4 July 2026 at 22:00 Europe/Berlin`. */
function timeInWords(time: number, timeZone: string): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(time);
  const day = `${part({ weekday: "long" })} ${part({ day: "numeric" })} ${part({ month: "long" })} ${part({ year: "numeric" })}`;
  return `${day} at ${part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })} ${timeZone}`;
}

/** A route, in words: its matchers, its receiver and its line. */
function routeInWords({ matchers, receiver, line }: Route): string {
  return `the route ${printedMatchers(matchers)} to ${receiver} (line ${String(line)})`;
}

/** Who would be told of an alert by a route, and why nobody is. */
function whyNot(route: Route, configuration: Configuration, time: number): string {
  const receiver = configuration.receivers.get(route.receiver);
  if ((receiver?.integrations.length ?? 0) === 0) return `${routeInWords(route)} leads to nobody`;
  const interval = mutedBy(route, configuration, time);
  const active = interval !== undefined && !route.muteTimeIntervals.includes(interval);
  return active
    ? `${routeInWords(route)} tells within ${route.activeTimeIntervals.join(", ")} only`
    : `${routeInWords(route)} is muted by ${interval ?? "nothing"}`;
}

/** That an alert reaches nobody at a time, and why, in one sentence. */
export function holeSentence(
  {
    labels,
    time,
    routes,
  }: { readonly labels: Labels; readonly time: number; readonly routes: readonly Route[] },
  configuration: Configuration,
): string {
  const names = routes.flatMap((route) => [...route.activeTimeIntervals, ...route.muteTimeIntervals]);
  const zone = names.flatMap((name) => configuration.timeIntervals.get(name) ?? [])[0]?.location;
  // A route to nobody leads there at any time.
  const when = zone === undefined ? "at any time" : `on ${timeInWords(time, zone)}`;
  const why = routes.map((route) => whyNot(route, configuration, time)).join("; ");
  return `${alertInWords(labels)}, ${when}, reaches nobody: ${why}.`;
}
