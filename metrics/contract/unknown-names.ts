import type { CatalogueEntry } from "../catalogue";
import type { Exposition, ParsedFamily } from "./exposition";

/** Metrics of runtimes and client libraries that the catalogue does not list. */
const foreignRuntimes = /^(python|go|jvm|jdk|dotnet|ruby|rust|php|promhttp|process)_/;

/** Whether a name is one that runtimes and client libraries use for what they measure of themselves. */
export function isOfRuntime(name: string): boolean {
  return foreignRuntimes.test(name);
}

/** What OpenTelemetry's SDKs measure of runtimes and of themselves. */
const runtimesOfOpenTelemetry = /^(nodejs|v8js|cpython|system|otel_sdk)_/;
/** What OpenTelemetry tells of the program and its libraries, in either format. */
const aboutTheTarget: readonly string[] = ["target", "target_info", "otel_scope", "otel_scope_info"];

/** Names of metrics that are none of these, and that no runtime or client library exposes by itself. */
export function unknownNames(
  families: ReadonlyMap<string, ParsedFamily>,
  expected: readonly Pick<CatalogueEntry, "name">[],
  format: Exposition["format"],
): readonly string[] {
  const known = new Set(expected.map(({ name }) => name));
  return [...families.values()]
    .filter(({ name, samples }) => {
      if (known.has(name) || isOfRuntime(name) || aboutTheTarget.includes(name)) return false;
      if (format === "OTLP" && runtimesOfOpenTelemetry.test(name)) return false;
      // In the text format a TYPE line with a counter's short name announces nothing that is there.
      if (samples.length === 0 && families.has(`${name}_total`)) return false;
      // Python's client exposes the time at which a counter or histogram was created as a gauge of its own.
      const created = /^(.+)_created$/.exec(name)?.[1];
      return created === undefined || !(families.has(created) || families.has(`${created}_total`));
    })
    .map(({ name }) => name);
}
