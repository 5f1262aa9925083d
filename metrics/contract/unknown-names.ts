import type { CatalogueEntry } from "../catalogue";
import type { Exposition, ParsedFamily } from "./exposition";

/** Metrics of runtimes and client libraries that the catalogue does not list. */
const foreignRuntimes = /^(python|go|jvm|jdk|dotnet|ruby|rust|php|promhttp|process)_/;

/** What OpenTelemetry's SDKs measure of runtimes and of themselves. */
const runtimesOfOpenTelemetry = /^(nodejs|v8js|cpython|system|otel_sdk)_/;
/** What OpenTelemetry tells of the program and its libraries, in any format. */
const aboutTheTarget: readonly string[] = ["target_info", "otel_scope_info"];

/**
 * Whether a name is one that runtimes, client libraries and SDKs use for what they tell of themselves.
 * @param name in full: with a counter's `_total`, and an info's `_info`
 * @param format the one that the metric comes in
 */
export function isOfRuntime(name: string, format: Exposition["format"]): boolean {
  if (foreignRuntimes.test(name) || aboutTheTarget.includes(name)) return true;
  return format === "OTLP" && runtimesOfOpenTelemetry.test(name);
}

/** What OpenMetrics leaves out of a name. In the text format its TYPE line announces nothing that is there. */
const leftOutOfNames: readonly string[] = ["_total", "_info"];

/** Names of metrics that are none of these, and that no runtime or client library exposes by itself. */
export function unknownNames(
  families: ReadonlyMap<string, ParsedFamily>,
  expected: readonly Pick<CatalogueEntry, "name">[],
  format: Exposition["format"],
): readonly string[] {
  const known = new Set(expected.map(({ name }) => name));
  return [...families.values()]
    .filter(({ name, samples }) => {
      if (known.has(name) || isOfRuntime(name, format)) return false;
      if (samples.length === 0 && leftOutOfNames.some((left) => families.has(name + left))) return false;
      // Python's client exposes the time at which a counter or histogram was created as a gauge of its own.
      const created = /^(.+)_created$/.exec(name)?.[1];
      return created === undefined || !(families.has(created) || families.has(`${created}_total`));
    })
    .map(({ name }) => name);
}
