import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, constantFrom, integer, oneof, record, sample, string, tuple } from "fast-check";
import type { ManagedProcess } from "../../../demo/processes";
import { ReceivedByOtlp } from "../../../metrics/contract/otlp/received";
import { attributes, bytesOf, metricsRequest } from "../../support/otlp-requests";
import { startPrometheus } from "../../support/prometheus";
import { prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";

const service = "parcels";
const cases = 400;

/** Names, units and attributes with all that the translation looks at. */
const word = oneof(
  constantFrom("total", "ratio", "seconds", "bytes", "per", "parcels", "5", "_", "a:b", "é", "😀", "second"),
  string({ maxLength: 3 }),
);
const separator = constantFrom(".", "_", "__", "-", "/", " ", "");
const name = array(tuple(word, separator), { minLength: 1, maxLength: 4 }).map((parts) =>
  parts.flat().join(""),
);
const unitPart = oneof(
  constantFrom("s", "ms", "By", "1", "%", "m", "{parcel}", "parcels", "US$", "_x_", "__", "total", " d ", ""),
  string({ maxLength: 3 }),
);
const unit = oneof(
  unitPart,
  tuple(unitPart, unitPart).map((parts) => parts.join("/")),
);
const kind = constantFrom("gauge", "counter", "updown", "histogram", "exponential", "summary");
const values = array(tuple(name, oneof(string(), integer())), { maxLength: 3 });

/** The data of a kind of instrument, with one point of a time. */
function dataOf(of: string, point: object, index: number): object {
  const cumulative = { aggregationTemporality: 2 };
  const number = { dataPoints: [{ ...point, asDouble: index + 0.5 }] };
  const counted = { count: "6", sum: 2.5 };
  switch (of) {
    case "gauge":
      return { gauge: number };
    case "counter":
      return { sum: { ...number, ...cumulative, isMonotonic: true } };
    case "updown":
      return { sum: { ...number, ...cumulative } };
    case "histogram": {
      const buckets = { bucketCounts: ["1", "2", "3"], explicitBounds: [0.005, 10] };
      return { histogram: { ...cumulative, dataPoints: [{ ...point, ...counted, ...buckets }] } };
    }
    case "exponential":
      return { exponentialHistogram: { ...cumulative, dataPoints: [{ ...point, count: "0", sum: 0 }] } };
    default: {
      const quantileValues = [{ quantile: 0.99, value: 4 }];
      return { summary: { dataPoints: [{ ...point, ...counted, quantileValues }] } };
    }
  }
}

/** A series as a text, whatever the order of its labels; without those that come of the resource. */
function seriesText(labels: Readonly<Record<string, string>>, value: number | string): string {
  const own = Object.entries(labels).filter(([label, text]) => label !== "job" && text !== "");
  return `${JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)))} ${String(Number(value))}`;
}

describeWith([prometheusProgram], "what comes by OTLP, beside a real Prometheus that takes the same", () => {
  const folder = mkdtempSync(join(tmpdir(), "otlp-"));
  let prometheus: { readonly process: ManagedProcess; readonly url: string };

  beforeAll(async () => {
    writeFileSync(join(folder, "prometheus.yml"), "{}");
    prometheus = await startPrometheus(folder, ["--web.enable-otlp-receiver"]);
  }, 120_000);
  afterAll(async () => {
    await prometheus.process.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The series that Prometheus has of a case. */
  async function stored(index: number): Promise<readonly string[]> {
    const query = new URLSearchParams({ query: `{case="${String(index)}"}` });
    const answer = await fetch(`${prometheus.url}/api/v1/query?${query.toString()}`);
    const { data } = (await answer.json()) as {
      data: { result: { metric: Record<string, string>; value?: [number, string] }[] };
    };
    return data.result.map(({ metric, value }) => seriesText(metric, value?.[1] ?? "0")).sort();
  }

  it("has the names, labels and values that Prometheus gives it, and finds what Prometheus refuses", async () => {
    let refused = 0;
    const all = sample(record({ name, unit, kind, values }), { numRuns: cases, seed: 17 });
    for (const [index, { name: instrument, unit: itsUnit, kind: of, values: pairs }] of all.entries()) {
      const timeUnixNano = String(BigInt(Date.now()) * 1_000_000n);
      const own = attributes({ ...Object.fromEntries(pairs), case: String(index) });
      const data = dataOf(of, { attributes: own, timeUnixNano }, index);
      const request = metricsRequest(service, { name: instrument, unit: itsUnit, ...data });
      const answer = await fetch(`${prometheus.url}/api/v1/otlp/v1/metrics`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body: bytesOf("metrics", request, "protobuf"),
      });
      const received = new ReceivedByOtlp([service]);
      received.take("metrics", bytesOf("metrics", request), "json");
      const { series } = received.sent.get(service) ?? {};
      const said = {
        instrument,
        itsUnit,
        of,
        pairs,
        found: series?.findings().length,
        answer: await answer.text(),
      };
      if (!answer.ok) {
        refused += 1;
        expect([said, said.found]).toEqual([said, 1]);
        continue;
      }
      const ours = [...(series?.exposition().families.values() ?? [])].flatMap(({ samples }) =>
        samples.map(({ name: metric, labels, value }) => seriesText({ ...labels, __name__: metric }, value)),
      );
      expect([said, [...ours].sort()]).toEqual([said, await stored(index)]);
    }
    expect(refused).toBeGreaterThan(3);
    expect(refused).toBeLessThan(cases / 2);
  }, 120_000);
});
