import type { Catalogue } from "../catalogue";
import {
  type GeneratedModule,
  type ModuleLabelSpec,
  type ModuleMetric,
  type ServiceModule,
  sharedSpecs,
} from "./service-module";
import { madeBy, pascalCase, quoted, snakeCase, wrapped } from "./words";

/** What services in TypeScript are on: each has an instrumentation of its own, which needs no other. */
export const frameworks = ["fastify", "express", "http"] as const;

/** One of these; `http` is plain `node:http`. */
export type Framework = (typeof frameworks)[number];

const width = 100;
const packageName = "microservices-monitoring";

/**
 * The TypeScript module of a service's metrics: the part of the catalogue that the service must know, and the
 * instrumentation over it.
 */
export function typescriptModule(
  module: ServiceModule,
  { seriesBudget, owner }: Catalogue["services"][string],
  framework: Framework,
  command: string,
): GeneratedModule {
  const names = sharedSpecs(module.metrics, (label) => `of${pascalCase(label)}`);
  const types = [...new Set(module.metrics.map(({ type }) => type))].sort();
  const kinds = new Set(module.metrics.flatMap(({ labels }) => labels.map(({ spec }) => functionOf(spec))));
  const group = `owned({ owner: ${quoted(owner)}, exportedBy: [${quoted(module.service)}] }, [\n${module.metrics
    .map((metric) => `  ${definition(metric, names)},\n`)
    .join("")}])`;
  const parts = [
    [
      "/*",
      ` * What ${module.service} measures.`,
      " *",
      ...wrapped(madeBy, width - 3).map((line) => ` * ${line}`),
      " *",
      ` *     ${command}`,
      " */",
    ].join("\n"),
    [
      `import { catalogueOf } from "${packageName}/metrics/catalogue";`,
      `import { ${[...types, "owned"].join(", ")} } from "${packageName}/metrics/define";`,
      ...(kinds.size > 0
        ? [`import { ${[...kinds].sort().join(", ")} } from "${packageName}/metrics/labels";`]
        : []),
      `import { serviceGroups } from "${packageName}/metrics/standard";`,
      `import { instrumentationOver } from "${packageName}/services/instrumentation/${framework}";`,
    ].join("\n"),
    [...names].map(([spec, name]) => `const ${name} = ${specText(spec)};`).join("\n"),
    `const own = ${group};`,
    `/** What ${module.service} exposes. */\nexport const catalogue = catalogueOf(\n  { ${quoted(module.service)}: { seriesBudget: ${String(seriesBudget)}, owner: ${quoted(owner)} } },\n  ...serviceGroups,\n  own,\n);`,
    `export const { ${framework === "fastify" ? "instrumentation, businessMetrics" : "service"} } = instrumentationOver(catalogue);`,
  ];
  const text = `${parts.filter((part) => part !== "").join("\n\n")}\n`;
  return { file: `${snakeCase(module.service).replaceAll("_", "-")}-metrics.ts`, text };
}

function functionOf(spec: ModuleLabelSpec): string {
  return spec.kind === "oneOf" && spec.rest !== undefined ? "oneOfOr" : spec.kind;
}

function specText(spec: ModuleLabelSpec): string {
  switch (spec.kind) {
    case "oneOf": {
      const values = spec.values.filter((value) => value !== spec.rest);
      return `${functionOf(spec)}(${[...(spec.rest === undefined ? [] : [spec.rest]), ...values].map(quoted).join(", ")})`;
    }
    case "bounded":
      return `bounded({ max: ${String(spec.max)}, rest: ${quoted(spec.rest)}${spec.isTemplate === true ? ", isTemplate: true" : ""} })`;
    case "follows":
      return `follows(${quoted(spec.label)}, { rest: ${quoted(spec.rest)} })`;
  }
}

function definition(metric: ModuleMetric, names: ReadonlyMap<ModuleLabelSpec, string>): string {
  const labels = metric.labels.map(
    ({ name, spec }) => `${quoted(name)}: ${names.get(spec) ?? specText(spec)}`,
  );
  const fields = [
    `help: ${quoted(metric.help)}`,
    `unit: ${quoted(metric.unit)}`,
    ...(labels.length > 0 ? [`labels: { ${labels.join(", ")} }`] : []),
    ...(metric.buckets.length > 0 ? [`buckets: [${metric.buckets.map(String).join(", ")}]`] : []),
    ...(metric.maxLabelSets === undefined ? [] : [`maxLabelSets: ${String(metric.maxLabelSets)}`]),
    ...(metric.formerly === undefined ? [] : [`formerly: ${quoted(metric.formerly.name)}`]),
  ];
  return `${metric.type}(${quoted(metric.name)}, {\n${fields.map((field) => `    ${field},\n`).join("")}  })`;
}
