import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeGoModule, writeModule } from "../../support/languages/folders";
import { go, goProgram, python, pythonServices } from "../../support/languages/programs";
import { otlpCheckOf, type OtlpCheck } from "../../support/otlp-check";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

const root = resolve(__dirname, "../../..");
const newFolder = temporaryFolder();
const subject = "auth-service";
/** What is asked: a route with a parameter, one that fails, and none. */
const paths = ["/users/17", "/users/18", "/broken", "/nothing/17"];

jest.setTimeout(300_000);

function expectClean({ status, output }: OtlpCheck<unknown>, clientSpans = "no client spans"): void {
  expect(output).toContain(
    `${subject} by OTLP: no metrics, 4 server spans, ${clientSpans}, all as the catalogue and the queries have them.`,
  );
  expect(status).toBe(0);
}

/** A program that listens with this, asks itself, and ends. @param maker makes its service, by `support/instrumentation` */
function inNode(endpoint: string, maker: string, lines: readonly string[]): string {
  const from = (path: string) => `require(${JSON.stringify(join(root, path))})`;
  const [app = "", ...more] = lines;
  return `
const { once } = require("node:events");
const { createServer } = require("node:http");
const express = ${from("node_modules/express")};
const { ${maker} } = ${from("__tests__/support/instrumentation")};
const of = ${maker}("${subject}", { env: { OTEL_EXPORTER_OTLP_ENDPOINT: "${endpoint}" } });
async function run() {
  ${more.join("\n  ")}
  const server = createServer(${app}).listen(0, "127.0.0.1");
  await once(server, "listening");
  for (const path of ${JSON.stringify(paths)}) {
    await (await fetch("http://127.0.0.1:" + server.address().port + path)).text();
  }
  server.closeAllConnections();
  server.close();
  await of.close();
}
run();
`;
}

describe("the spans of the instrumentation on Node.js", () => {
  it.each([
    [
      "Express",
      "expressService",
      [
        "app",
        "const app = express().set('env', 'test').use(of.middleware);",
        "app.get('/users/:id', (_request, response) => response.json({}));",
        "app.get('/broken', () => { throw new Error('It is broken.'); });",
      ],
    ],
    [
      "node:http",
      "httpService",
      [
        "of.handler(listener, routeOf)",
        "const routeOf = ({ url }) => url.startsWith('/users/') ? '/users/:id' : url === '/broken' ? url : undefined;",
        "const listener = (request, response) => {",
        "  response.statusCode = request.url === '/broken' ? 500 : routeOf(request) ? 200 : 404;",
        "  response.end();",
        "};",
      ],
    ],
  ])("are as queries over traces use them, with %s", async (_name, maker, lines) => {
    const check = await otlpCheckOf(subject, ({ http }) => {
      const file = join(newFolder(), "program.cjs");
      writeFileSync(file, inNode(http, maker, lines));
      return spawnSync(process.execPath, ["--require", "tsx/cjs", file], { cwd: root, encoding: "utf8" });
    });
    expect([check.sent.status, check.sent.stderr]).toEqual([0, ""]);
    expectClean(check);
  });
});

describeWith([pythonServices], "the spans of the instrumentation in Python, with FastAPI", () => {
  it("are as queries over traces use them", async () => {
    const lines = [
      "from fastapi import FastAPI",
      "from fastapi.testclient import TestClient",
      "from microservices_monitoring.fastapi import instrument",
      "from microservices_monitoring.spans import outgoing",
      "from opentelemetry import trace",
      "from auth_service_metrics import AuthServiceMetrics",
      "app = FastAPI()",
      "instrument(app, AuthServiceMetrics())",
      "@app.get('/users/{id}')",
      "def user(id: int):",
      "    with outgoing('GET', 'http://127.0.0.1:1/products/1', service='product-service', template='/products/:id') as call:",
      "        call.answered(200)",
      "    return {}",
      "@app.get('/broken')",
      "def broken(): raise ValueError('It is broken.')",
      "client = TestClient(app, raise_server_exceptions=False)",
      ...paths.map((path) => `client.get(${JSON.stringify(path)})`),
      "trace.get_tracer_provider().shutdown()",
      "",
    ];
    const check = await otlpCheckOf(subject, ({ http }) => {
      const folder = newFolder();
      writeModule(folder, subject, "python");
      writeFileSync(join(folder, "program.py"), lines.join("\n"));
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: http };
      return python(["-W", "ignore", "program.py"], folder, env);
    });
    expect([check.sent.status, check.sent.status === 0 ? "" : check.sent.stderr]).toEqual([0, ""]);
    expectClean(check, "2 client spans");
  });
});

describeWith([goProgram], "the spans of the instrumentation in Go", () => {
  it("are as queries over traces use them", async () => {
    const program = (endpoint: string) => `package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"

	"microservices-monitoring/go/monitoring"
	"microservices-monitoring/go/tracing"
	"try/metrics"
)

func main() {
	os.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", ${JSON.stringify(endpoint)})
	stop, err := tracing.Start(context.Background(), ${JSON.stringify(subject)})
	if err != nil {
		panic(err)
	}
	defer stop()
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer other.Close()
	client := &http.Client{Transport: monitoring.Transport("product-service", nil)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{id}", func(w http.ResponseWriter, r *http.Request) {
		ctx := monitoring.WithTemplate(r.Context(), "/products/:id")
		request, _ := http.NewRequestWithContext(ctx, "GET", other.URL+"/products/1", nil)
		response, err := client.Do(request)
		if err != nil {
			panic(err)
		}
		response.Body.Close()
	})
	mux.HandleFunc("GET /broken", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) })
	handler := metrics.NewAuthService().Handler(mux)
	for _, path := range []string{${paths.map((path) => JSON.stringify(path)).join(", ")}} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
}
`;
    const check = await otlpCheckOf(subject, ({ http }) => {
      const folder = newFolder();
      mkdirSync(join(folder, "metrics"));
      writeModule(join(folder, "metrics"), subject, "go");
      makeGoModule(folder);
      writeFileSync(join(folder, "main.go"), program(http));
      return go(["run", "."], folder);
    });
    expect([check.sent.status, check.sent.status === 0 ? "" : check.sent.stderr]).toEqual([0, ""]);
    expectClean(check, "2 client spans");
  });
});
