import { checkContract } from "../../../metrics/contract/check";
import { announcedFormat } from "../../../metrics/contract/content-type";
import {
  type Exposition,
  type ExpositionFormat,
  parseExposition,
} from "../../../metrics/contract/exposition";
import { infer } from "../../../metrics/infer/infer";
import { roundTrip } from "../../support/inferred";
import { foreignCatalogue } from "../../support/languages/foreign-catalogue";
import { exposedByGo } from "../../support/languages/foreign-go";
import {
  readByPython,
  startForeignService,
  type ForeignService,
} from "../../support/languages/foreign-python";
import { goProgram, pythonServices } from "../../support/languages/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(300_000);

const newFolder = temporaryFolder();
const accepted: Readonly<Record<ExpositionFormat, string>> = {
  text: "text/plain;version=0.0.4",
  OpenMetrics: "application/openmetrics-text;version=1.0.0",
};
const formats = Object.keys(accepted) as readonly ExpositionFormat[];

/** What a scrape brings that asks for a format, with the text of it. */
async function exposed(
  url: string,
  wanted: ExpositionFormat,
): Promise<Exposition & { readonly body: string }> {
  const response = await fetch(`${url}/metrics`, { headers: { accept: accepted[wanted] } });
  const { format, findings } = announcedFormat(response.headers.get("content-type") ?? "");
  expect([format, findings]).toEqual([wanted, []]);
  const body = await response.text();
  return { ...parseExposition(body, format), body };
}

/** All samples, in the order of their texts. */
function samplesOf({ families }: Exposition): readonly string[] {
  return [...families.values()]
    .flatMap(({ samples }) => samples)
    .map(({ name, labels, value }) => JSON.stringify([name, Object.entries(labels).sort(), value]))
    .sort();
}

const numberOf = (text: string) => ({ inf: Infinity, nan: NaN })[text] ?? Number(text);

/** Findings in the form of a line each. */
function check(exposition: Exposition): readonly string[] {
  return checkContract(exposition, { catalogue: foreignCatalogue, service: "payment-service" })
    .map(({ kind, metric, message }) => `${kind} ${metric} ${message}`)
    .sort();
}

const unknown = (...names: readonly string[]) =>
  names.map((name) => `unknown ${name} the catalogue has no such metric of payment-service`);

describeWith([pythonServices], "what prometheus_client exposes", () => {
  const services: ForeignService[] = [];
  let ofOne: ForeignService;
  let ofThree: ForeignService;

  beforeAll(async () => {
    ofOne = await startForeignService(newFolder(), 1);
    services.push(ofOne);
    ofThree = await startForeignService(newFolder(), 3);
    services.push(ofThree);
  });
  afterAll(async () => {
    for (const service of services) await service.stop();
  });

  describe.each(formats)("in %s", (format) => {
    it.each(["one worker", "three workers"])(
      "of %s is read as prometheus_client itself reads it",
      async (which) => {
        const exposition = await exposed((which === "one worker" ? ofOne : ofThree).url, format);
        const theirs = readByPython(exposition.body, format)
          // In OpenMetrics the times of creation belong to their metrics, and are no samples of their own.
          .filter(([name]) => format === "text" || !name.endsWith("_created"))
          .map(([name, labels, value]) => JSON.stringify([name, labels, numberOf(value)]))
          .sort();
        expect(theirs.length).toBeGreaterThan(20);
        expect(samplesOf(exposition)).toEqual(theirs);
      },
    );

    it("of one worker differs from the catalogue in what nobody wrote down alone", async () => {
      const names =
        format === "text"
          ? ["queue_age_seconds", "queue_age_seconds_gcount", "queue_age_seconds_gsum"]
          : ["queue_age_seconds"];
      expect(check(await exposed(ofOne.url, format))).toEqual(unknown(...names, "something"));
    });

    it("of three workers differs in the gauges that each of them has, and says how to mend them", async () => {
      const advice = 'a gauge of prometheus_client needs multiprocess_mode="livesum"';
      expect(check(await exposed(ofThree.url, format))).toEqual(
        ["queue_length", "workers_all", "workers_liveall"].map(
          (name) => `label ${name} has the label "pid", which is not allowed; ${advice}`,
        ),
      );
    });

    it("is inferred to be what the check finds nothing in", async () => {
      const left = ["payment_size_bytes", "queue_age_seconds", "something"];
      const one = roundTrip([await exposed(ofOne.url, format)], "payment-service");
      expect(one.leftOut.map(({ metric }) => metric)).toEqual(left);
      expect(one.ownFindings.map(({ metric }) => metric).sort()).toEqual(left);
      const three = roundTrip([await exposed(ofThree.url, format)], "payment-service");
      const ofEach = ["payment_size_bytes", "queue_length", "workers_all", "workers_liveall"];
      expect(three.leftOut.map(({ metric }) => metric)).toEqual(ofEach);
      expect(three.ownFindings.map(({ metric }) => metric).sort()).toEqual(ofEach);
    });
  });

  it("is inferred alike in either format", async () => {
    const [text, open] = [await exposed(ofThree.url, "text"), await exposed(ofThree.url, "OpenMetrics")];
    const before = { services: {}, metrics: {} };
    expect(infer([text], before).entries).toEqual(infer([open], before).entries);
  });
});

describeWith([goProgram], "what client_golang exposes", () => {
  let bodies: Readonly<Record<ExpositionFormat, string>>;

  beforeAll(() => {
    bodies = exposedByGo(newFolder());
  });

  it.each(formats)("in %s is read, and inferred to be what the check finds nothing in", (format) => {
    const exposition = parseExposition(bodies[format], format);
    expect(exposition.families.get("payments_total")?.samples).toHaveLength(2);
    expect(exposition.families.get("go_info")?.type).toBe("gauge");
    expect(exposition.families.get("payment_size_bytes")?.samples).toHaveLength(4);
    const { entries, leftOut, ownFindings } = roundTrip([exposition], "payment-service");
    expect(entries.map(({ name, type }) => `${type} ${name}`)).toEqual([
      "gauge payment_build_info",
      "histogram payment_duration_seconds",
      "counter payment_wait_seconds_total",
      "counter payments_total",
      "gauge queue_length",
    ]);
    expect(leftOut.map(({ metric, why }) => `${metric} ${why}`)).toEqual([
      expect.stringMatching(/^payment_size_bytes is a summary/),
      "something is announced as no type",
    ]);
    expect(ownFindings.map(({ metric }) => metric).sort()).toEqual(["payment_size_bytes", "something"]);
  });
});
