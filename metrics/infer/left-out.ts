import { exportersOf, type Catalogue } from "../catalogue";
import { checkFamily } from "../contract/check-family";
import type { Exposition, ParsedFamily } from "../contract/exposition";
import { entryOf } from "../families";
import { metricOf, refusalOf, type InferredEntry } from "./entry";
import { isSensitive } from "./sensitive";

/** Why a metric has no entry, and what to do about it. */
export interface Reason {
  readonly why: string;
  readonly todo: string;
}

const rename =
  "rename it in the service; where a library chose the name, define it by hand with foreign() of metrics/define.ts";
const again = "mend it in the service, and infer again";

const types: Readonly<Record<string, Reason>> = {
  summary: {
    why: "is a summary, whose quantiles cannot be added up over instances",
    todo: "measure it as a histogram",
  },
  gaugehistogram: {
    why: "is a gaugehistogram, which Prometheus has no functions for",
    todo: "measure what happens as a histogram, or what is there now as gauges",
  },
  untyped: {
    why: "is announced as no type",
    todo: "announce it as a counter, a gauge or a histogram",
  },
};

/** Why no entry can be made of a metric, by what it announces. */
export function reasonOf(family: ParsedFamily, catalogue: Catalogue): Reason | undefined {
  const { name, type, help = "", samples } = family;
  const known = entryOf(catalogue, name);
  if (known !== undefined) {
    const todo = "add the service to exportedBy of its group, where it means the same; else rename it";
    return { why: `is in the catalogue already, as a metric of ${exportersOf(known)}`, todo };
  }
  if (family.types.length > 1) {
    return { why: `is announced as ${family.types.join(" and as ")}`, todo: "announce one type" };
  }
  if (Object.hasOwn(types, type)) return types[type];
  if (samples.length === 0) {
    const todo = "let the service count something, and infer again";
    return { why: "has no series yet, so that its labels cannot be seen", todo };
  }
  if (name.startsWith("__") || isSensitive(name.replaceAll("_", "-"))) {
    return { why: "has a name with two underscores first, or with an id in it", todo: rename };
  }
  if (help.trim() === "") return { why: "has no HELP", todo: "say in the service what it measures" };
  return reasonOfLabels(family);
}

function reasonOfLabels({ type, samples }: ParsedFamily): Reason | undefined {
  const names = new Set(samples.flatMap(({ labels }) => Object.keys(labels)));
  if (type === "gauge" && names.has("pid")) {
    const todo = 'make the gauge with multiprocess_mode="livesum"';
    return { why: "has the label pid, which prometheus_client gives gauges of several workers", todo };
  }
  const internal = [...names].find((label) => label.startsWith("__"));
  if (internal === undefined) return undefined;
  return { why: `has the label ${internal}; two underscores first are Prometheus's own`, todo: again };
}

/** Why an entry that was made of a metric would not do. @param scrapes those in which it was */
export function reasonOfEntry(
  entry: InferredEntry,
  merged: ParsedFamily,
  scrapes: readonly Exposition[],
): Reason | undefined {
  const refused = refusalOf(entry);
  if (refused.length > 0) {
    const isLabel = refused.every((line) => line.startsWith("label "));
    return { why: `the catalogue refuses it: ${refused.join("; ")}`, todo: isLabel ? again : rename };
  }
  const owned = { ...metricOf(entry), owner: "", exportedBy: [] };
  const seen = [merged, ...scrapes.flatMap(({ families }) => families.get(entry.name) ?? [])];
  const messages = new Set(
    seen
      .flatMap((family) => checkFamily({ ...family, type: entry.type }, owned))
      .map(({ message }) => message),
  );
  return messages.size === 0 ? undefined : { why: [...messages].join("; "), todo: again };
}
