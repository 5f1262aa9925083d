import { parse } from "yaml";
import type { Labels } from "../../metrics/promql-engine/series";
import type { Firing } from "../replay/firing";
import type { Version } from "../version/version";

/** What a version must say for samples of its alerts. */
export type SampledVersion = Pick<Version, "ruleFiles" | "catalogue">;

interface RuleYaml {
  readonly alert?: string;
  readonly expr?: string | number;
  readonly labels?: Labels;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface GroupYaml {
  readonly name: string;
  readonly rules?: readonly RuleYaml[];
}

/** A day at noon: long past, so that a sample is the same each time. */
const noon = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;

/** How alerts are sampled. */
export interface SampleSettings {
  /** Labels of the series that an alert may fire for. Undefined: they are made from its rule. */
  readonly seriesLabelsOf?: (alert: string) => readonly Labels[] | undefined;
}

/**
 * A firing of each alert of a version, as it may be: one for each service where the alert is about services.
 * @throws Error where a file of rules is no YAML
 */
export function sampleAlertsOf(
  { ruleFiles, catalogue }: SampledVersion,
  { seriesLabelsOf = () => undefined }: SampleSettings = {},
): Firing[] {
  const services = catalogue.services.map(({ name }) => name);
  return Object.entries(ruleFiles).flatMap(([file, text]) => {
    const { groups } = (parse(text) ?? {}) as { readonly groups?: readonly GroupYaml[] };
    return (groups ?? []).flatMap((group) =>
      (group.rules ?? []).flatMap((rule) => {
        const { alert } = rule;
        if (alert === undefined) return [];
        const sets = seriesLabelsOf(alert) ?? madeLabels(rule, services);
        return sets.map((labels) => firingOf({ file, group: group.name, alert }, rule, labels));
      }),
    );
  });
}

function firingOf(rule: Firing["rule"], yaml: RuleYaml, seriesLabels: Labels): Firing {
  const value = thresholdIn(String(yaml.expr ?? ""));
  const written = Object.entries(yaml.labels ?? {}).map(([name, text]): [string, string] => [
    name,
    withLabels(String(text), seriesLabels),
  ]);
  return {
    rule,
    labels: { ...seriesLabels, ...Object.fromEntries(written), alertname: rule.alert },
    annotations: yaml.annotations ?? {},
    seriesLabels,
    activeAt: noon - 5 * minute,
    firedAt: noon,
    resolvedAt: undefined,
    interval: minute,
    valueAt: () => value,
  };
}

/** Labels that an alert's texts name, or that its expression keeps, each with a value that says what it is. */
function madeLabels(rule: RuleYaml, services: readonly string[]): Labels[] {
  const { expr = "", labels = {}, annotations = {} } = rule;
  const text = String(expr);
  const templates = [...Object.values(labels), ...Object.values(annotations)].join("\n");
  const named = [...templates.matchAll(/(?:\$labels|\.Labels)\.(\w+)/g)].map(([, name = ""]) => name);
  const kept = [...text.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, names = ""]) => names.split(","));
  const names = [...new Set([...named, ...kept.map((name) => name.trim())])].filter(
    (name) => name !== "" && name !== "alertname" && name !== "le",
  );
  const fixed = Object.fromEntries(
    [...text.matchAll(/\b(\w+)\s*=\s*"([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const valueOf = (name: string, service: string) => fixed[name] ?? (name === "job" ? service : `a-${name}`);
  const isOfServices = names.includes("service") && fixed.service === undefined;
  return (isOfServices && services.length > 0 ? services : [fixed.service ?? "a-service"]).map((service) =>
    Object.fromEntries(names.map((name) => [name, name === "service" ? service : valueOf(name, service)])),
  );
}

/** The number that an expression is compared with last; 1 where there is none. */
function thresholdIn(expr: string): number {
  const compared = [...expr.matchAll(/[<>]=?\s*(?:bool\s+)?(-?[\d.]+(?:e[+-]?\d+)?)(?![\w.])/gi)];
  const value = Number(compared.at(-1)?.[1]);
  return Number.isFinite(value) && compared.length > 0 ? value : 1;
}

/** Labels of rules hold no other template than a label of the series. */
function withLabels(template: string, labels: Labels): string {
  return template.replace(
    /\{\{-?\s*(?:\$labels|\.Labels)\.(\w+)\s*-?\}\}/g,
    (_, name: string) => labels[name] ?? "",
  );
}
