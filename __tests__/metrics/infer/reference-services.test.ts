import { entriesOf } from "../../../metrics/catalogue";
import { parseExposition, type Exposition } from "../../../metrics/contract/exposition";
import { instrumentationOver } from "../../../services/instrumentation/http";
import { randomCalls } from "../../support/languages/random-calls";
import { catalogueBefore, roundTrip } from "../../support/inferred";
import { catalogue } from "../../support/system";

const services = ["api-gateway", "product-service", "auth-service", "order-service"] as const;

const before = catalogueBefore(services);

type Handles = Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => void>>>>;

/** What a service of the catalogue exposes after random calls. */
async function exposed(service: (typeof services)[number]): Promise<Exposition[]> {
  const { metrics, render } = instrumentationOver(catalogue).service(service);
  for (const { metric, method, labels, value } of randomCalls(catalogue, service, 400, 7)) {
    const handle = (metrics as unknown as Handles)[metric.name];
    const given = Object.keys(labels).length > 0 ? [labels, value] : [value];
    handle?.[method]?.(...given);
  }
  return [
    parseExposition(await render("text"), "text"),
    parseExposition(await render("openmetrics"), "OpenMetrics"),
  ];
}

describe.each(services)("what is inferred of %s", (service) => {
  it("in either format has all of its metrics, as the catalogue has them", async () => {
    const written = entriesOf(catalogue).filter(({ exportedBy }) => exportedBy.includes(service));
    for (const exposition of await exposed(service)) {
      const { catalogue: made, findings, leftOut } = roundTrip([exposition], service, before);
      expect({ findings, leftOut }).toEqual({ findings: [], leftOut: [] });
      for (const { name, type, help, buckets, labels } of written) {
        const found = made.metrics[name];
        expect(found).toMatchObject({ name, type, help, ...(buckets && { buckets }) });
        expect(Object.keys(found?.labels ?? {}).sort()).toEqual(Object.keys(labels).sort());
      }
    }
  });
});
