import {
  type GeneratedModule,
  type ModuleLabel,
  type ModuleLabelSpec,
  type ModuleMetric,
  type ServiceModule,
  sharedSpecs,
} from "./service-module";
import { madeBy, pascalCase, quoted, snakeCase, wrapped } from "./words";

const width = 99;
const runtime = "microservices_monitoring";
const httpLabels = "_HTTP_LABELS";

/** Words that no parameter can be called. */
const reserved: ReadonlySet<string> = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield self by value to"
  ).split(" "),
);

/** The Python module of a service's metrics, for `prometheus_client` by way of the package in `python/`. */
export function pythonModule(module: ServiceModule, command: string): GeneratedModule {
  const { http } = module;
  const all = [...(http ? [http.requests] : []), ...module.metrics];
  const names = sharedSpecs(all, (label) => `_${label.toUpperCase()}`);
  const kinds = new Set(all.flatMap(({ labels }) => labels.map(({ spec }) => spec.kind)));
  const literals = module.metrics.flatMap((metric) =>
    metric.labels.flatMap((label) => (label.spec.kind === "oneOf" ? [literal(metric, label)] : [])),
  );
  const units = new Set(module.metrics.flatMap(({ baseUnit }) => baseUnit ?? []));
  const parts = [
    `"""What ${module.service} measures.\n\n${wrapped(madeBy, width).join("\n")}\n\n    ${command}\n"""`,
    imports({
      "collections.abc": http ? ["Mapping"] : [],
      typing: literals.length > 0 ? ["Literal", "get_args"] : [],
      [`${runtime}.definitions`]: [
        ...(kinds.has("bounded") ? ["Bounded"] : []),
        ...(kinds.has("follows") ? ["Follows"] : []),
        ...(http ? ["HttpDefinitions", "Label"] : []),
        "Metric",
        ...(kinds.has("oneOf") ? ["OneOf"] : []),
      ],
      [`${runtime}.metrics`]: [
        ...new Set(module.metrics.map(({ type }) => `${pascalCase(type)}Of`)),
        "ServiceMetrics",
      ].sort(),
      [`${runtime}.units`]: [...units].map(pascalCase).sort(),
    }),
    [...literals, ...[...names].map(([spec, name]) => `${name} = ${specText(spec, "")}`)].join("\n"),
    http
      ? bracketed(
          `${httpLabels}: Mapping[str, Label] = {`,
          labelItems(http.requests, names, literalValues),
          "}",
          "",
        )
      : "",
    ...module.metrics.map((metric) => `\n${instrument(metric)}`),
    `\n${service(module, names)}`,
  ];
  const text = `${parts.filter((part) => part.trim() !== "").join("\n\n")}\n`;
  return { file: `${snakeCase(module.service)}_metrics.py`, text };
}

function imports(modules: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(modules)
    .filter(([, names]) => names.length > 0)
    .map(([from, names]) => ({ from, line: `from ${from} import ${names.join(", ")}` }));
  const own = lines.filter(({ from }) => from.startsWith(runtime)).map(({ line }) => line);
  const others = lines.filter(({ from }) => !from.startsWith(runtime)).map(({ line }) => line);
  return [others, own]
    .filter((group) => group.length > 0)
    .map((group) => group.join("\n"))
    .join("\n\n");
}

/** Name of the type of a label's values. */
function literalName(metric: ModuleMetric, { name }: ModuleLabel): string {
  return pascalCase(`${metric.name}_${name}`);
}

function literal(metric: ModuleMetric, label: ModuleLabel): string {
  const values = label.spec.kind === "oneOf" ? label.spec.values : [];
  const head = `${literalName(metric, label)} = Literal[`;
  return bracketed(head, values.map(quoted), "]", "");
}

/** On one line where it fits, else an item a line. One item in round brackets has a comma, as that makes it a tuple. */
function bracketed(head: string, items: readonly string[], tail: string, indent: string): string {
  const comma = tail === ")" && items.length === 1 ? "," : "";
  const line = `${indent}${head}${items.join(", ")}${comma}${tail}`;
  if (line.length < width && !line.includes("\n")) return line;
  return `${indent}${head}\n${items.map((item) => `${indent}    ${item},\n`).join("")}${indent}${tail}`;
}

function specText(spec: ModuleLabelSpec, values: string): string {
  switch (spec.kind) {
    case "oneOf":
      return spec.rest === undefined ? `OneOf(${values})` : `OneOf(${values}, rest=${quoted(spec.rest)})`;
    case "bounded":
      return `Bounded(max=${String(spec.max)}, rest=${quoted(spec.rest)})`;
    case "follows":
      return `Follows(${quoted(spec.label)}, rest=${quoted(spec.rest)})`;
  }
}

