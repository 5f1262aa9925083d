import type { Metric, MetricType } from "./define";
import { everyNeed } from "./needs";
import { report, words } from "./problems";
import {
  checkProperties,
  checkWord,
  form,
  isObject,
  list,
  object,
  optional,
  text,
  whole,
  word,
  type Property,
} from "./properties";
import { targetLabels } from "./targets";

/** The types. */
export const metricTypes = ["counter", "gauge", "histogram", "summary"] as const;

/** How long names stay. */
export const stabilities = ["stable", "experimental", "deprecated"] as const;

/** The base units. */
export const baseUnits = [
  "seconds",
  "bytes",
  "dollars",
  "euros",
  "ratio",
  "meters",
  "celsius",
  "joules",
] as const;

/** Labels that series have by their metric's type. */
export const typeLabels = ["le", "quantile"] as const;

const namePattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const nameInWords = "letters, digits and underscores, no digit first";

const common = {
  help: text,
  unit: text,
  labels: object,
  stability: optional(word(...stabilities)),
  maxLabelSets: optional(whole(1, Number.MAX_SAFE_INTEGER)),
};
const ascending: Property = {
  allowed: "finite numbers that ascend, without +Inf",
  is: (value) =>
    Array.isArray(value) &&
    value.every(
      (bound, index, all: readonly unknown[]) =>
        Number.isFinite(bound) && (index === 0 || (all[index - 1] as number) < (bound as number)),
    ),
};
const ofForeign = {
  buckets: optional(ascending),
  announcedAs: optional(word("untyped")),
  absentWhen: optional(text),
  onlyWith: optional(word(...everyNeed)),
};

/** Reports what is wrong in the definition of a metric: what its type says, for those who do not ask the compiler. */
export function checkDefinition(
  name: string,
  type: MetricType,
  definition: Partial<Metric>,
  isForeign: boolean,
): void {
  const what = `metric ${name}`;
  const { unit, labels } = definition;
  if (!form(namePattern, "").is(name)) report({ what, found: name, allowed: nameInWords });
  if (isForeign) checkWord(`${what}: type`, type, metricTypes);
  else checkName(what, name, type, unit);
  const own: Readonly<Record<string, Property>> = {
    formerly: optional(text),
    ...(type === "histogram" && { buckets: ascending }),
  };
  checkProperties(what, definition, { ...common, ...(isForeign ? ofForeign : own) });
  if (!isForeign && typeof definition.formerly === "string") checkFormerName(what, name, type, definition);
  if (isObject(labels)) checkLabelSpecs(what, labels);
}

/** A former name has the form of a name, as its series are read under it. */
function checkFormerName(
  what: string,
  name: string,
  type: MetricType,
  { formerly = "", unit }: Partial<Metric>,
): void {
  const former = `${what}: formerly`;
  if (formerly === name) report({ what: former, found: formerly, allowed: "another name than it has now" });
  else if (!namePattern.test(formerly)) report({ what: former, found: formerly, allowed: nameInWords });
  else checkName(former, formerly, type, unit);
}

/** What a name of ours must end in, by the metric's type. */
function checkName(what: string, name: string, type: MetricType, unit: unknown): void {
  if (type === "counter" && !name.endsWith("_total")) {
    report({ what, found: name, allowed: `a counter's name ends in _total: ${name}_total` });
  }
  const suffix = /_(total|bucket|sum|count)$/.exec(name)?.[0];
  if (type === "gauge" && suffix !== undefined) {
    report({ what, found: name, allowed: `a gauge's name, which does not end in ${suffix}` });
  }
  if (type === "counter") return;
  const ofName = baseUnits.find((each) => name.endsWith(`_${each}`));
  if (type === "histogram" && ofName === undefined) {
    const units = baseUnits.map((each) => `_${each}`).join(", ");
    report({ what, found: name, allowed: `a histogram's name, which ends in its base unit: ${units}` });
  } else if (ofName !== undefined && unit !== ofName) {
    report({ what: `${what}: unit`, found: unit, allowed: `${ofName}, as the name says` });
  }
}

function checkLabelSpecs(what: string, labels: Readonly<Record<string, unknown>>): void {
  const reserved: readonly string[] = [...targetLabels, ...typeLabels];
  for (const [label, spec] of Object.entries(labels)) {
    const of = `${what}: label ${label}`;
    if (!namePattern.test(label)) report({ what: of, found: label, allowed: nameInWords });
    if (reserved.includes(label)) {
      report({ what: of, found: label, allowed: `none of ${reserved.join(", ")}: they are set by others` });
    }
    if (!isObject(spec) || !("kind" in spec)) {
      report({ what: of, found: spec, allowed: "what oneOf, oneOfOr, bounded, follows or open give" });
    } else if (spec.kind === "follows") {
      const others = Object.keys(labels).filter((other) => other !== label);
      checkWord(`${of}: follows`, spec.label, others);
    }
  }
}

/** Reports what is wrong in a group of metrics: no owner or exporters, and names that it has twice. */
export function checkOwned(by: unknown, metrics: readonly Pick<Metric, "name" | "formerly">[]): void {
  if (!checkProperties("owned", by, { owner: text, title: optional(text), exportedBy: list })) return;
  const { owner } = by as { owner: string };
  const names = metrics.flatMap(({ name, formerly = name }) => [...new Set([name, formerly])]);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    report({ what: `metric ${name}`, found: words("two definitions"), allowed: `one: ${owner} has both` });
  }
}
