import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../services/platform/app";
import { countedIn, exposedBy, valueOf } from "../support/metrics-of";
import { ServiceApps } from "../support/service-apps";

describe("gateway", () => {
  const apps = new ServiceApps();
  const seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  let behind: Server;
  let respond: (request: IncomingMessage, response: ServerResponse) => void;
  let app: App;

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
    const url = `http://127.0.0.1:${String((behind.address() as AddressInfo).port)}`;
    app = apps.create("api-gateway", {
      PRODUCT_SERVICE_URL: url,
      AUTH_SERVICE_URL: url,
      ORDER_SERVICE_URL: "http://127.0.0.1:1",
      UPSTREAM_TIMEOUT_MS: "200",
    });
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
    expect(seen[0]?.headers).not.toHaveProperty("x-private");
    expect(seen[0]?.headers).not.toHaveProperty("te");
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
    while (seen.length === 0) await sleep(5);
    client.destroy();
    await sleep(100);
    expect(aborted).toBe(true);
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
