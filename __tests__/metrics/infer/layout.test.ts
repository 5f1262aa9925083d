import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { httpLatencyBuckets, httpMethod, httpStatusCode } from "../../../metrics/http";
import { metricOf, type InferredEntry } from "../../../metrics/infer/entry";
import { textCode } from "../../../metrics/infer/layout";
import { groupName, inferredModule } from "../../../metrics/infer/module";
import { bounded, follows, oneOf, oneOfOr, type LabelSpec } from "../../../metrics/labels";
import { groupOf } from "../../support/inferred";

const root = resolve(__dirname, "../../..");
const word = fc.stringMatching(/^[a-z]{1,12}(_[a-z]{1,14}){0,4}$/);
const text = fc
  .oneof(fc.string({ minLength: 1, maxLength: 130, unit: "binary" }), fc.lorem({ maxCount: 25 }))
  .filter((each) => each.trim() !== "");
const shared: readonly LabelSpec[] = [
  bounded({ max: 100, rest: "other" }),
  bounded({ max: 50_000, rest: "rest" }),
];
const spec: fc.Arbitrary<LabelSpec> = fc.oneof(
  fc.uniqueArray(text, { minLength: 1, maxLength: 12 }).map((values) => oneOf(...values)),
  fc
    .uniqueArray(word, { minLength: 2, maxLength: 5 })
    .map(([rest = "", ...values]) => oneOfOr(rest, ...values)),
  fc.constantFrom(httpStatusCode, httpMethod, ...shared),
  fc
    .record(
      { max: fc.integer({ min: 1, max: 1_000_000 }), rest: word, isTemplate: fc.constant(true) },
      { requiredKeys: ["max", "rest"] },
    )
    .map(bounded),
);
const label = fc.record(
  { name: word.map((name) => `l_${name}`), spec, comment: fc.lorem({ maxCount: 30 }) },
  { requiredKeys: ["name", "spec"] },
);
const labels = fc
  .uniqueArray(label, { maxLength: 4, selector: ({ name }) => name })
  .map((some) =>
    some.length > 1 && some[0]
      ? [...some, { name: "follower", spec: follows(some[0].name, { rest: "x" }) }]
      : some,
  );
const bound = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  fc.integer({ min: -10_000, max: 10_000 }),
);
const buckets = fc.oneof(
  fc.constant(httpLatencyBuckets),
  fc
    .uniqueArray(bound, { maxLength: 40, selector: (each) => each + 0 })
    .map((all) => all.sort((a, b) => a - b)),
);
const common = { help: text, labels };
const entry: fc.Arbitrary<InferredEntry> = fc.oneof(
  fc.record(
    {
      ...common,
      name: word.map((name) => `${name}_total`),
      type: fc.constant("counter" as const),
      unit: text,
      unitComment: fc.lorem({ maxCount: 20 }),
      maxLabelSets: fc.record({ most: fc.integer({ min: 1, max: 100_000 }), seen: fc.nat() }),
    },
    { requiredKeys: ["help", "labels", "name", "type", "unit"] },
  ),
  fc.record({
    ...common,
    name: word.map((name) => `${name}_seconds`),
    type: fc.constant("histogram" as const),
    unit: fc.constant("seconds"),
    buckets,
  }),
);
const entries = fc.uniqueArray(entry, { minLength: 1, maxLength: 6, selector: ({ name }) => name });
const service = fc.stringMatching(/^[a-z]{1,20}(-[a-z0-9]{1,20}){0,3}$/);

describe("a module of inferred entries", () => {
  it("is as Prettier formats it, and has what it was made of", async () => {
    const config = JSON.parse(readFileSync(resolve(root, ".prettierrc.json"), "utf8")) as object;
    const options = { ...config, parser: "typescript", plugins: [estree, typescript] };
    await fc.assert(
      fc.asyncProperty(entries, service, service, async (some, name, owner) => {
        const group = groupName(name);
        const module = inferredModule(some, { service: name, owner, group, from: "../../metrics" });
        expect(module).toBe(await format(module, options));
        const by = { owner, exportedBy: [name] };
        expect(groupOf(module, group)).toEqual(
          Object.fromEntries(some.map((each) => [each.name, { ...metricOf(each), ...by }])),
        );
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["payment-service", "payment"],
    ["payment", "payment"],
    ["seat-map-service", "seatMap"],
    ["new-service", "newMetrics"],
    ["counter-service", "counterMetrics"],
    ["2024", "metrics2024"],
  ])("of %s exports %s", (word, name) => {
    expect(groupName(word)).toBe(name);
  });

  it.each([
    ["plain", '"plain"'],
    ['say "no"', `'say "no"'`],
    [`both ' and "`, `"both ' and \\""`],
    ["Größe", '"Größe"'],
    ["a\u200bb\u00a0c\u2028", '"a\\u200bb\\u00a0c\\u2028"'],
  ])("writes the text %j as %s", (given, code) => {
    expect(textCode(given)).toBe(code);
  });
});
