import { described } from "./rule-form";
import { readYaml, type Problem, type YamlDocument, type YamlValue } from "./yaml";

/** The groups of one set of rules: of a file of Prometheus, or of a resource. */
export interface GroupSet {
  readonly values: readonly YamlValue[];
  /** Fields that groups may have here beside those of Prometheus. */
  readonly groupFields: readonly string[];
}

/** The sets of rules in a text with what is wrong around them, or in a sentence why there are none. */
export type RuleSource =
  | {
      readonly sets: readonly GroupSet[];
      readonly problems: readonly Problem[];
    }
  | { readonly error: string };

/** Finds the groups in a file of Prometheus, or in resources of the kind PrometheusRule and lists of them. */
export function groupsIn(file: string, text: string): RuleSource {
  const documents = readYaml(text);
  if ("error" in documents) {
    const { line, column } = documents.place;
    return {
      error:
        template(file, text) ??
        `is no YAML: ${documents.error} (line ${String(line)}, column ${String(column)}).`,
    };
  }
  const full = documents.filter(({ value }) => value.kind !== "nothing");
  if (full.length === 0) return { error: "is empty: expected groups of rules." };
  if (full.some(({ value }) => isResource(value))) return inResources(full);
  return inRuleFile(documents, template(file, text));
}

/** The first document is the file; Prometheus reads no other. */
function inRuleFile([first, ...others]: readonly YamlDocument[], template: string | undefined): RuleSource {
  if (first === undefined) return { error: "is empty: expected groups of rules." };
  const { value } = first;
  if (
    value.kind !== "nothing" &&
    (value.kind !== "map" || (value.fields.size > 0 && !value.fields.has("groups")))
  )
    return {
      error: template ?? `is no file of rules: expected the field groups, found ${described(value)}.`,
    };
  const fields = value.kind === "map" ? [...value.fields] : [];
  const groups = value.kind === "map" ? value.fields.get("groups")?.value : undefined;
  if (groups !== undefined && groups.kind !== "nothing" && groups.kind !== "list")
    return { error: `is no file of rules: groups: found ${described(groups)}, allowed: a list.` };
  return {
    sets: [{ values: itemsOf(groups), groupFields: [] }],
    problems: [
      ...first.problems,
      ...fields
        .filter(([name]) => name !== "groups")
        .map(([name, { place }]) => ({
          place,
          message: `found the field "${name}", which Prometheus refuses; allowed: groups`,
        })),
      ...others.flatMap(({ value: other }, index) => {
        if (other.kind === "nothing") return [];
        const what = `document ${String(index + 2)}${groupNames(other)}`;
        const message = `${what} is not read: Prometheus takes the first of a file only. Give it a file of its own`;
        return [{ place: other.place, message }];
      }),
    ],
  };
}

/** ` (groups "a", "b")` */
function groupNames(value: YamlValue): string {
  const groups = value.kind === "map" ? itemsOf(value.fields.get("groups")?.value) : [];
  const names = groups.flatMap((group) => textIn(group, "name") ?? []);
  return names.length === 0
    ? ""
    : ` (${names.length === 1 ? "group" : "groups"} ${names.map((name) => `"${name}"`).join(", ")})`;
}

/** Every document of manifests is read; kinds other than PrometheusRule are of no concern here. */
function inResources(documents: readonly YamlDocument[]): RuleSource {
  const resources = documents.flatMap(({ value }) => resourcesIn(value));
  const rules = resources.filter((resource) => textIn(resource, "kind") === "PrometheusRule");
  if (rules.length === 0) {
    const kinds = new Set(resources.map((resource) => `"${textIn(resource, "kind") ?? ""}"`));
    return {
      error: `has resources of the kind ${[...kinds].join(", ")} only: expected a PrometheusRule, or a file with groups of rules.`,
    };
  }
  return {
    sets: rules.map((resource) => ({
      values: itemsOf(fieldOf(fieldOf(resource, "spec"), "groups")),
      // Thanos's, which Prometheus Operator leaves out for Prometheus.
      groupFields: ["partial_response_strategy"],
    })),
    problems: documents.flatMap(({ problems }) => problems),
  };
}

/** A resource itself, or those of a list such as `kubectl get -o yaml` prints. */
function resourcesIn(value: YamlValue): readonly YamlValue[] {
  const items = fieldOf(value, "items");
  return items?.kind === "list" && /List$/.test(textIn(value, "kind") ?? "")
    ? items.items.flatMap(resourcesIn)
    : [value];
}

function isResource(value: YamlValue): boolean {
  return textIn(value, "kind") !== undefined && textIn(value, "apiVersion") !== undefined;
}

/** Names what makes rules in place of them, by what only such a source has. */
function template(file: string, text: string): string | undefined {
  if (/\.(jsonnet|libsonnet)$/.test(file) || /^[ \t]*(local\s+\w+\s*=|(\{\s*)?\w+\+?::)/m.test(text))
    return "is Jsonnet, from which rules are made: lint what `jsonnet` or `mixtool generate` makes of it.";
  if (
    /^[ \t]*\{\{/m.test(text) ||
    /\{\{-?\s*(include|template|define|toYaml|\.Values|\.Release|\$\.)/.test(text)
  )
    return "is a template, as of a Helm chart: lint what `helm template` makes of it.";
  return undefined;
}

function fieldOf(value: YamlValue | undefined, name: string): YamlValue | undefined {
  return value?.kind === "map" ? value.fields.get(name)?.value : undefined;
}

function textIn(value: YamlValue, name: string): string | undefined {
  const field = fieldOf(value, name);
  return field?.kind === "text" ? field.text : undefined;
}

function itemsOf(value: YamlValue | undefined): readonly YamlValue[] {
  return value?.kind === "list" ? value.items.filter(({ kind }) => kind !== "nothing") : [];
}
