import { checkContract } from "../../../metrics/contract/check";
import { scrape } from "../../../metrics/contract/scrape";
import type { RunningServices } from "../../../demo/services";
import { sendTraffic } from "../../../services/traffic/traffic";
import { flaskServices } from "../../../demo/flask/services";
import { pythonServices } from "../../support/languages/programs";
import { describeWith } from "../../support/require-program";
import { startTestServices } from "../../support/running-services";
import { catalogue } from "../../support/system";

jest.setTimeout(120_000);

describeWith([pythonServices], "auth and order in Flask, behind the gateway", () => {
  let services: RunningServices;

  beforeAll(async () => {
    services = await startTestServices({
      instead: flaskServices(pythonServices.name),
      env: { OTEL_SDK_DISABLED: "true", FAULT_INJECTION: "on" },
    });
  });
  afterAll(() => services.stop());

  it("count what the customers' answers say that they must have counted", async () => {
    const url = new URL(services.urls["api-gateway"]);
    const { expected, journeys } = await sendTraffic({
      url,
      rate: 10,
      durationSeconds: 12,
      errors: 0.1,
      slow: 0,
    });
    expect(journeys.order).toBeGreaterThan(20);
    for (const service of ["auth-service", "order-service"] as const) {
      const scraped = await scrape(new URL(services.metricsUrls[service]));
      expect([service, checkContract(scraped, { catalogue, service })]).toEqual([service, []]);
      const wanted = expected.filter((each) => each.service === service);
      expect(wanted.length).toBeGreaterThan(3);
      for (const { metric, labels, value } of wanted) {
        const family = [...scraped.families.values()].find(
          ({ name }) => metric === name || metric.startsWith(`${name}_`),
        );
        const sum = (family?.samples ?? [])
          .filter((sample) => sample.name === metric)
          .filter((sample) => Object.entries(labels).every(([label, text]) => sample.labels[label] === text))
          .reduce((total, sample) => total + sample.value, 0);
        expect([service, metric, labels, Math.round(sum * 100) / 100]).toEqual([
          service,
          metric,
          labels,
          Math.round(value * 100) / 100,
        ]);
      }
    }
  });
});
