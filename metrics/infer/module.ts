import { httpLatencyBuckets, httpMethod, httpStatusCode } from "../http";
import type { LabelSpec } from "../labels";
import { camelCase } from "../generate/words";
import type { InferredEntry, InferredLabel } from "./entry";
import { numberCode, textCode, written, type Code, type ObjectCode } from "./layout";

/** What the module of a service is called, and whose it is. */
export interface ModuleOptions {
  readonly service: string;
  /** A word for those who define the metrics. */
  readonly owner: string;
  /** Name of the group's constant, as `groupName` gives it. */
  readonly group: string;
  /** Where the catalogue's functions are imported from, without a slash at the end: `../../metrics`. */
  readonly from: string;
}

/** What the module imports, by the file that has it. */
const imports: Readonly<Record<string, readonly string[]>> = {
  define: ["counter", "gauge", "histogram", "owned"],
  http: ["httpLatencyBuckets", "httpMethod", "httpStatusCode"],
  labels: ["bounded", "follows", "oneOf", "oneOfOr"],
};

const imported: readonly string[] = Object.values(imports).flat();

/** Words that are no name of a constant. */
const reserved: readonly string[] = [
  ..."break case catch class const continue debugger default delete do else enum export extends false finally".split(
    " ",
  ),
  ..."for function if implements import in instanceof interface let new null package private protected".split(
    " ",
  ),
  ..."public return static super switch this throw true try typeof var void while with yield await".split(
    " ",
  ),
  ...["arguments", "eval", "undefined"],
];

/** A word as the name of a constant of the module: `payment-service` as `payment`, `new` as `newMetrics`. */
export function groupName(word: string): string {
  const name = camelCase(word.replace(/-service$/, ""));
  if (/^[a-zA-Z]/.test(name) && ![...imported, ...reserved].includes(name)) return name;
  return /^[a-zA-Z]/.test(name) ? `${name}Metrics` : `metrics${name}`;
}