function instrument(metric: ModuleMetric): string {
  const base = `${pascalCase(metric.type)}Of`;
  const labels = metric.labels.map((label) => ({
    name: reserved.has(label.name) ? `${label.name}_` : label.name,
    type: label.spec.kind === "oneOf" && label.spec.rest === undefined ? literalName(metric, label) : "str",
  }));
  const keywords =
    labels.length === 0 ? "" : `, *, ${labels.map(({ name, type }) => `${name}: ${type}`).join(", ")}`;
  const given =
    labels.length === 0
      ? "()"
      : `(${labels.map(({ name }) => name).join(", ")}${labels.length === 1 ? "," : ""})`;
  const type = metric.baseUnit === undefined ? "float" : pascalCase(metric.baseUnit);
  const one = metric.baseUnit === undefined ? "1" : `${type}(1)`;
  const method = (name: string, parameter: string, doc: string, call: string) =>
    [
      `    def ${name}(self, ${parameter}${keywords}) -> None:`,
      `        """${doc}"""`,
      `        self.${call}`,
    ].join("\n");
  const hasRest = metric.labels.some(({ spec }) => spec.kind !== "oneOf");
  const methods = {
    counter: [method("inc", `by: ${type} = ${one}`, "Adds `by`, which is 0 or more.", `_add(by, ${given})`)],
    gauge: [
      method("inc", `by: ${type} = ${one}`, "Adds `by`.", `_add(by, ${given})`),
      method("dec", `by: ${type} = ${one}`, "Takes `by` away.", `_add(-by, ${given})`),
      // Many label sets share the series for the rest, which is their sum.
      ...(hasRest ? [] : [method("set", `to: ${type}`, "Makes `to` its value.", `_set(to, ${given})`)]),
    ],
    histogram: [method("observe", `value: ${type}`, "Counts a value.", `_observe(value, ${given})`)],
  }[metric.type];
  return [
    `class ${pascalCase(metric.name)}(${base}):`,
    docstring("    ", metric.help, `In ${metric.unit}.`),
    "",
    methods.join("\n\n"),
  ].join("\n");
}

function docstring(indent: string, ...paragraphs: readonly string[]): string {
  const escaped = paragraphs.map((each) => each.replace(/\\/g, "\\\\").replace(/"""/g, '\\"\\"\\"'));
  const lines = escaped.flatMap((each, index) => [
    ...(index === 0 ? [] : [""]),
    ...wrapped(each, width - indent.length - 6),
  ]);
  if (lines.length === 1) return `${indent}"""${lines[0] ?? ""}"""`;
  return `${indent}"""${lines.map((line, index) => (index === 0 || line === "" ? line : indent + line)).join("\n")}\n${indent}"""`;
}

function service(module: ServiceModule, names: ReadonlyMap<ModuleLabelSpec, string>): string {
  const name = `${pascalCase(module.service)}Metrics`;
  const { http } = module;
  return [
    `class ${name}(ServiceMetrics):`,
    `    """The metrics of ${module.service}: one of these in a process."""`,
    "",
    `    service = ${quoted(module.service)}`,
    ...(http
      ? [
          "    http = HttpDefinitions(",
          `        requests=${definition(http.requests, httpLabels, "        ")},`,
          `        duration=${definition(http.duration, httpLabels, "        ")},`,
          "    )",
        ]
      : []),
    "",
    "    def __init__(self) -> None:",
    "        super().__init__()",
    ...module.metrics.map((metric) => {
      const typed = (label: ModuleLabel) => `get_args(${literalName(metric, label)})`;
      const labels = bracketed("{", labelItems(metric, names, typed), "}", "                ").trimStart();
      const made = definition(metric, metric.labels.length > 0 ? labels : undefined, "            ");
      return `        self.${metric.name} = ${pascalCase(metric.name)}(\n            self,\n            ${made},\n        )`;
    }),
  ].join("\n");
}

/** The values of a label with known ones, as a tuple. */
function literalValues({ spec }: ModuleLabel): string {
  return spec.kind === "oneOf" ? bracketed("(", spec.values.map(quoted), ")", "    ").trimStart() : "";
}

function labelItems(
  metric: ModuleMetric,
  names: ReadonlyMap<ModuleLabelSpec, string>,
  valuesOf: (label: ModuleLabel) => string,
): readonly string[] {
  return metric.labels.map(
    (label) => `${quoted(label.name)}: ${names.get(label.spec) ?? specText(label.spec, valuesOf(label))}`,
  );
}

/** @param labels as Python writes them; undefined where there are none */
function definition(metric: ModuleMetric, labels: string | undefined, indent: string): string {
  const inner = `${indent}    `;
  const buckets = metric.buckets.map(String);
  const items = [
    quoted(metric.name),
    quoted(metric.type),
    quoted(metric.help),
    ...(labels === undefined ? [] : [`labels=${labels}`]),
    ...(buckets.length > 0 ? [bracketed("buckets=[", buckets, "]", inner).trimStart()] : []),
    ...(metric.maxLabelSets === undefined ? [] : [`max_label_sets=${String(metric.maxLabelSets)}`]),
    ...(metric.isUnknownInOpenMetrics ? ["unknown_in_openmetrics=True"] : []),
    ...(metric.formerly === undefined ? [] : [`formerly=${quoted(metric.formerly.name)}`]),
    ...(metric.formerly?.isUnknownInOpenMetrics ? ["formerly_unknown_in_openmetrics=True"] : []),
  ];
  return `Metric(\n${items.map((item) => `${inner}${item},\n`).join("")}${indent})`;
}
