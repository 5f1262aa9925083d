import Fastify from "fastify";
import { catalogueOf } from "../../../metrics/catalogue";
import { counter, owned } from "../../../metrics/define";
import { oneOf } from "../../../metrics/labels";
import { instrumentationOver } from "../../../services/instrumentation/fastify";
import * as onHttp from "../../../services/instrumentation/http";
import { exposedBy, valueOf } from "../../support/metrics-of";
import { parseExposition } from "../../../metrics/contract/exposition";

const services = { "parcel-service": { seriesBudget: 1_000, owner: "parcels" } } as const;
const of = { owner: "parcels", exportedBy: ["parcel-service"] } as const;
const result = { help: "Parcels.", unit: "parcels", labels: { result: oneOf("sent", "lost") } } as const;
const first = catalogueOf(services, owned(of, [counter("parcels_total", result)]));
const second = catalogueOf(services, owned(of, [counter("returns_total", result)]));
const clashing = catalogueOf(services, owned(of, [counter("returns_total", result)]));
const others = catalogueOf(
  { "letter-service": { seriesBudget: 1_000, owner: "letters" } },
  owned({ owner: "letters", exportedBy: ["letter-service"] }, [counter("letters_total", result)]),
);
const name = "parcel-service";

describe("metrics of several catalogues", () => {
  it("are in one exposition of a Fastify application, at 0 from the start", async () => {
    const app = Fastify();
    const over = instrumentationOver(first);
    await app.register(over.instrumentation, { service: name, env: {} });
    over.businessMetrics(app, name).parcels_total.inc({ result: "sent" });
    const returns = instrumentationOver(second).businessMetrics(app, name);
    returns.returns_total.inc({ result: "lost" }, 2);
    expect(() => instrumentationOver(clashing).businessMetrics(app, name)).toThrow(
      'Two catalogues of "parcel-service" have returns_total.',
    );
    const families = await exposedBy(app);
    expect(valueOf(families, "parcels_total", { result: "sent" })).toBe(1);
    expect(valueOf(families, "parcels_total", { result: "lost" })).toBe(0);
    expect(valueOf(families, "returns_total", { result: "lost" })).toBe(2);
    expect(valueOf(families, "returns_total", { result: "sent" })).toBe(0);
    await app.close();
  });

  it("are in one exposition of a service on Node, and typed", async () => {
    const service = onHttp.instrumentationOver(first).service(name, { env: {} });
    const { returns_total } = service.metricsOf(second);
    returns_total.inc({ result: "sent" });
    expect(service.metricsOf(second).returns_total).toBe(returns_total);
    // @ts-expect-error -- no value of the label
    expect(() => service.metricsOf(second).returns_total.inc({ result: "eaten" })).toThrow();
    // @ts-expect-error -- a metric of the other catalogue
    expect(service.metricsOf(second).parcels_total).toBeUndefined();
    // @ts-expect-error -- a catalogue without the service
    expect(() => service.metricsOf(others)).toThrow('The catalogue has no service "parcel-service".');
    expect(() => service.metricsOf(clashing)).toThrow("A metric is in one catalogue only");
    const { families } = parseExposition(await service.render("text"), "text");
    expect(valueOf(families, "returns_total", { result: "sent" })).toBe(1);
    expect(valueOf(families, "returns_total", { result: "lost" })).toBe(0);
    expect(valueOf(families, "parcels_total", { result: "sent" })).toBe(0);
  });
});
