import fc from "fast-check";
import type { Catalogue, Metrics } from "../../../metrics/catalogue";
import { parseExposition, type ExpositionFormat } from "../../../metrics/contract/exposition";
import { owned, type Metric } from "../../../metrics/define";
import type { LabelSpec } from "../../../metrics/labels";
import { instrumentationOver } from "../../../services/instrumentation/http";
import { arbitraryMetrics } from "../../support/arbitrary-catalogue";
import { randomNumbers } from "../../support/languages/random-calls";
import { commonCatalogue, roundTrip } from "../../support/inferred";

jest.setTimeout(60_000);

type Handles = Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => void>>>>;

/** A catalogue of a service with these metrics. */
function catalogueWith(metrics: readonly Metric[]): Catalogue {
  const services = { "random-service": { seriesBudget: 1_000_000, owner: "random" } };
  const own: Metrics = owned({ owner: "random", exportedBy: ["random-service"] }, metrics);
  return { services, metrics: { ...commonCatalogue.metrics, ...own } };
}

/** What the service exposes after some calls. */
async function exposed(metrics: readonly Metric[], calls: number, seed: number, format: ExpositionFormat) {
  const instruments = instrumentationOver(catalogueWith(metrics)).service("random-service");
  const next = randomNumbers(seed);
  const below = (count: number) => Math.floor(next() * count);
  const valueOf = (spec: LabelSpec, number: number) =>
    spec.kind === "oneOf" ? (spec.values[below(spec.values.length)] ?? "") : `value ${String(number)}`;
  for (let call = 0; call < calls; call++) {
    for (const { name, type, labels } of metrics) {
      const number = below(40);
      // A label that follows another has one value for each of it.
      const given = Object.entries(labels).map(([label, spec]) => [label, valueOf(spec, number)] as const);
      const method = (instruments.metrics as unknown as Handles)[name]?.[
        type === "histogram" ? "observe" : "inc"
      ];
      const [value, set] = [below(100), Object.fromEntries(given)];
      if (given.length > 0) method?.(set, value);
      else method?.(value);
    }
  }
  return parseExposition(await instruments.render(format === "text" ? "text" : "openmetrics"), format);
}

/** Where a label that was inferred is not what the catalogue has, up to what cannot be seen. */
function expectLabel(found: LabelSpec | undefined, wanted: LabelSpec): void {
  if (wanted.kind !== "oneOf") return; // few values of a label with a bound look like a closed set
  expect(found?.kind).toBe("oneOf");
  expect(wanted.values).toEqual(expect.arrayContaining(found?.kind === "oneOf" ? [...found.values] : []));
}

describe("a service that measures by a random catalogue", () => {
  it.each(["text", "OpenMetrics"] as const)("is inferred to have that catalogue, from %s", async (format) => {
    let entries = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryMetrics, fc.nat(60), fc.nat(), async (metrics, calls, seed) => {
        const scrapes = [
          await exposed(metrics, calls, seed, format),
          await exposed(metrics, calls, seed + 1, format),
        ];
        const { catalogue, findings, leftOut } = roundTrip(scrapes, "random-service");
        const withoutSeries = metrics.filter(({ name }) =>
          scrapes.every(({ families }) => families.get(name)?.samples.length === 0),
        );
        expect(leftOut.map(({ metric }) => metric).sort()).toEqual(
          withoutSeries.map(({ name }) => name).sort(),
        );
        expect(findings.filter(({ metric }) => !leftOut.some((each) => each.metric === metric))).toEqual([]);
        for (const wanted of metrics.filter((each) => !withoutSeries.includes(each))) {
          const { name, type, help, buckets, labels } = wanted;
          const found = catalogue.metrics[name];
          expect(found).toMatchObject({ name, type, help, ...(buckets && { buckets }) });
          if (wanted.unit !== "things") expect(found?.unit).toBe(wanted.unit);
          expect(Object.keys(found?.labels ?? {}).sort()).toEqual(Object.keys(labels).sort());
          for (const [label, spec] of Object.entries(labels)) expectLabel(found?.labels[label], spec);
          entries += 1;
        }
      }),
      { numRuns: 25 },
    );
    expect(entries).toBeGreaterThan(25);
  });
});