/** Writes entries as a module of a catalogue, in the form in which a person writes one by hand. */
export function inferredModule(entries: readonly InferredEntry[], options: ModuleOptions): string {
  const shared = sharedBounds(entries, options.group);
  const used = new Set(["owned"]);
  const use = (name: string) => {
    used.add(name);
    return name;
  };
  const constants = [...shared].map(([spec, { name, comment }]) => {
    const start = `const ${name} = `;
    return `${comment === undefined ? "" : `// ${comment}\n`}${start}${written(specCode(spec, use), start.length, "", 1)};`;
  });
  const by: ObjectCode = {
    properties: [
      { key: "owner", value: textCode(options.owner) },
      { key: "exportedBy", value: { list: [{ value: textCode(options.service) }] } },
    ],
  };
  const metrics = entries.map((entry) => ({ value: entryCode(entry, shared, use) }));
  const start = `export const ${options.group} = `;
  const group = written({ call: "owned", args: [by, { list: metrics }] }, start.length, "", 1);
  const parts = [
    Object.entries(imports)
      .flatMap(([file, names]) => importOf(names, `${options.from}/${file}`, used))
      .join("\n"),
    ...constants,
    `/** What ${options.service} measures, as its own metrics show it. */\n${start}${group};`,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Marks a name as used, and gives it. */
type Use = (name: string) => string;

function importOf(names: readonly string[], from: string, used: ReadonlySet<string>): readonly string[] {
  const some = names.filter((name) => used.has(name));
  return some.length === 0 ? [] : [`import { ${some.join(", ")} } from ${textCode(from)};`];
}

interface SharedBound {
  readonly name: string;
  readonly comment: string | undefined;
}

/** The bounds that several labels share, each with a name of its own. */
function sharedBounds(entries: readonly InferredEntry[], group: string): ReadonlyMap<LabelSpec, SharedBound> {
  const labels = entries.flatMap((entry) => entry.labels).filter(({ spec }) => spec.kind === "bounded");
  const taken = new Set([...imported, ...reserved, group]);
  const shared = new Map<LabelSpec, SharedBound>();
  for (const { name: label, spec, comment } of labels) {
    if (shared.has(spec) || labels.filter((other) => other.spec === spec).length < 2) continue;
    const plain = camelCase(label);
    const isName = /^[a-zA-Z]/.test(plain) && !taken.has(plain);
    let name = isName ? plain : `label${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
    for (let number = 2; taken.has(name); number++) name = `${plain}Label${String(number)}`;
    taken.add(name);
    shared.set(spec, { name, comment });
  }
  return shared;
}

function entryCode(entry: InferredEntry, shared: ReadonlyMap<LabelSpec, SharedBound>, use: Use): Code {
  const { name, type, help, unit, unitComment, labels, buckets, maxLabelSets } = entry;
  const properties = [
    { key: "help", value: textCode(help) },
    { key: "unit", value: textCode(unit), ...(unitComment !== undefined && { comment: unitComment }) },
    ...(labels.length > 0 ? [{ key: "labels", value: labelsCode(labels, shared, use) }] : []),
    ...(buckets === undefined ? [] : [{ key: "buckets", value: bucketsCode(buckets, use) }]),
    ...(maxLabelSets === undefined ? [] : [maxLabelSetsCode(maxLabelSets)]),
  ];
  const isOpen = properties.length > 2 || unitComment !== undefined;
  return { call: use(type), args: [textCode(name), { properties, isOpen }] };
}

function maxLabelSetsCode({ most, seen }: NonNullable<InferredEntry["maxLabelSets"]>) {
  const comment = `${String(seen)} label ${seen === 1 ? "set was" : "sets were"} seen.`;
  return { key: "maxLabelSets", value: grouped(most), comment };
}

function labelsCode(
  labels: readonly InferredLabel[],
  shared: ReadonlyMap<LabelSpec, SharedBound>,
  use: Use,
): Code {
  const properties = labels.map(({ name, spec, comment }) => {
    const constant = shared.get(spec);
    if (constant !== undefined) return { key: name, value: constant.name };
    return { key: name, value: specCode(spec, use), ...(comment !== undefined && { comment }) };
  });
  return { properties, isOpen: properties.some((property) => "comment" in property) };
}

function specCode(spec: LabelSpec, use: Use): Code {
  switch (spec.kind) {
    case "oneOf": {
      if (spec === httpStatusCode) return use("httpStatusCode");
      if (spec === httpMethod) return use("httpMethod");
      const { rest, values } = spec;
      if (rest === undefined) return { call: use("oneOf"), args: values.map(textCode) };
      const others = values.filter((value) => value !== rest);
      return { call: use("oneOfOr"), args: [rest, ...others].map(textCode) };
    }
    case "bounded": {
      const properties = [
        { key: "max", value: grouped(spec.max) },
        { key: "rest", value: textCode(spec.rest) },
        ...(spec.isTemplate === true ? [{ key: "isTemplate", value: "true" }] : []),
      ];
      return { call: use("bounded"), args: [{ properties }] };
    }
    case "follows": {
      const options = { properties: [{ key: "rest", value: textCode(spec.rest) }] };
      return { call: use("follows"), args: [textCode(spec.label), options] };
    }
    case "open":
      throw new Error("No label of a service is open().");
  }
}

function bucketsCode(buckets: readonly number[], use: Use): Code {
  if (buckets.join() === httpLatencyBuckets.join()) return use("httpLatencyBuckets");
  return { list: buckets.map((bound) => ({ value: numberCode(bound) })), isNumbers: buckets.length > 1 };
}

/** `1000` and `10_000`, as people write them. */
function grouped(value: number): string {
  return value < 10_000 ? String(value) : String(value).replace(/\B(?=(?:\d{3})+$)/g, "_");
}
