import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunningServices } from "../../../demo/services";
import { OtlpReceiver, type ReceivedSpan } from "../../support/otlp-receiver";
import { startTestServices } from "../../support/running-services";

async function call(url: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: body ? "POST" : "GET",
    headers: { ...(body && { "content-type": "application/json" }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function loggedIn(gateway: string): Promise<string> {
  const credentials = { username: "tracy", password: "correct horse" };
  await call(`${gateway}/api/auth/register`, credentials);
  const { token } = (await (await call(`${gateway}/api/auth/login`, credentials)).json()) as {
    token: string;
  };
  return token;
}

describe("a journey through the gateway", () => {
  const logs: Record<string, unknown>[] = [];
  let receiver: OtlpReceiver;
  let services: RunningServices;

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    services = await startTestServices({
      env: {
        FAULT_INJECTION: "on",
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        LOG_LEVEL: "info",
        TRUST_CALLERS: "on",
      },
      onLine: (_service, line) => {
        if (line.startsWith("{")) logs.push(JSON.parse(line) as Record<string, unknown>);
      },
    });
  });

  afterAll(async () => {
    await services.stop();
    await receiver.stop();
  });

  const of = (traceId: string) => receiver.spans.filter((span) => span.traceId === traceId);
  const traceOf = (traceId: string) => `00-${traceId}-00f067aa0ba902b7-01`;

  it("is one trace over all services, each span with the right parent", async () => {
    const gateway = services.urls["api-gateway"];
    const token = await loggedIn(gateway);
    const { products } = (await (await call(`${gateway}/api/products/products`)).json()) as {
      products: { id: string }[];
    };
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const order = { lines: [{ productId: products[0]?.id, quantity: 1 }] };
    const response = await call(`${gateway}/api/orders/orders`, order, {
      authorization: `Bearer ${token}`,
      traceparent: traceOf(traceId),
    });
    expect(response.status).toBe(201);
    await receiver.until(() => of(traceId).length >= 12);

    const spans = of(traceId);
    const path = (span: ReceivedSpan | undefined): string[] =>
      span
        ? [
            ...path(spans.find(({ spanId }) => spanId === span.parentSpanId)),
            `${span.service} ${span.kind} ${span.name}`,
          ]
        : [];
    const gatewayPath = [
      "api-gateway server POST /api/orders/*",
      "api-gateway client POST",
      "order-service server POST /orders",
    ];
    const paths = spans.map(path).sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
    expect(paths).toEqual([
      gatewayPath.slice(0, 1),
      gatewayPath.slice(0, 2),
      gatewayPath,
      [...gatewayPath, "order-service client POST /validate"],
      [...gatewayPath, "order-service internal approve payment"],
      [...gatewayPath, "order-service internal price order"],
      [...gatewayPath, "order-service internal reserve stock"],
      [...gatewayPath, "order-service client POST /validate", "auth-service server POST /validate"],
      [
        ...gatewayPath,
        "order-service internal price order",
        "order-service client GET /internal/products/:id",
      ],
      [
        ...gatewayPath,
        "order-service internal reserve stock",
        "order-service client POST /internal/products/:id/reservations",
      ],
      [
        ...gatewayPath,
        "order-service internal price order",
        "order-service client GET /internal/products/:id",
        "product-service server GET /internal/products/:id",
      ],
      [
        ...gatewayPath,
        "order-service internal reserve stock",
        "order-service client POST /internal/products/:id/reservations",
        "product-service server POST /internal/products/:id/reservations",
      ],
    ]);
    expect(spans.find(({ name }) => name === "POST /api/orders/*")?.parentSpanId).toBe("00f067aa0ba902b7");
    expect(JSON.stringify(receiver.spans)).not.toMatch(/correct horse|eyJ/);
    const lines = logs.filter((line) => line.trace_id === traceId);
    expect(new Set(lines.map(({ name }) => name))).toEqual(
      new Set(["api-gateway", "order-service", "auth-service", "product-service"]),
    );
    for (const line of lines) expect(spans.map(({ spanId }) => spanId)).toContain(line.span_id);
  });

  it("keeps its spans when a service fails", async () => {
    const traceId = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const response = await call(`${services.urls["api-gateway"]}/api/products/products`, undefined, {
      traceparent: traceOf(traceId),
      "x-fault": "error",
    });
    expect(response.status).toBe(500);
    await receiver.until(() => of(traceId).length >= 3);
    const spans = of(traceId).map(({ service, kind, isError }) => `${service} ${kind} ${String(isError)}`);
    expect(spans.sort()).toEqual([
      "api-gateway client true",
      "api-gateway server true",
      "product-service server true",
    ]);
    const failed = of(traceId).find(({ service }) => service === "product-service");
    expect(failed?.events.map(({ name }) => name)).toEqual(["exception"]);
  });

  it("sends the spans of requests that ended during the shutdown", async () => {
    const traceId = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    const slow = call(`${services.urls["product-service"]}/products`, undefined, {
      traceparent: traceOf(traceId),
      "x-fault": "slow",
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const exit = services.processes["product-service"].stop();
    expect((await slow).status).toBe(200);
    expect(await exit).toEqual({ code: 0, signal: null });
    await receiver.until(() => of(traceId).some(({ name }) => name === "GET /products"));
  });
});

describe.each([
  ["is gone", undefined],
  ["takes connections and never answers", "silent"],
  ["answers with 503", "broken"],
] as const)("with a collector that %s", (_name, kind) => {
  let server: Server | undefined;
  let services: RunningServices;

  beforeAll(async () => {
    let endpoint = "http://127.0.0.1:1";
    if (kind) {
      server = createServer((_request, response) => {
        if (kind === "broken") response.writeHead(503).end();
      });
      await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
      endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    }
    services = await startTestServices({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, SHUTDOWN_DRAIN_MS: "0" },
    });
  });

  afterAll(async () => {
    await services.stop();
    server?.closeAllConnections();
    server?.close();
  });

  it("requests do not wait for it, and services end within the 2 s that tracing may take", async () => {
    const url = `${services.urls["api-gateway"]}/api/products/products`;
    const times: number[] = [];
    for (let index = 0; index < 1_500; index++) {
      const start = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      expect(response.status).toBe(200);
      times.push(performance.now() - start);
    }
    // An answer that waited for its spans would take the exporter's timeout, 10 s, or the 5 s between two exports.
    expect(Math.max(...times)).toBeLessThan(4_000);
    const start = performance.now();
    const exit = await services.processes["product-service"].stop();
    expect(exit).toEqual({ code: 0, signal: null });
    // 2 s for the last spans, and some for the process to end; not the exporter's 10 s.
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
