import Fastify from "fastify";
import { catalogueOf } from "../../../metrics/catalogue";
import { checkContract } from "../../../metrics/contract/check";
import { parseExposition } from "../../../metrics/contract/exposition";
import { counter, gauge, histogram, owned } from "../../../metrics/define";
import { oneOf } from "../../../metrics/labels";
import { serviceGroups } from "../../../metrics/standard";
import { bytes } from "../../../metrics/units";
import { instrumentationOver } from "../../../services/instrumentation/fastify";

const catalogue = catalogueOf(
  { "parcel-service": { seriesBudget: 10_000, owner: "parcels" } },
  ...serviceGroups,
  owned({ owner: "parcels", exportedBy: ["parcel-service"] }, [
    counter("parcels_sent_total", {
      help: "Parcels sent.",
      unit: "parcels",
      labels: { by: oneOf("road", "rail") },
      formerly: "sent_total",
    }),
    histogram("parcel_size_bytes", {
      help: "Size.",
      unit: "bytes",
      buckets: [1, 10],
      formerly: "size_bytes",
    }),
    gauge("parcels_waiting", { help: "Parcels that wait.", unit: "parcels", formerly: "waiting" }),
  ]),
);

async function exposition(accept: string): Promise<string> {
  const app = Fastify();
  const over = instrumentationOver(catalogue);
  await app.register(over.instrumentation, { service: "parcel-service", env: {} });
  const metrics = over.businessMetrics(app, "parcel-service");
  metrics.parcels_sent_total.inc({ by: "rail" }, 2);
  metrics.parcel_size_bytes.observe(bytes(5));
  metrics.parcels_waiting.set(7);
  const { body } = await app.inject({ url: "/metrics", headers: { accept } });
  await app.close();
  return body;
}

describe("a metric that is being renamed", () => {
  it.each([
    ["text", "text/plain"],
    ["OpenMetrics", "application/openmetrics-text"],
  ] as const)("is exposed under both names by one call, as %s", async (format, accept) => {
    const body = await exposition(accept);
    for (const name of ["parcels_sent_total", "sent_total"]) {
      expect(body).toContain(`\n${name}{by="rail"} 2\n`);
      expect(body).toContain(`\n${name}{by="road"} 0\n`);
    }
    for (const name of ["parcel_size_bytes", "size_bytes"]) {
      expect(body).toContain(
        `\n${name}_bucket{le="1"} 0\n${name}_bucket{le="10"} 1\n${name}_bucket{le="+Inf"} 1\n${name}_sum 5\n${name}_count 1\n`,
      );
    }
    expect(body).toContain("\nparcels_waiting 7\n");
    expect(body).toContain("\nwaiting 7\n");
    expect(body).toContain("Former name of parcels_waiting: Parcels that wait.");
    expect(
      checkContract(parseExposition(body, format), { catalogue, service: "parcel-service" }).filter(
        ({ metric }) => !metric.startsWith("http_"),
      ),
    ).toEqual([]);
  });

  it("is called by its new name alone", () => {
    const app = Fastify();
    const metrics = instrumentationOver(catalogue).businessMetrics(app, "parcel-service");
    expect(Object.keys(metrics)).toEqual(["parcels_sent_total", "parcel_size_bytes", "parcels_waiting"]);
    // @ts-expect-error -- its former name
    expect(metrics.sent_total).toBeUndefined();
  });

  it("must be exposed under the new one, and may under the old one", async () => {
    const body = await exposition("text/plain");
    const findings = (text: string) =>
      checkContract(parseExposition(text, "text"), { catalogue, service: "parcel-service" }).filter(
        ({ metric }) => !metric.startsWith("http_"),
      );
    const without = (name: string) => body.replace(new RegExp(`^(# (HELP|TYPE) )?${name}[ {].*\n`, "gm"), "");
    expect(findings(without("waiting"))).toEqual([]);
    expect(findings(without("parcels_waiting"))).toEqual([
      {
        kind: "missing",
        metric: "parcels_waiting",
        message:
          "is exposed by its former name waiting alone; deploy the service with the catalogue of today",
      },
    ]);
  });
});
