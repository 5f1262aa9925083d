import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Fastify from "fastify";
import { parseExposition, type ParsedFamily } from "../../../metrics/contract/exposition";
import { snakeCase } from "../../../metrics/generate/words";
import { businessMetrics, instrumentation } from "../../support/instrumentation";
import { makeGoModule, writeModule } from "../../support/languages/folders";
import { go, goProgram, python, pythonServices } from "../../support/languages/programs";
import {
  goProgram as goSource,
  pythonProgram,
  randomCalls,
  type Call,
} from "../../support/languages/random-calls";
import { describeWith } from "../../support/require-program";
import { catalogue } from "../../support/system";
import { temporaryFolder } from "../../support/temporary-folder";

const newFolder = temporaryFolder();
const services = ["api-gateway", "product-service", "auth-service", "order-service"] as const;

jest.setTimeout(300_000);

/** The series of the metrics that were called, by their labels, in one form: buckets by the number of their bound. */
function seriesOf(exposition: string, calls: readonly Call[]): ReadonlyMap<string, number> {
  const families = parseExposition(exposition, "text").families;
  const names = new Set(calls.map(({ metric }) => metric.name));
  const found = [...families.values()].filter(({ name }) => names.has(name));
  expect(found.map(({ name }) => name).sort()).toEqual([...names].sort());
  return new Map(found.flatMap(valuesOf).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function valuesOf({ type, samples }: ParsedFamily): [string, number][] {
  return samples.map(({ name, labels, value }) => {
    const { le, ...others } = labels;
    const bound = le === undefined ? {} : { le: Number(le.replace("+Inf", "Infinity")) };
    return [JSON.stringify([type, name, Object.entries({ ...others, ...bound }).sort()]), value];
  });
}

async function inTypeScript(service: (typeof services)[number], calls: readonly Call[]): Promise<string> {
  const app = Fastify();
  await app.register(instrumentation, { service, env: {} });
  const metrics = businessMetrics(app, service) as unknown as Record<
    string,
    Record<string, (...call: unknown[]) => void>
  >;
  for (const { metric, method, labels, value } of calls) {
    const given = Object.keys(labels).length > 0 ? [labels, value] : [value];
    metrics[metric.name]?.[method]?.(...given);
  }
  return (await app.inject("/metrics")).body;
}

function inPython(service: string, calls: readonly Call[]): string {
  const folder = newFolder();
  writeModule(folder, service, "python");
  const module = `${snakeCase(service)}_metrics`;
  writeFileSync(join(folder, "calls.py"), pythonProgram(module, service, calls));
  const { status, stdout, stderr } = python(["calls.py"], folder);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function inGo(service: string, calls: readonly Call[]): string {
  const folder = newFolder();
  mkdirSync(join(folder, "metrics"));
  writeModule(join(folder, "metrics"), service, "go");
  makeGoModule(folder);
  writeFileSync(join(folder, "main.go"), goSource("try/metrics", service, calls));
  const { status, stdout, stderr } = go(["run", "."], folder);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

describeWith([pythonServices, goProgram], "the same 2,000 calls of the instruments", () => {
  it.each(services)("of %s give the same exposition in TypeScript, Python and Go", async (service) => {
    const calls = randomCalls(catalogue, service, 2_000, 17);
    const wanted = seriesOf(await inTypeScript(service, calls), calls);
    expect(wanted.size).toBeGreaterThan(3);
    expect(seriesOf(inPython(service, calls), calls)).toEqual(wanted);
    expect(seriesOf(inGo(service, calls), calls)).toEqual(wanted);
  });

  it("have bounds and rests among them", async () => {
    const calls = randomCalls(catalogue, "product-service", 2_000, 17);
    const series = [...seriesOf(await inTypeScript("product-service", calls), calls).keys()];
    const ids = series.flatMap((key) => /\["product_id","(.*?)"\]/.exec(key)?.[1] ?? []);
    expect(new Set(ids).size).toBe(101);
    expect(ids).toContain("other");
    expect(series).toContainEqual(expect.stringContaining('["product_name","other"]'));
  });
});
