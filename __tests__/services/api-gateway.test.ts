import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { scrape } from "../../metrics/contract/scrape";
import { createGateway } from "../../services/api-gateway/app";
import type { App } from "../../services/platform/app";
import { countedIn, exposedBy, valueOf } from "../support/metrics-of";
import { ServiceApps, testEnv } from "../support/service-apps";
import { until } from "../support/until";

const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

describe("gateway", () => {
  const apps = new ServiceApps();
  const seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  let behind: Server;
  let respond: (request: IncomingMessage, response: ServerResponse) => void;
  let app: App;

  /** @param timeoutMs how long it waits for a service. A busy machine may take seconds to answer. */
  function createGatewayBefore(timeoutMs: number): App {
    const url = `http://127.0.0.1:${String((behind.address() as AddressInfo).port)}`;
    return apps.create("api-gateway", {
      PRODUCT_SERVICE_URL: url,
      AUTH_SERVICE_URL: url,
      ORDER_SERVICE_URL: "http://127.0.0.1:1",
      UPSTREAM_TIMEOUT_MS: String(timeoutMs),
    });
  }

  beforeEach(async () => {
    seen.length = 0;
    respond = (_request, response) =>
      response.setHeader("content-type", "application/json").end('{"ok":true}');
    behind = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        seen.push({
          ...(request.method && { method: request.method }),
          ...(request.url && { url: request.url }),
          headers: request.headers,
          body,
        });
        respond(request, response);
      });
    });
    await new Promise<void>((resolve) => behind.listen(0, "127.0.0.1", resolve));
    app = createGatewayBefore(4_000);
  });
  afterEach(async () => {
    await apps.close();
    behind.closeAllConnections();
    await new Promise((resolve) => behind.close(resolve));
  });

  const proxied = async () => countedIn(await exposedBy(app), "http_requests_total");

  it("passes path, query, method, headers and body on, and the answer back", async () => {
    respond = (_request, response) =>
      response.writeHead(201, { "x-answer": "yes", connection: "x-hop", "x-hop": "1" }).end("done");
    const response = await app.inject({
      method: "POST",
      url: "/api/auth/users/a%20b?x=1&y=%2F",
      headers: {
        "content-type": "application/json",
        "x-mine": "1",
        te: "trailers",
        connection: "x-private",
        "x-private": "1",
      },
      payload: '{"any": "thing"}',
    });
    expect(response.statusCode).toBe(201);
    expect(response.body).toBe("done");
    expect(response.headers["x-answer"]).toBe("yes");
    expect(response.headers["x-hop"]).toBeUndefined();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: "POST",
      url: "/users/a%20b?x=1&y=%2F",
      body: '{"any": "thing"}',
    });
    expect(seen[0]?.headers).toMatchObject({
      "x-mine": "1",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
    });
    expect(seen[0]?.headers).toMatchObject({
      via: "1.1 api-gateway",
      forwarded: 'for=127.0.0.1;host="localhost:80";proto=http',
    });
    expect(response.headers.via).toBe("1.1 api-gateway");
    expect(seen[0]?.headers).not.toHaveProperty("x-private");
    expect(seen[0]?.headers).not.toHaveProperty("te");
  });

  it("adds itself to what proxies before it have said", async () => {
    respond = (_request, response) => response.writeHead(200, { via: "1.1 cache" }).end();
    const headers = { via: "2 edge", forwarded: 'for="[2001:db8::1]"', "x-forwarded-for": "2001:db8::1" };
    const response = await app.inject({ url: "/api/products/x", headers, remoteAddress: "::1" });
    expect(seen[0]?.headers).toMatchObject({
      via: "2 edge, 1.1 api-gateway",
      forwarded: 'for="[2001:db8::1]", for="[::1]";host="localhost:80";proto=http',
      "x-forwarded-for": "2001:db8::1, ::1",
    });
    expect(response.headers.via).toBe("1.1 cache, 1.1 api-gateway");
  });

  it("passes a stranger's trace and baggage on only where callers are trusted", async () => {
    const headers = { traceparent, tracestate: "a=b", baggage: "c=d" };
    await app.inject({ url: "/api/products/x", headers });
    for (const name of Object.keys(headers)) expect(seen[0]?.headers).not.toHaveProperty(name);
    const behindUrl = `http://127.0.0.1:${String((behind.address() as AddressInfo).port)}`;
    const trusting = apps.create("api-gateway", { PRODUCT_SERVICE_URL: behindUrl, TRUST_CALLERS: "on" });
    await trusting.inject({ url: "/api/products/x", headers });
    expect(seen[1]?.headers).toMatchObject(headers);
  });

  it("tells at / what is where", async () => {
    const index = (await app.inject("/")).json<{ paths: Record<string, string>; try: string[] }>();
    expect(index.paths["product-service"]).toBe("/api/products/");
    for (const path of index.try) expect((await app.inject(path)).statusCode).toBe(200);
  });

  it.each([
    ["http://127.0.0.1:3000/api/products/products/1?a=b", "/products/1?a=b"],
    ["HTTP://x/api/products/products/1", "/products/1"],
    ["https://a.very.long.name.example:65535/api/products//products", "//products"],
  ])("takes the absolute form %s of a request for its origin form", async (target, url) => {
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      const client = httpRequest({ port, path: target }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      client.on("error", reject).end();
    });
    expect(status).toBe(200);
    expect(seen.map((each) => each.url)).toEqual([url]);
    expect(await proxied()).toEqual(["GET /api/products/* 200 1"]);
  });

  it("shows its metrics at a port of their own, not to the world", async () => {
    expect((await app.inject("/metrics")).statusCode).toBe(404);
    const served = createGateway({ ...testEnv, METRICS_PORT: "0", HOST: "127.0.0.1" });
    try {
      const { metricsPort } = (await served.start?.()) ?? {};
      await served.app.ready();
      const url = `http://127.0.0.1:${String(metricsPort)}`;
      const scraped = await scrape(new URL(url));
      expect(scraped.families.has("http_requests_total")).toBe(true);
      expect(scraped.format).toBe("OpenMetrics");
      expect((await fetch(`${url}/health`)).status).toBe(404);
      expect((await fetch(`${url}/metrics`, { method: "POST" })).status).toBe(404);
    } finally {
      await served.app.close();
    }
  });

  it("counts by its own routes, and the wait for each service", async () => {
    await app.inject("/api/products/products");
    await app.inject("/api/products/products/7");
    const families = await exposedBy(app);
    expect(countedIn(families, "http_requests_total")).toEqual(["GET /api/products/* 200 2"]);
    const labels = { target_service: "product-service", status_code: "200" };
    expect(valueOf(families, "proxy_request_duration_seconds_count", labels)).toBe(2);
  });

  it("answers 502 when a service cannot be reached, without saying where it is", async () => {
    const response = await app.inject("/api/orders/orders");
    expect(response.statusCode).toBe(502);
    expect(response.json()).toMatchObject({ detail: "The order-service cannot be reached." });
    expect(response.body).not.toMatch(/127\.0\.0\.1|ECONN/);
    const labels = { target_service: "order-service", status_code: "502" };
    expect(valueOf(await exposedBy(app), "proxy_request_duration_seconds_count", labels)).toBe(1);
  });

  it("answers 504 when a service takes too long", async () => {
    respond = () => undefined;
    app = createGatewayBefore(200);
    const response = await app.inject("/api/products/slow");
    expect(response.statusCode).toBe(504);
    expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    const labels = { target_service: "product-service", status_code: "504" };
    expect(valueOf(await exposedBy(app), "proxy_request_duration_seconds_count", labels)).toBe(1);
  });

  it("answers 502 when a service closes the connection", async () => {
    respond = (request) => request.socket.destroy();
    expect((await app.inject("/api/products/x")).statusCode).toBe(502);
  });

  it("lets go of the service when the client goes away", async () => {
    let aborted = false;
    respond = (_request, response) => response.on("close", () => (aborted = !response.writableFinished));
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    const client = httpRequest({ port, path: "/api/products/x" }).on("error", () => undefined);
    client.end();
    await until(() => seen.length > 0);
    client.destroy();
    await until(() => aborted);
    expect(await proxied()).toEqual(["GET /api/products/* 499 1"]);
    const labels = { target_service: "product-service", status_code: "499" };
    expect(valueOf(await exposedBy(app), "proxy_request_duration_seconds_count", labels)).toBe(1);
  });

  it.each([
    "/api/products/metrics",
    "/api/products/health",
    "/api/products/health/ready",
    "/api/products/internal/products/1/reservations",
    "/api/products//internal/products",
    "/api/products/%69nternal/products",
    "/api/products/x/../internal/products",
    "/api/products/%2e%2e/internal",
    "/api/products/%2Finternal/products",
    "/api/products",
    "/api",
    "/api/payments/x",
    "/products",
  ])("passes %s on to nobody", async (url) => {
    const response = await app.inject(url);
    expect(response.statusCode).toBe(404);
    expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(seen).toEqual([]);
  });

  it("refuses bodies over the limit before any service sees them", async () => {
    const response = await app.inject({
      method: "POST",
      url: "/api/auth/register",
      payload: "x".repeat(20_000),
    });
    expect(response.statusCode).toBe(413);
    expect(seen).toEqual([]);
  });

  it("passes bodies of any type on, and answers of any kind back", async () => {
    respond = (_request, response) => response.writeHead(204).end();
    const response = await app.inject({
      method: "PUT",
      url: "/api/products/x",
      headers: { "content-type": "application/octet-stream" },
      payload: Buffer.from([0, 1, 255]),
    });
    expect(response.statusCode).toBe(204);
    expect(seen[0]?.headers["content-length"]).toBe("3");
  });
});
