import { EventEmitter, once } from "node:events";
import { METHODS, request as httpRequest } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import { instrumentation } from "../../support/instrumentation";
import { countedIn, exposedBy, valueOf } from "../../support/metrics-of";
import { sendRaw } from "../../support/raw-http";
import { until } from "../../support/until";

async function application(
  routes: (app: FastifyInstance) => void = () => undefined,
): Promise<FastifyInstance> {
  const app = Fastify();
  await app.register(instrumentation, { service: "order-service", env: {} });
  routes(app);
  await app.ready();
  return app;
}

const requestsIn = async (app: FastifyInstance) => countedIn(await exposedBy(app), "http_requests_total");
const port = (app: FastifyInstance) => (app.server.address() as AddressInfo).port;

/** Status of the answer to a request with any method, sent as it is. */
async function statusOf(at: number, method: string): Promise<number> {
  const socket = connect(at, "127.0.0.1");
  socket.write(`${method} /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return Number(text.split(" ")[1]);
}

describe("HTTP metrics", () => {
  let app: FastifyInstance;
  afterEach(() => app.close());

  it("count a request by method, template of the route and status, and its duration", async () => {
    app = await application((it) => it.get("/products/:id", () => "ok"));
    const start = performance.now();
    await app.inject("/products/1");
    await app.inject("/products/2?x=3");
    const seconds = (performance.now() - start) / 1e3;
    const families = await exposedBy(app);
    const labels = { method: "GET", route: "/products/:id", status_code: "200" };
    expect(valueOf(families, "http_requests_total", labels)).toBe(2);
    expect(valueOf(families, "http_request_duration_seconds_count", labels)).toBe(2);
    expect(valueOf(families, "http_request_duration_seconds_bucket", { ...labels, le: "+Inf" })).toBe(2);
    const sum = valueOf(families, "http_request_duration_seconds_sum", labels) ?? -1;
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(seconds);
  });

  it("put a duration in every bucket at or above it", async () => {
    app = await application((it) => it.get("/slow", async () => sleep(60).then(() => "ok")));
    await app.inject("/slow");
    const families = await exposedBy(app);
    const upTo = (le: string) =>
      valueOf(families, "http_request_duration_seconds_bucket", {
        method: "GET",
        route: "/slow",
        status_code: "200",
        le,
      });
    expect([upTo("0.005"), upTo("0.05"), upTo("10"), upTo("+Inf")]).toEqual([0, 0, 1, 1]);
  });

  it("have the series of known routes at 0 from the start", async () => {
    const response = { 201: { type: "object" }, 404: { type: "object" } };
    app = await application((it) => it.post("/orders", { schema: { response } }, () => ({})));
    const families = await exposedBy(app);
    const at = (status_code: string) =>
      valueOf(families, "http_requests_total", { method: "POST", route: "/orders", status_code });
    expect([at("201"), at("404"), at("500"), at("418")]).toEqual([0, 0, 0, undefined]);
  });

  it("leave out /metrics and the health routes", async () => {
    app = await application();
    for (const path of ["/metrics", "/health", "/health/live", "/health/ready"]) {
      expect((await app.inject(path)).statusCode).toBe(200);
    }
    expect(await requestsIn(app)).toEqual([]);
  });

  it("count failures of the handler, the schema and the body's parser, each once", async () => {
    const body = { type: "object", required: ["a"] };
    app = await application((it) => {
      it.get("/broken", () => {
        throw new Error("broken");
      });
      it.post("/checked", { schema: { body } }, () => "ok");
    });
    await app.inject("/broken");
    await app.inject({ method: "POST", url: "/checked", payload: {} });
    await app.inject({
      method: "POST",
      url: "/checked",
      headers: { "content-type": "application/json" },
      payload: "{",
    });
    expect(await requestsIn(app)).toEqual(["GET /broken 500 1", "POST /checked 400 2"]);
  });

  it("keep 10,000 unknown addresses within one label set", async () => {
    app = await application();
    for (let index = 0; index < 10_000; index++) {
      await app.inject(`/${String(index)}/${Math.random().toString(36)}`);
    }
    expect(await requestsIn(app)).toEqual(["GET unmatched 404 10000"]);
  });

  it("keep 100 odd methods within one label set; those that are no methods of HTTP are no requests", async () => {
    app = await application();
    await app.listen({ port: 0, host: "127.0.0.1" });
    const common = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT"];
    const odd = METHODS.filter((method) => !common.includes(method));
    const invented = Array.from({ length: 100 - odd.length }, (_each, index) => `ODD${String(index)}`);
    const statuses: number[] = [];
    for (const method of [...odd, ...invented]) statuses.push(await statusOf(port(app), method));
    expect(new Set(statuses)).toEqual(new Set([400, 404]));
    const counted = (await requestsIn(app)).map((each) => each.replace(/ \d+$/, ""));
    // A newer Node has methods that Fastify answers with 400.
    const allowed = ["OTHER unmatched 400", "OTHER unmatched 404"];
    expect(counted).toContain("OTHER unmatched 404");
    expect(counted).toEqual(allowed.filter((each) => counted.includes(each)));
  });

  it("count a request that its client aborts as 499, once, even when the handler answers later", async () => {
    const started = new EventEmitter();
    let answered = false;
    app = await application((it) =>
      it.get("/slow", async (request) => {
        const gone = once(request.socket, "close");
        started.emit("request");
        await gone;
        answered = true;
        return "late";
      }),
    );
    await app.listen({ port: 0, host: "127.0.0.1" });
    const client = httpRequest({ port: port(app), path: "/slow" }).on("error", () => undefined);
    client.end();
    await once(started, "request");
    client.destroy();
    await until(() => answered);
    await until(async () => (await requestsIn(app)).length > 0);
    // A second count would come with the answer.
    await sleep(50);
    expect(await requestsIn(app)).toEqual(["GET /slow 499 1"]);
  });

  it("count an answer that breaks off on the server's side as 500, not as the client's doing", async () => {
    app = await application((it) =>
      it.get("/stream", (_request, reply) => {
        const body = new Readable({ read: () => undefined });
        body.push("half");
        setTimeout(() => body.destroy(new Error("source is gone")), 30);
        return reply.send(body);
      }),
    );
    await app.listen({ port: 0, host: "127.0.0.1" });
    await expect(
      fetch(`http://127.0.0.1:${String(port(app))}/stream`).then((response) => response.text()),
    ).rejects.toThrow();
    await until(async () => (await requestsIn(app)).length > 0);
    expect(await requestsIn(app)).toEqual(["GET /stream 500 1"]);
  });

  it("count what Fastify answers without any hook: an address that cannot be decoded", async () => {
    app = await application((it) => it.get("/products/:id", () => "ok"));
    await app.listen({ port: 0, host: "127.0.0.1" });
    const response = await fetch(`http://127.0.0.1:${String(port(app))}/products/%zz`);
    expect(response.status).toBe(400);
    await fetch(`http://127.0.0.1:${String(port(app))}/products/1`);
    expect(await requestsIn(app)).toEqual(["GET /products/:id 200 1", "GET unmatched 400 1"]);
  });

  it("count what Fastify's own handler answers to what is no HTTP, as it was sent", async () => {
    app = await application((it) => it.post("/products", () => "ok"));
    await app.listen({ port: 0, host: "127.0.0.1" });
    const sent = [
      "GARBAGE\r\n\r\n",
      `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${"x".repeat(20_000)}\r\n\r\n`,
      "POST /products HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ];
    const answers = await Promise.all(sent.map((each) => sendRaw(port(app), each)));
    expect(answers.map(({ statuses }) => statuses)).toEqual([[400], [431], [400]]);
    await until(async () => (await requestsIn(app)).length === sent.length);
    expect(await requestsIn(app)).toEqual([
      "OTHER unmatched 400 1",
      "OTHER unmatched 431 1",
      "POST /products 400 1",
    ]);
  });

  it("are refused for HTTP/2, whose aborted requests they could not tell", async () => {
    const http2 = Fastify({ http2: true });
    await expect(
      http2.register(instrumentation, { service: "order-service", env: {} }).ready(),
    ).rejects.toThrow(
      "instrumentation: this application was made with `http2: true`, allowed: HTTP/1.1. Let the proxy before it speak HTTP/2.",
    );
    app = await application();
  });

  it("belong to one application each", async () => {
    app = await application((it) => it.get("/a", () => "ok"));
    const other = await application();
    await app.inject("/a");
    expect(await requestsIn(other)).toEqual([]);
    await other.close();
  });
});

describe("health", () => {
  it.each([
    ["ready", () => true, 200, "ok"],
    ["not ready", () => false, 503, "unavailable"],
    ["failing to find out", () => Promise.reject(new Error("no")), 503, "unavailable"],
  ])("tells when the service is %s", async (_name, ready, code, status) => {
    const app = Fastify();
    await app.register(instrumentation, { service: "order-service", env: {}, ready });
    expect((await app.inject("/health")).statusCode).toBe(200);
    const response = await app.inject("/health/ready");
    expect(response.statusCode).toBe(code);
    expect(response.json()).toEqual({ status });
    await app.close();
  });

  it("is not ready any more once told so", async () => {
    const app = Fastify();
    await app.register(instrumentation, { service: "order-service", env: {} });
    app.stopBeingReady();
    expect((await app.inject("/health/ready")).statusCode).toBe(503);
    expect((await app.inject("/health/live")).statusCode).toBe(200);
    await app.close();
  });
});
