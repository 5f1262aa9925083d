import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { propagation, SpanStatusCode } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { NodeTracerProvider, SimpleSpanProcessor, type ReadableSpan } from "@opentelemetry/sdk-trace-node";
import Fastify, { type FastifyInstance } from "fastify";
import { activeTraceIds, traced, tracedRequest } from "../../../services/instrumentation";
import { instrumentation } from "../../support/instrumentation";
import type { ReceivedSpan } from "../../support/otlp-receiver";

/** What ended, in place of what a collector would get: `e2e/services/tracing.test.ts` goes all the way. */
const mockEnded: ReadableSpan[] = [];
jest.mock("../../../services/instrumentation/otlp", () => ({
  createProvider: (service: string) =>
    new NodeTracerProvider({
      resource: resourceFromAttributes({ "service.name": service }),
      spanProcessors: [
        new SimpleSpanProcessor({
          export: (spans, done) => {
            mockEnded.push(...spans);
            done({ code: 0 });
          },
          shutdown: () => Promise.resolve(),
        }),
      ],
    }),
}));

const kinds = { 0: "internal", 1: "server", 2: "client", 3: "other", 4: "other" } as const;

function ended(): ReceivedSpan[] {
  return mockEnded.map((span) => ({
    service: String(span.resource.attributes["service.name"]),
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? "",
    name: span.name,
    kind: kinds[span.kind],
    isError: span.status.code === SpanStatusCode.ERROR,
    attributes: span.attributes,
    events: span.events.map(({ name, attributes }) => ({ name, attributes: attributes ?? {} })),
  }));
}

const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

