import type { RunningServices } from "../../demo/services";
import { requestJson } from "../../operations/clients/json-client";
import { sendTraffic } from "../../services/traffic/traffic";
import { TestJaeger } from "../support/jaeger";
import { flaskServices } from "../../demo/flask/services";
import { pythonServices } from "../support/languages/programs";
import { jaegerProgram } from "../support/programs";
import { describeWith } from "../support/require-program";
import { startTestServices } from "../support/running-services";
import { containerVariables, uploadedFiles } from "../support/stack-files";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

jest.setTimeout(120_000);

interface Span {
  readonly spanID: string;
  readonly operationName: string;
  readonly processID: string;
  readonly references: readonly { readonly spanID: string }[];
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
}

interface Trace {
  readonly spans: readonly Span[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** Each span of a trace as `service: name`, behind those of which it is a part. */
function paths({ spans, processes }: Trace): readonly string[] {
  const byId = new Map(spans.map((span) => [span.spanID, span]));
  const pathOf = (span: Span): string => {
    const parent = byId.get(span.references[0]?.spanID ?? "");
    const own = `${processes[span.processID]?.serviceName ?? ""}: ${span.operationName}`;
    return parent === undefined ? own : `${pathOf(parent)} > ${own}`;
  };
  return [...new Set(spans.map(pathOf))].sort();
}

describeWith([jaegerProgram, pythonServices], "an order over the gateway and services in Flask", () => {
  const folder = temporaryFolder();
  let jaeger: TestJaeger;
  let services: RunningServices;

  beforeAll(async () => {
    const configuration = uploadedFiles("local", "docker", "jaeger")["/etc/jaeger/config.yaml"] ?? "";
    jaeger = await TestJaeger.start(folder(), configuration, containerVariables("local", "docker", "jaeger"));
    services = await startTestServices({
      instead: flaskServices(pythonServices.name),
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl },
    });
    const url = new URL(services.urls["api-gateway"]);
    await sendTraffic({ url, rate: 8, durationSeconds: 6, errors: 0, slow: 0 });
  });
  afterAll(async () => {
    await services.stop();
    await jaeger.stop();
  });

  const ordersOf = async () => {
    const query = "service=order-service&operation=POST%20%2Forders&limit=200";
    const { data } = await requestJson<{ data: readonly Trace[] | null }>(
      `${jaeger.url}/api/traces?${query}`,
    );
    return data ?? [];
  };

  it("is one trace, and each span a part of the one that it is a part of", async () => {
    const ofProducts = "/internal/products/:id";
    const parts = [
      "order-service: POST /validate > auth-service: POST /validate",
      `order-service: price order > order-service: GET ${ofProducts} > product-service: GET ${ofProducts}`,
      "order-service: approve payment",
      `order-service: reserve stock > order-service: POST ${ofProducts}/reservations > product-service: POST ${ofProducts}/reservations`,
    ];
    const ownOf = (found: readonly string[]) =>
      found.find((path) => path.endsWith("order-service: POST /orders"));
    // Each service sends its spans when it likes: of an order that went through, the last of them may come from any.
    const whole = async () =>
      (await ordersOf()).map(paths).find((found) => {
        const own = ownOf(found) ?? "";
        return own.startsWith("api-gateway") && parts.every((part) => found.includes(`${own} > ${part}`));
      });
    await until(async () => (await whole()) !== undefined);
    const own = ownOf((await whole()) ?? []) ?? "";
    expect(own.split(" > ").map((span) => span.split(":")[0])).toEqual([
      "api-gateway",
      "api-gateway",
      "order-service",
    ]);
  });

  it("has the names and attributes by which traces are asked for", async () => {
    const [trace] = await ordersOf();
    const server = trace?.spans.find(({ operationName }) => operationName === "POST /orders");
    const tags = Object.fromEntries((server?.tags ?? []).map(({ key, value }) => [key, value]));
    expect(tags).toMatchObject({
      "http.request.method": "POST",
      "http.route": "/orders",
      "span.kind": "server",
      "url.path": "/orders",
      "url.scheme": "http",
    });
    expect(tags["http.response.status_code"]).toEqual(expect.any(Number));
  });

  it("calls as the services in Node do", async () => {
    await until(async () => (await jaeger.dependencies()).length >= 5);
    expect(await jaeger.dependencies()).toEqual([
      "api-gateway → auth-service",
      "api-gateway → order-service",
      "api-gateway → product-service",
      "order-service → auth-service",
      "order-service → product-service",
    ]);
  });
});
