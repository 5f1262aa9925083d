import type { RunningServices } from "../../../demo/services";
import { flaskServices } from "../../../demo/flask/services";
import { scrape } from "../../../metrics/contract/scrape";
import { sendTraffic } from "../../../services/traffic/traffic";
import { catalogueBefore, roundTrip } from "../../support/inferred";
import { pythonServices } from "../../support/languages/programs";
import { describeWith } from "../../support/require-program";
import { startTestServices } from "../../support/running-services";
import { catalogue } from "../../support/system";

jest.setTimeout(120_000);

const services = ["api-gateway", "product-service", "auth-service", "order-service"] as const;
const before = catalogueBefore(services);

/** What all of them have in common, after customers were there: each is inferred to have what it has. */
function expectAllInferred(start: () => Promise<RunningServices>): void {
  let running: RunningServices;

  beforeAll(async () => {
    running = await start();
    const traffic = { url: new URL(running.urls["api-gateway"]), rate: 10, durationSeconds: 8 };
    await sendTraffic({ ...traffic, errors: 0.1, slow: 0 });
  });
  afterAll(() => running.stop());

  it.each(services)("%s", async (service) => {
    const scrapes = [await scrape(new URL(running.metricsUrls[service]))];
    scrapes.push(await scrape(new URL(running.metricsUrls[service])));
    const inferred = roundTrip(scrapes, service, before);
    expect([inferred.findings, inferred.leftOut]).toEqual([[], []]);
    for (const entry of Object.values(catalogue.metrics)) {
      if (!(entry.exportedBy as readonly string[]).includes(service)) continue;
      const { name, type, help, buckets, labels } = entry as { [K in keyof typeof entry]: unknown } & {
        buckets?: unknown;
      };
      expect(inferred.catalogue.metrics[entry.name]).toMatchObject({
        name,
        type,
        help,
        ...(buckets !== undefined && { buckets }),
      });
      const found = Object.keys(inferred.catalogue.metrics[entry.name]?.labels ?? {});
      expect(found.sort()).toEqual(Object.keys(labels as object).sort());
    }
  });
}

describe("what is inferred of the reference services that run is what the check finds nothing in", () => {
  expectAllInferred(() => startTestServices());
});

describeWith(
  [pythonServices],
  "what is inferred of auth and order in Flask, and of those beside them",
  () => {
    expectAllInferred(() =>
      startTestServices({ instead: flaskServices(pythonServices.name), env: { OTEL_SDK_DISABLED: "true" } }),
    );
  },
);
