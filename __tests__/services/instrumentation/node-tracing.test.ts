import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { NodeTracerProvider, SimpleSpanProcessor, type ReadableSpan } from "@opentelemetry/sdk-trace-node";
import express from "express";
import { activeTraceIds, traced } from "../../../services/instrumentation/http";
import { expressService, httpService } from "../../support/instrumentation";
import { until } from "../../support/until";

const mockEnded: ReadableSpan[] = [];
let mockStopped = 0;
jest.mock("../../../services/instrumentation/otlp", () => ({
  createProvider: () =>
    new NodeTracerProvider({
      spanProcessors: [
        new SimpleSpanProcessor({
          export: (spans, done) => {
            mockEnded.push(...spans);
            done({ code: 0 });
          },
          shutdown: () => {
            mockStopped++;
            return Promise.resolve();
          },
        }),
      ],
    }),
}));

const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };

describe("tracing of a service on Node", () => {
  let server: Server;
  let stoppedBefore: number;
  let close: () => Promise<void>;
  beforeEach(() => {
    mockEnded.length = 0;
    stoppedBefore = mockStopped;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    // Nobody asks for it.
    await until(() => mockStopped === stoppedBefore + 1);
    await close();
  });

  async function listening(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }
  const ask = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).text();
  const serverSpans = () => mockEnded.filter(({ kind }) => kind === SpanKind.SERVER);

  it("names Express's spans by their route, and keeps them active after a body and a wait", async () => {
    const of = expressService("order-service", { env });
    close = of.close;
    const app = express();
    app.set("env", "test");
    app.use(of.middleware, express.json());
    app.post("/orders/:id", async (_request, response) => {
      await sleep(5);
      response.send(traced("reserve", () => activeTraceIds().trace_id));
    });
    app.get("/fails", () => Promise.reject(new Error("out of stock")));
    const url = await listening(app as RequestListener);
    const headers = { "content-type": "application/json", traceparent };
    const body = JSON.stringify({ long: "x".repeat(50_000) });
    expect(await ask(`${url}/orders/7?token=secret`, { method: "POST", headers, body })).toBe(traceId);
    await ask(`${url}/fails`);
    await ask(`${url}/nowhere`);
    await ask(`${url}/health`);
    await ask(`${url}/metrics`);
    await until(() => serverSpans().length === 3);
    const [post, fails, nowhere] = serverSpans();
    expect(post).toMatchObject({
      name: "POST /orders/:id",
      parentSpanContext: { traceId },
      attributes: {
        "http.request.method": "POST",
        "http.route": "/orders/:id",
        "http.response.status_code": 200,
        "url.path": "/orders/7",
      },
    });
    expect(mockEnded.find(({ name }) => name === "reserve")?.parentSpanContext?.spanId).toBe(
      post?.spanContext().spanId,
    );
    expect(fails).toMatchObject({ name: "GET /fails", status: { code: SpanStatusCode.ERROR } });
    expect(fails?.events.map(({ attributes }) => attributes?.["exception.message"])).toEqual([
      "out of stock",
    ]);
    expect(nowhere?.name).toBe("GET");
    expect(nowhere?.attributes).not.toHaveProperty("http.route");
    expect(await of.render("openmetrics")).toContain(`trace_id="${traceId}"`);
  });

  it("keeps the span of a listener of node:http active in the events of its request", async () => {
    const of = httpService("order-service", { env });
    close = of.close;
    const url = await listening(
      of.handler(
        (request, response) => {
          request.resume().on("end", () => response.end(activeTraceIds().trace_id));
        },
        () => "/orders",
      ),
    );
    const body = "x".repeat(200_000);
    expect(await ask(url, { method: "POST", body, headers: { traceparent } })).toBe(traceId);
    await until(() => serverSpans().length === 1);
    expect(serverSpans()[0]?.name).toBe("POST /orders");
  });

  it("begins traces of its own where callers are not trusted", async () => {
    const of = httpService("order-service", { env, trustCallers: false });
    close = of.close;
    const url = await listening(of.handler((_request, response) => response.end(activeTraceIds().trace_id)));
    expect(await ask(url, { headers: { traceparent } })).not.toBe(traceId);
    await until(() => serverSpans().length === 1);
    expect(serverSpans()[0]?.links.map(({ context }) => context.traceId)).toEqual([traceId]);
  });
});
