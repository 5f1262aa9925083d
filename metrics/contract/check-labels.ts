import type { CatalogueEntry } from "../catalogue";
import { didYouMean } from "../describe";
import type { LabelSpec } from "../labels";
import type { Add } from "./check-family";
import type { ParsedFamily } from "./exposition";
import { ownLabels } from "./label-sets";
import { pathsAmong } from "./route-templates";

/** Most values that a finding shows. */
const shownValues = 5;

/** Finds labels that are missing or not allowed, and values that are not. */
export function checkLabels({ samples }: ParsedFamily, entry: CatalogueEntry, add: Add): void {
  const names = new Set(samples.flatMap((sample) => ownLabels(sample).map(([name]) => name)));
  for (const name of names) {
    if (Object.hasOwn(entry.labels, name)) continue;
    const lacking = Object.keys(entry.labels).filter((label) => !names.has(label));
    add("label", `has the label "${name}", which is not allowed${adviceOn(name, lacking)}`);
  }
  for (const [name, spec] of Object.entries(entry.labels)) {
    if (samples.some((sample) => !Object.hasOwn(sample.labels, name))) {
      add("label", `lacks the label "${name}"${names.has(name) ? " in some series" : ""}`);
      continue;
    }
    checkValues(name, spec, new Set(samples.map((sample) => sample.labels[name] ?? "")), add);
  }
}

/** What to do about a label that is not allowed, as the end of a message. */
function adviceOn(name: string, lacking: readonly string[]): string {
  // What prometheus_client does with the gauges of several workers, unless it is told to add them up.
  if (name === "pid") return '; a gauge of prometheus_client needs multiprocess_mode="livesum"';
  return didYouMean(name, lacking);
}

function checkValues(name: string, spec: LabelSpec, values: ReadonlySet<string>, add: Add): void {
  if (spec.kind === "oneOf") {
    const others = [...values].filter((value) => !spec.values.includes(value));
    if (others.length > 0) {
      const [only = ""] = others;
      const hint = others.length === 1 ? didYouMean(only, spec.values) : "";
      add("label", `has ${name}=${listed(others)}; allowed are ${spec.values.join(", ")}${hint}`);
    }
  }
  if (spec.kind === "bounded") {
    const kept = [...values].filter((value) => value !== spec.rest);
    if (kept.length > spec.max) {
      const bound = `at most ${String(spec.max)}, and "${spec.rest}" for the rest`;
      add("bound", `has ${String(kept.length)} values of ${name}; allowed are ${bound}`);
    }
    const paths = spec.isTemplate === true ? pathsAmong(kept) : [];
    for (const { template, paths: found } of paths) {
      add(
        "label",
        `has ${name}=${listed(found)}, which are paths; give their template, such as "${template}"`,
      );
    }
  }
}

function listed(values: readonly string[]): string {
  const some = values.slice(0, shownValues).map((value) => JSON.stringify(value));
  return (
    some.join(", ") + (values.length > shownValues ? ` and ${String(values.length - shownValues)} more` : "")
  );
}
