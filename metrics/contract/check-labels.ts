import type { CatalogueEntry } from "../catalogue";
import type { LabelSpec } from "../labels";
import type { Add } from "./check-family";
import type { ParsedFamily } from "./exposition";
import { ownLabels } from "./label-sets";

/** Most values that a finding shows. */
const shownValues = 5;

/** Finds labels that are missing or not allowed, and values that are not. */
export function checkLabels({ samples }: ParsedFamily, entry: CatalogueEntry, add: Add): void {
  const names = new Set(samples.flatMap((sample) => ownLabels(sample).map(([name]) => name)));
  for (const name of names) {
    if (!Object.hasOwn(entry.labels, name)) add("label", `has the label "${name}", which is not allowed`);
  }
  for (const [name, spec] of Object.entries(entry.labels)) {
    if (samples.some((sample) => !Object.hasOwn(sample.labels, name))) {
      add("label", `lacks the label "${name}"${names.has(name) ? " in some series" : ""}`);
      continue;
    }
    checkValues(name, spec, new Set(samples.map((sample) => sample.labels[name] ?? "")), add);
  }
}

function checkValues(name: string, spec: LabelSpec, values: ReadonlySet<string>, add: Add): void {
  if (spec.kind === "oneOf") {
    const others = [...values].filter((value) => !spec.values.includes(value));
    if (others.length > 0) {
      add("label", `has ${name}=${listed(others)}; allowed are ${spec.values.join(", ")}`);
    }
  }
  if (spec.kind === "bounded") {
    const kept = [...values].filter((value) => value !== spec.rest);
    if (kept.length > spec.max) {
      const bound = `at most ${String(spec.max)}, and "${spec.rest}" for the rest`;
      add("bound", `has ${String(kept.length)} values of ${name}; allowed are ${bound}`);
    }
    if (spec.isTemplate === true) checkTemplates(name, kept, add);
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** As databases and traces have them: a word in which there are digits. */
const longId = /^(?=.*\d)[0-9a-f]{16,}$/i;

/** Finds paths where their templates should be: one whose part is an id, and several that differ in a number. */
function checkTemplates(name: string, values: readonly string[], add: Add): void {
  const byTemplate = new Map<string, string[]>();
  for (const value of values) {
    const parts = value.split("/");
    const template = parts.map((part) => (isId(part) || /^\d+$/.test(part) ? "{id}" : part)).join("/");
    if (template !== value) byTemplate.set(template, [...(byTemplate.get(template) ?? []), value]);
  }
  for (const [template, paths] of byTemplate) {
    if (paths.length > 1 || paths.some((path) => path.split("/").some(isId))) {
      add(
        "label",
        `has ${name}=${listed(paths)}, which are paths; give their template, such as "${template}"`,
      );
    }
  }
}

function isId(part: string): boolean {
  return uuid.test(part) || longId.test(part);
}

function listed(values: readonly string[]): string {
  const some = values.slice(0, shownValues).map((value) => JSON.stringify(value));
  return (
    some.join(", ") + (values.length > shownValues ? ` and ${String(values.length - shownValues)} more` : "")
  );
}
