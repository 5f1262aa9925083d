import { EventEmitter, once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../services/platform/app";
import type { ServiceProgram } from "../../services/programs";
import { countedIn, exposedBy } from "../support/metrics-of";
import { ownClock } from "../support/own-clock";
import { end, sendRaw, type Part } from "../support/raw-http";
import { ServiceApps } from "../support/service-apps";
import { until } from "../support/until";
import { isAtLeast, parseVersion } from "../../demo/versions";

const head = (method: string, path: string, ...headers: string[]) =>
  [`${method} ${path} HTTP/1.1`, "Host: shop", ...headers, "", ""].join("\r\n");
/** What ends too large extensions of a chunk: from 20.11.1 on Node's own bound, before that the time for a request. */
const endOfExtensions = isAtLeast(parseVersion(process.version) ?? [], [20, 11, 1]) ? 413 : 408;
const chunked = head("POST", "/register", "Content-Type: application/json", "Transfer-Encoding: chunked");

describe("the limits of a service", () => {
  const apps = new ServiceApps();
  let app: App;
  let port: number;
  const start = async (
    env: Readonly<Record<string, string>> = {},
    service: ServiceProgram = "auth-service",
  ) => {
    ({ app } = await apps.listen(service, env));
    ({ port } = app.server.address() as AddressInfo);
  };
  afterEach(() => apps.close());
  const counted = async () => countedIn(await exposedBy(app), "http_requests_total");
  const openConnections = () =>
    new Promise<number>((resolve, reject) => {
      app.server.getConnections((error, count) => {
        if (error) reject(error);
        else resolve(count);
      });
    });
  const noneIsOpen = async () => {
    await until(async () => (await openConnections()) === 0);
    // What closes a connection also counts, a moment later.
    await sleep(50);
  };

  describe("REQUEST_TIMEOUT_MS", () => {
    beforeEach(() => start({ REQUEST_TIMEOUT_MS: "1000" }));

    it.each([
      ["a slow head", "GET /products HTTP/1.1\r\nHost: shop\r\nX-A: ", "OTHER unmatched 408 1"],
      [
        "a slow body",
        `${head("POST", "/register", "Content-Type: application/json", "Content-Length: 99")}{`,
        "POST /register 408 1",
      ],
    ])("answers %s with 408 soon after it, and counts that once", async (_name, sent, count) => {
      const { statuses, text, milliseconds, ownMilliseconds } = await sendRaw(
        port,
        ...[sent, 400, "1", 400, "2", 400, "3"],
      );
      expect(statuses).toEqual([408]);
      expect(text).toContain("application/problem+json");
      expect(text).toContain("The request did not arrive in time.");
      expect(milliseconds).toBeGreaterThan(950);
      expect(ownMilliseconds).toBeLessThan(2_500);
      await noneIsOpen();
      expect(await counted()).toEqual([count]);
    });

    it("closes a connection on which nothing was said, which is no request", async () => {
      const { text, milliseconds, ownMilliseconds } = await sendRaw(port);
      expect(text).toBe("");
      expect(milliseconds).toBeGreaterThan(950);
      expect(ownMilliseconds).toBeLessThan(2_500);
      expect(await counted()).toEqual([]);
    });

    it("leaves alone what arrived in time, and a connection that waits for its next request", async () => {
      const get = head("GET", "/products/x");
      const last = head("GET", "/products/x", "Connection: close");
      const { statuses } = await sendRaw(port, get, 1_600, last);
      expect(statuses).toEqual([404, 404]);
    });

    it("gives no second answer to a request that was answered before its body had arrived", async () => {
      const { statuses } = await sendRaw(port, head("PATCH", "/nothing", "Content-Length: 9"));
      expect(statuses).toEqual([404]);
      expect(await counted()).toEqual(["PATCH unmatched 404 1"]);
    });
  });

  it("answers 20 half-open connections that speak no HTTP, ends them, and counts each once", async () => {
    await start();
    const all = await Promise.all(Array.from({ length: 20 }, () => sendRaw(port, "GARBAGE\r\n\r\n")));
    expect(all.map(({ statuses }) => statuses)).toEqual(all.map(() => [400]));
    await noneIsOpen();
    expect(await counted()).toEqual(["OTHER unmatched 400 20"]);
  });

  it.each<[name: string, sent: readonly Part[], status: number, count: string]>([
    ["a chunk without a size", [`${chunked}zz\r\n`], 400, "POST /register 400 1"],
    ["a body that ends too early", [`${chunked}5\r\nab`, end], 400, "POST /register 400 1"],
    [
      "20 KB of headers",
      [head("GET", "/products", `X-Big: ${"x".repeat(20_000)}`)],
      431,
      "OTHER unmatched 431 1",
    ],
    [
      "300 KB of headers",
      [head("GET", "/products", `X-Big: ${"x".repeat(300_000)}`)],
      431,
      "OTHER unmatched 431 1",
    ],
    [
      "20 KB of a chunk's extensions",
      [`${chunked}1;x=${"y".repeat(20_000)}\r\n`],
      endOfExtensions,
      `POST /register ${String(endOfExtensions)} 1`,
    ],
    [
      "two lengths",
      [head("GET", "/products", "Content-Length: 1", "Content-Length: 2")],
      400,
      "OTHER unmatched 400 1",
    ],
  ])("answers %s, ends the connection and counts it once", async (_name, sent, status, count) => {
    await start();
    expect((await sendRaw(port, ...sent)).statuses).toEqual([status]);
    await noneIsOpen();
    expect(await counted()).toEqual([count]);
  });

  it.each([
    ["that is no HTTP", "GARBAGE\r\n\r\n"],
    ["with a chunk without a size", `${chunked}zz\r\n`],
  ])("holds no close for a client that sent a request %s and does not let go", async (_name, sent) => {
    await start();
    await sendRaw(port, sent);
    const closed = ownClock();
    await app.close();
    expect(closed()).toBeLessThan(1_000);
  });

  it("counts a client that goes away after its body was read as 499", async () => {
    const started = new EventEmitter();
    app = apps.create("product-service");
    app.post("/slow", async (request) => {
      const gone = once(request.socket, "close");
      started.emit("request");
      await gone;
      return "late";
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    ({ port } = app.server.address() as AddressInfo);
    const arrived = once(started, "request");
    const socket = connect({ port, host: "127.0.0.1" });
    socket.write(`${head("POST", "/slow", "Content-Type: application/json", "Content-Length: 2")}{}`);
    await arrived;
    socket.destroy();
    await until(async () => (await counted()).length > 0);
    await noneIsOpen();
    expect(await counted()).toEqual(["POST /slow 499 1"]);
  });

  it("BODY_LIMIT_BYTES refuses a longer body with 413, announced or in chunks", async () => {
    await start({ BODY_LIMIT_BYTES: "100" });
    const json = "Content-Type: application/json";
    const named = (password: string) => JSON.stringify({ username: "joe", password });
    const credentials = (length: number) => named("x".repeat(length - named("").length));
    const sent = (length: number) => {
      const body = credentials(length);
      return `${head("POST", "/register", json, `Content-Length: ${String(body.length)}`, "Connection: close")}${body}`;
    };
    expect((await sendRaw(port, sent(100))).statuses).toEqual([201]);
    expect((await sendRaw(port, sent(101))).statuses).toEqual([413]);
    const body = credentials(101);
    const inChunks = `${chunked}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    expect((await sendRaw(port, inChunks.replace("Host", "Connection: close\r\nHost"))).statuses).toEqual([
      413,
    ]);
    expect(await counted()).toEqual(["POST /register 201 1", "POST /register 413 2"]);
  });

  it("refuses a parameter of more than 200 characters", async () => {
    await start({}, "product-service");
    const status = async (length: number) =>
      (await sendRaw(port, head("GET", `/products/${"x".repeat(length)}`, "Connection: close"))).statuses;
    expect([await status(200), await status(201)]).toEqual([[400], [414]]);
    expect(await counted()).toEqual(["GET /products/:id 400 1", "GET unmatched 414 1"]);
  });

  it("keeps an idle connection for 72 s, as it tells the client", async () => {
    await start();
    const { text } = await sendRaw(
      port,
      head("GET", "/health"),
      50,
      head("GET", "/health", "Connection: close"),
    );
    expect(text).toContain("Keep-Alive: timeout=72");
  });
});
