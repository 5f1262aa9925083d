import { isAlert, type Rule, type RuleGroups } from "../alerts/rule";
import type { DashboardFolder } from "../dashboards";
import { askedBy, linesAskedBy } from "../dashboards/asked";
import { exportersOf } from "../metrics/catalogue";
import { familyOf } from "../metrics/families";
import { needs } from "../metrics/needs";
import type { Expr as Node } from "@grafana/promql-builder";
import type { LeftOut } from "./model";
import type { Watched } from "./watched";

/** What other environments have and this one has not, with the reason: each once. */
export function leftOutOf(watched: Watched): LeftOut[] {
  const { environment, groups, folders, everything } = watched;
  const { alerting, cloudwatch } = environment;
  const kept = namesOf(groups);
  const rules = rulesOf(everything.groups)
    .filter((rule) => !kept.has(nameOf(rule)))
    .map((rule) => ({
      kind: isAlert(rule) ? "alert" : "record",
      name: nameOf(rule),
      why: whyOf(watched, rule),
    }));
  const shown = new Set(panelsOf(folders).map(({ key }) => key));
  const panels = panelsOf(everything.folders)
    .filter(({ key }) => !shown.has(key))
    .map(({ key, node }) => ({ kind: "panel", name: key, why: unfedWhy(watched, node) }));
  const reasons = [
    { kind: "heartbeat", name: "of Prometheus", why: alerting.noHeartbeat },
    { kind: "heartbeat", name: "of AWS", why: cloudwatch.noHeartbeat },
    ...alerting.routes.map(({ severity, nobody }) => ({
      kind: "receiver",
      name: `of ${severity} alerts`,
      why: nobody,
    })),
    ...(["critical", "warning"] as const).map((severity) => {
      const readers = cloudwatch.subscriptions[severity];
      return {
        kind: "subscriber",
        name: `of ${severity} alarms`,
        why: "nobody" in readers ? readers.nobody : undefined,
      };
    }),
  ].flatMap(({ why, ...rest }) => (why === undefined ? [] : [{ ...rest, why }]));
  const ofLines = linePanelsOf(folders);
  const linePanels = linePanelsOf(everything.folders)
    .filter((name) => !ofLines.includes(name))
    .map((name) => ({ kind: "panel", name, why: `needs ${needs["log-lines"]}` }));
  const all = [...rules, ...panels, ...linePanels, ...reasons];
  return all.filter(
    ({ kind, name }, index) => all.findIndex((other) => other.kind === kind && other.name === name) === index,
  );
}

function rulesOf(groups: RuleGroups): readonly Rule[] {
  return Object.values(groups).flatMap((inFile) => inFile.flatMap(({ rules }) => rules));
}

function nameOf(rule: Rule): string {
  return isAlert(rule) ? rule.alert : rule.record;
}

function namesOf(groups: RuleGroups): ReadonlySet<string> {
  return new Set(rulesOf(groups).map(nameOf));
}

function panelsOf(folders: readonly DashboardFolder[]) {
  return folders
    .flatMap(({ dashboards }) => dashboards)
    .flatMap((dashboard) =>
      askedBy(dashboard).flatMap(({ panel, query: { node } }) =>
        panel === undefined ? [] : [{ key: `${String(dashboard.title)}: ${panel}`, node }],
      ),
    );
}

function linePanelsOf(folders: readonly DashboardFolder[]): readonly string[] {
  return folders
    .flatMap(({ dashboards }) => dashboards)
    .flatMap((dashboard) =>
      linesAskedBy(dashboard).map(({ panel }) => `${String(dashboard.title)}: ${panel}`),
    );
}

function whyOf(watched: Watched, rule: Rule): string {
  const missing = isAlert(rule) ? (rule.needs ?? []).filter((need) => !watched.given.includes(need)) : [];
  if (missing.length > 0) return `needs ${missing.map((need) => needs[need]).join(", and ")}`;
  return unfedWhy(watched, rule.expr.node);
}

/** Which of the series that an expression reads nobody writes, and who would. */
function unfedWhy({ feed, catalogue, given }: Watched, node: Node): string {
  const [first, ...others] = [...new Set(feed.unfed(node).map(({ metric }) => metric))];
  if (first === undefined) return "what it shows of a service that is not here";
  const family = familyOf(catalogue, first);
  const need = family?.onlyWith;
  if (need !== undefined && !given.includes(need)) return `needs ${needs[need]}`;
  const by = family === undefined ? "no rule records it here" : `${exportersOf(family)} would`;
  const more = others.length === 0 ? "" : `, nor ${String(others.length)} more`;
  return `nobody exports ${first}${more}: ${by}`;
}
