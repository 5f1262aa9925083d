import { once } from "node:events";
import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import express, { type ErrorRequestHandler, type Express } from "express";
import { checkContract } from "../../../metrics/contract/check";
import { parseExposition } from "../../../metrics/contract/exposition";
import { countedIn, valueOf } from "../../support/metrics-of";
import { expressService, httpService } from "../../support/instrumentation";
import { sendRaw } from "../../support/raw-http";
import { catalogue } from "../../support/system";
import { until } from "../../support/until";

const servers: Server[] = [];

async function listening(listener: RequestListener): Promise<{ port: number; url: string }> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${String(port)}` };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const onExpress = () => expressService("order-service", { env: {} });
const onHttp = () => httpService("order-service", { env: {} });
type Rendering = Pick<ReturnType<typeof onHttp>, "render">;
const families = async (of: Rendering) => parseExposition(await of.render("text"), "text").families;
const requestsOf = async (of: Rendering) => countedIn(await families(of), "http_requests_total");

/** An application of Express whose errors are not written to the log. */
function application(of: ReturnType<typeof onExpress>, routes: (app: Express) => void): RequestListener {
  const app = express();
  app.set("env", "test");
  app.use(of.middleware);
  routes(app);
  return app as RequestListener;
}

/** Asks one path after the other, each to its end. */
async function ask(url: string, ...paths: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const path of paths) {
    const answer = await fetch(`${url}${path}`);
    await answer.arrayBuffer();
    statuses.push(answer.status);
  }
  return statuses;
}

/** Sends a request and goes away before its answer is whole. */
async function giveUp(url: string, arrived: () => boolean): Promise<void> {
  const request = httpRequest(url);
  request.on("error", () => undefined).end();
  await until(arrived);
  request.destroy();
}

describe("a service on Express 5", () => {
  it("counts requests by the template of their route, through routers and applications", async () => {
    const of = onExpress();
    const lines = express.Router({ mergeParams: true });
    lines.get("/:line", (_request, response) => void response.send("ok"));
    const shops = express.Router();
    shops.use("/:shop/lines", lines);
    shops.get("/", (_request, response) => void response.send("ok"));
    const admin = express();
    admin.get("/users/:user", (_request, response) => void response.send("ok"));
    const { url } = await listening(
      application(of, (app) => {
        app.get("/", (_request, response) => void response.send("ok"));
        app.use("/shops", shops);
        app.use("/stores/:region", shops);
        app.use("/admin", admin);
        app.get("/reports{/:year}", (_request, response) => void response.send("ok"));
        app.get("/files/*path", (_request, response) => void response.send("ok"));
        app.get(/^\/v\d+$/, (_request, response) => void response.send("ok"));
        app.get(["/one/:id", "/two/:id"], (_request, response) => void response.send("ok"));
      }),
    );
    await ask(url, "/", "/shops/7/lines/8?x=1", "/shops", "/stores/9/3/lines/4", "/admin/users/5");
    await ask(url, "/reports", "/reports/2026", "/files/a/b", "/v12", "/one/1", "/two/2", "/nowhere/6");
    expect(await requestsOf(of)).toEqual(
      [
        "GET / 200 1",
        "GET /shops/:shop/lines/:line 200 1",
        "GET /shops 200 1",
        "GET /stores/:region/:shop/lines/:line 200 1",
        "GET /admin/users/:user 200 1",
        "GET /reports{/:year} 200 2",
        "GET /files/*path 200 1",
        String.raw`GET /^\/v\d+$/ 200 1`,
        "GET /one/:id|/two/:id 200 2",
        "GET unmatched 404 1",
      ].sort(),
    );
  });

  it("counts what goes wrong once, with the status that was sent", async () => {
    const of = onExpress();
    const hidden: ErrorRequestHandler = (error: { status?: number }, _request, response, next) => {
      if (response.headersSent) next(error);
      else response.status(error.status ?? 500).send("no");
    };
    const { url, port } = await listening(
      application(of, (app) => {
        app.use(express.json());
        app.get("/throws", () => {
          throw new Error("thrown");
        });
        app.get("/rejects", () => Promise.reject(new Error("rejected")));
        app.get("/streams", (_request, response) => {
          response.write("a");
          setTimeout(() => response.end("b"), 10);
        });
        app.post("/orders", (_request, response) => void response.status(201).send("ok"));
        app.use(hidden);
      }),
    );
    await ask(url, "/throws", "/rejects", "/streams");
    const post = (body: string) =>
      fetch(`${url}/orders`, { method: "POST", body, headers: { "content-type": "application/json" } });
    expect((await post("{")).status).toBe(400);
    expect((await post("{}")).status).toBe(201);
    await fetch(`${url}/streams`, { method: "HEAD" });
    await sendRaw(port, "PROPFIND /streams HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(await requestsOf(of)).toEqual([
      "GET /rejects 500 1",
      "GET /streams 200 1",
      "GET /throws 500 1",
      "HEAD /streams 200 1",
      "OTHER unmatched 404 1",
      "POST /orders 201 1",
      "POST unmatched 400 1",
    ]);
  });

  it("counts what its client gives up as 499", async () => {
    const of = onExpress();
    let arrived = 0;
    const { url } = await listening(
      application(of, (app) => {
        app.get("/slow/:id", (_request, response) => {
          arrived++;
          setTimeout(() => response.end("late"), 200);
        });
      }),
    );
    await giveUp(`${url}/slow/1`, () => arrived === 1);
    await until(async () => (await requestsOf(of)).length > 0);
    await sleep(300);
    expect(await requestsOf(of)).toEqual(["GET /slow/:id 499 1"]);
  });

  it("answers for its health and its metrics, and counts neither", async () => {
    let isReady = true;
    const of = expressService("order-service", { env: {}, ready: () => isReady });
    const { url } = await listening(
      application(of, (app) => {
        app.get("/orders/:id", (_request, response) => void response.send("ok"));
      }),
    );
    expect(await ask(url, "/health", "/health/live", "/health/ready?x", "/metrics")).toEqual([
      200, 200, 200, 200,
    ]);
    isReady = false;
    expect(await ask(url, "/health/ready", "/health/live")).toEqual([503, 200]);
    isReady = true;
    of.stopBeingReady();
    expect(await ask(url, "/health/ready")).toEqual([503]);
    const labels = { method: "GET", route: "/orders/:id" };
    for (const status_code of ["200", "500"]) {
      expect(valueOf(await families(of), "http_requests_total", { ...labels, status_code })).toBe(0);
    }
    expect(await requestsOf(of)).toEqual([]);
  });

  it.each([
    ["text", "text/plain"],
    ["OpenMetrics", "application/openmetrics-text; version=1.0.0"],
  ] as const)("keeps the catalogue's contract in %s", async (format, accept) => {
    const of = onExpress();
    of.metrics.orders_failed_total.inc({ reason: "insufficient_stock" });
    const { url } = await listening(
      application(of, (app) => {
        app.get("/orders/:id", (_request, response) => void response.send("ok"));
      }),
    );
    await ask(url, "/orders/1", "/orders/2", "/nowhere");
    const answer = await fetch(`${url}/metrics`, { headers: { accept } });
    expect(answer.headers.get("content-type")).toContain(accept.split(";")[0]);
    const exposition = parseExposition(await answer.text(), format);
    expect(checkContract(exposition, { catalogue, service: "order-service" })).toEqual([]);
    expect(countedIn(exposition.families, "orders_failed_total")).toEqual(["insufficient_stock 1"]);
  });
});

describe("a service on node:http", () => {
  it("counts requests by the route that it tells, each once on a connection that is kept", async () => {
    const of = onHttp();
    const { url, port } = await listening(
      of.handler(
        ({ url: path = "" }, response) => {
          response.statusCode = path.startsWith("/orders/") ? 200 : 404;
          response.end("x");
        },
        ({ url: path = "" }) => (path.startsWith("/orders/") ? "/orders/:id" : undefined),
      ),
    );
    await ask(url, "/orders/1", "/orders/2", "/x", "/health", "/metrics");
    const get = "GET /orders/3 HTTP/1.1\r\nHost: x\r\n";
    const { statuses } = await sendRaw(port, `${get}\r\n`, 20, `${get}Connection: close\r\n\r\n`);
    expect(statuses).toEqual([200, 200]);
    expect(await requestsOf(of)).toEqual(["GET /orders/:id 200 4", "GET unmatched 404 1"]);
    const exposition = parseExposition(await of.render("text"), "text");
    expect(checkContract(exposition, { catalogue, service: "order-service" })).toEqual([]);
  });

  it("counts 499 where the client went away, and 500 where the service cut its answer", async () => {
    const of = onHttp();
    let arrived = 0;
    const { url } = await listening(
      of.handler(({ url: path }, response) => {
        arrived++;
        response.write("half");
        if (path === "/cut") setImmediate(() => response.destroy());
      }),
    );
    await giveUp(`${url}/slow`, () => arrived === 1);
    await expect(ask(url, "/cut")).rejects.toThrow();
    await until(async () => (await requestsOf(of)).length === 2);
    expect(await requestsOf(of)).toEqual(["GET unmatched 499 1", "GET unmatched 500 1"]);
  });
});
