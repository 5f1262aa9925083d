import fc from "fast-check";
import { counter, gauge, histogram, type Metric } from "../../metrics/define";
import { bounded, follows, oneOf, oneOfOr, type LabelSpec } from "../../metrics/labels";
import type { Exposition } from "../../metrics/contract/exposition";
import { isOfRuntime } from "../../metrics/contract/unknown-names";

const formats: readonly Exposition["format"][] = ["text", "OpenMetrics", "OTLP"];
const word = fc.stringMatching(/^[a-z]{2,9}(_[a-z]{2,9}){0,2}$/);
const help = fc.lorem({ maxCount: 8, mode: "words" }).map((words) => `${words}.`);
const spec: fc.Arbitrary<LabelSpec> = fc.oneof(
  fc.uniqueArray(word, { minLength: 1, maxLength: 6 }).map((values) => oneOf(...values)),
  fc.uniqueArray(word, { minLength: 1, maxLength: 5 }).map((values) => oneOfOr("other", ...values)),
  fc.integer({ min: 1, max: 30 }).map((max) => bounded({ max, rest: "other" })),
);
const labels = fc
  .uniqueArray(
    // Names of some kinds of labels tell that their values have no end.
    word.map((name) => `${name}_kind`),
    { maxLength: 3 },
  )
  .chain((names) => fc.tuple(fc.constant(names), fc.tuple(...names.map(() => spec)), fc.boolean()))
  .map(([names, specs, isFollowed]): Record<string, LabelSpec> => {
    const all = Object.fromEntries(names.map((name, index) => [name, specs[index] as LabelSpec]));
    const leader = names.find((name) => all[name]?.kind === "bounded");
    return isFollowed && leader !== undefined ? { ...all, title: follows(leader, { rest: "other" }) } : all;
  });
const buckets = fc
  .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 12 })
  .map((bounds) => bounds.map((bound) => bound / 1000).sort((one, other) => one - other));

/** A metric that a service may have, whatever it is called. */
const metric = fc
  .record({ name: word, help, labels, buckets, unit: fc.constantFrom("seconds", "bytes", "ratio", "joules") })
  .chain(({ name, help: text, labels: specs, buckets: bounds, unit }) => {
    const common = { help: text, labels: specs };
    // Types are for names that are known when the code is written.
    const made: readonly unknown[] = [
      counter(`${name}_total`, { ...common, unit: "things" }),
      counter(`${name}_${unit}_total`, { ...common, unit }),
      gauge(`now_${name}_${unit}`, { ...common, unit }),
      histogram(`each_${name}_seconds`, { ...common, unit: "seconds", buckets: bounds } as never),
    ];
    return fc.constantFrom(...(made as readonly Metric[]));
  })
  // Such a name is taken for what a runtime tells of itself, in one of the formats at least.
  .filter(({ name }) => formats.every((format) => !isOfRuntime(name, format)));

/** The metrics of a service: of every type, with labels of every kind that a service may have. */
export const arbitraryMetrics: fc.Arbitrary<readonly Metric[]> = fc.uniqueArray(metric, {
  minLength: 1,
  maxLength: 6,
  selector: ({ name }) =>
    name.replace(/^(?:now|each)_/, "").replace(/_(?:total|seconds|bytes|ratio|joules)/g, ""),
});