describe("tracing", () => {
  let app: FastifyInstance;
  let logged: Record<string, unknown>[];
  beforeEach(() => {
    mockEnded.length = 0;
    logged = [];
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        logged.push(JSON.parse(String(chunk)) as Record<string, unknown>);
        done();
      },
    });
    app = Fastify({ logger: { stream, mixin: activeTraceIds } });
  });
  afterEach(async () => {
    await app.close();
  });

  const start = () =>
    app.register(instrumentation, {
      service: "order-service",
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" },
    });

  it("makes a span per request, named by method and route, and leaves out /metrics and health", async () => {
    await start();
    app.get("/orders/:id", () => "ok");
    await app.inject("/orders/7?token=secret");
    await app.inject("/nowhere");
    await app.inject("/metrics");
    await app.inject("/health");
    await app.close();
    expect(ended().map(({ name }) => name)).toEqual(["GET /orders/:id", "GET"]);
    expect(ended()[0]).toMatchObject({
      service: "order-service",
      kind: "server",
      isError: false,
      parentSpanId: "",
      attributes: {
        "http.request.method": "GET",
        "http.route": "/orders/:id",
        "http.response.status_code": 200,
        "url.path": "/orders/7",
        "url.scheme": "http",
      },
    });
    expect(JSON.stringify(ended())).not.toContain("secret");
  });

  it("begins a trace of its own at the edge, linked to the caller's", async () => {
    await app.register(instrumentation, {
      service: "api-gateway",
      trustCallers: false,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" },
    });
    let baggage: unknown;
    app.get("/orders", () => {
      baggage = propagation.getActiveBaggage();
      return "ok";
    });
    const unsampled = traceparent.replace(/01$/, "00");
    await app.inject({ url: "/orders", headers: { traceparent: unsampled, baggage: "a=b" } });
    const [span] = mockEnded;
    expect(span?.spanContext().traceId).not.toBe("0af7651916cd43dd8448eb211c80319c");
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.links.map(({ context }) => context)).toMatchObject([
      { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" },
    ]);
    expect(baggage).toBeUndefined();
  });

  it("continues the caller's trace, also after a body was read, and puts the ids in the log lines", async () => {
    await start();
    app.post("/orders", async (request) => {
      request.log.info("in handler");
      await traced("price order", async () => {
        await new Promise((resolve) => setImmediate(resolve));
        request.log.info("in function");
      });
      return "ok";
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${String(port)}/orders`, {
      method: "POST",
      headers: { traceparent, "content-type": "application/json" },
      body: JSON.stringify({ filler: "x".repeat(200_000) }),
    });
    await app.close();
    const [inner, server] = ended();
    expect(server).toMatchObject({ name: "POST /orders", parentSpanId: "b7ad6b7169203331" });
    expect(inner).toMatchObject({ name: "price order", kind: "internal", parentSpanId: server?.spanId });
    expect(new Set(ended().map(({ traceId }) => traceId))).toEqual(
      new Set(["0af7651916cd43dd8448eb211c80319c"]),
    );
    const line = (msg: string) => logged.find((each) => each.msg === msg);
    expect(line("in handler")).toMatchObject({ trace_id: server?.traceId, span_id: server?.spanId });
    expect(line("in function")).toMatchObject({ trace_id: inner?.traceId, span_id: inner?.spanId });
  });

  it("marks server errors with their exception, and leaves client errors unmarked", async () => {
    await start();
    app.get("/broken", () => {
      throw new TypeError("no such thing");
    });
    app.get("/forbidden", (_request, reply) => reply.code(403).send());
    await app.inject("/broken");
    await app.inject("/forbidden");
    await app.close();
    const [broken, forbidden] = ended();
    expect(broken).toMatchObject({
      isError: true,
      attributes: { "http.response.status_code": 500, "error.type": "500" },
    });
    expect(broken?.events[0]).toMatchObject({
      name: "exception",
      attributes: { "exception.type": "TypeError", "exception.message": "no such thing" },
    });
    expect(forbidden).toMatchObject({ isError: false, attributes: { "http.response.status_code": 403 } });
  });

  it("gives the context to the service that is called", async () => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.traceparent as string | undefined);
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://127.0.0.1:${String((other.address() as AddressInfo).port)}/products/1?a=b`);
    await start();
    app.get("/go", async () => {
      const { statusCode, body } = await tracedRequest({
        method: "GET",
        url,
        service: "product-service",
        template: "/products/:id",
      });
      await body.dump();
      return { statusCode };
    });
    await app.inject("/go");
    await app.close();
    other.closeAllConnections();
    other.close();
    const [client, server] = ended();
    expect(client).toMatchObject({
      kind: "client",
      name: "GET /products/:id",
      parentSpanId: server?.spanId,
      isError: true,
      attributes: {
        "http.response.status_code": 404,
        "peer.service": "product-service",
        "server.address": "127.0.0.1",
        "url.template": "/products/:id",
      },
    });
    expect(seen).toEqual([`00-${client?.traceId ?? ""}-${client?.spanId ?? ""}-01`]);
  });

  it("records what traced functions throw, and throws it on", async () => {
    await start();
    app.get("/", async () => {
      expect(() =>
        traced("sync", () => {
          throw new Error("one");
        }),
      ).toThrow("one");
      await expect(traced("async", () => Promise.reject(new Error("two")))).rejects.toThrow("two");
      return traced("value", () => 42).toString();
    });
    expect((await app.inject("/")).body).toBe("42");
    await app.close();
    expect(ended().map(({ name, isError }) => `${name} ${String(isError)}`)).toEqual([
      "sync true",
      "async true",
      "value false",
      "GET / false",
    ]);
  });

  it("keeps the trace of an observation as its exemplar, in OpenMetrics only", async () => {
    await start();
    app.get("/", () => "ok");
    await app.inject({ url: "/", headers: { traceparent } });
    const accept = "application/openmetrics-text;version=1.0.0";
    const open = await app.inject({ url: "/metrics", headers: { accept } });
    expect(open.headers["content-type"]).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
    expect(open.body).toMatch(
      /http_request_duration_seconds_bucket\{method="GET",route="\/",status_code="200",le="[^"]+"\} 1 # \{trace_id="0af7651916cd43dd8448eb211c80319c",span_id="[0-9a-f]{16}"\} [\d.e-]+ \d+\.\d{3}\n/,
    );
    const text = await app.inject("/metrics");
    expect(text.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(text.body).not.toContain("trace_id");
  });

  it("of one application does not depend on another of the same process, whichever closes first", async () => {
    const other = Fastify();
    await other.register(instrumentation, {
      service: "auth-service",
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" },
    });
    await start();
    const ids = () => traced("inner", () => activeTraceIds());
    other.get("/", ids);
    app.get("/", ids);
    expect((await other.inject("/")).json()).toEqual({
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    await other.close();
    const { trace_id } = (await app.inject("/")).json<{ trace_id?: string }>();
    expect(trace_id).toMatch(/^[0-9a-f]{32}$/);
    await app.close();
    expect(ended().map(({ service, name }) => `${service} ${name}`)).toEqual([
      "auth-service inner",
      "auth-service GET /",
      "order-service inner",
      "order-service GET /",
    ]);
    expect(ended().at(-1)?.traceId).toBe(trace_id);
  });

  it("warns in the log of a variable that it does not honour", async () => {
    await app.register(instrumentation, {
      service: "order-service",
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
    });
    await app.ready();
    expect(logged).toContainEqual(
      expect.objectContaining({
        level: 40,
        msg: 'OTEL_EXPORTER_OTLP_PROTOCOL: found "grpc", allowed: http/protobuf; spans are sent by http/protobuf.',
      }),
    );
  });

  it("is off without a collector", async () => {
    await app.register(instrumentation, { service: "order-service", env: {} });
    app.get("/", () => {
      expect(activeTraceIds()).toEqual({});
      return traced("nothing", () => "ok");
    });
    expect((await app.inject("/")).body).toBe("ok");
  });

  it("holds to the caller's decision not to sample", async () => {
    await start();
    app.get("/", () => "ok");
    await app.inject({ url: "/", headers: { traceparent: traceparent.replace(/01$/, "00") } });
    await app.close();
    expect(ended()).toEqual([]);
  });
});
