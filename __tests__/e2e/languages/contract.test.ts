import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkContract } from "../../../metrics/contract/check";
import { parseExposition, type ExpositionFormat } from "../../../metrics/contract/exposition";
import { pascalCase, snakeCase } from "../../../metrics/generate/words";
import { makeGoModule, writeModule } from "../../support/languages/folders";
import { go, goProgram, python, pythonServices } from "../../support/languages/programs";
import { goCall, pythonCall, randomCalls, type Call } from "../../support/languages/random-calls";
import { describeWith } from "../../support/require-program";
import { catalogue } from "../../support/system";
import { temporaryFolder } from "../../support/temporary-folder";

const newFolder = temporaryFolder();
const services = ["api-gateway", "product-service", "auth-service", "order-service"] as const;
const formats: Readonly<Record<ExpositionFormat, string>> = {
  text: "text/plain",
  OpenMetrics: "application/openmetrics-text; version=1.0.0",
};
const separator = "=== OpenMetrics\n";

jest.setTimeout(300_000);

/** Calls of each instrument: a client such as Go's shows no metric before it has a series. */
function callsOf(service: string): readonly Call[] {
  return randomCalls(catalogue, service, 100, 5);
}

/** An application of Flask or FastAPI that answers some requests and prints its metrics, in either format. */
function inPython(service: string, framework: "flask" | "fastapi"): string {
  const folder = newFolder();
  writeModule(folder, service, "python");
  const [create, get] = {
    flask: [
      "from flask import Flask as App\napp = App('x')",
      "app.test_client().get(path, headers=headers, buffered=True).data",
    ],
    fastapi: [
      "from fastapi import FastAPI\nfrom fastapi.testclient import TestClient\napp = FastAPI()",
      "TestClient(app).get(path, headers=headers).content",
    ],
  }[framework] as [string, string];
  const lines = [
    "import sys",
    create,
    `from microservices_monitoring.${framework} import instrument`,
    "from microservices_monitoring.units import Dollars, Seconds",
    `from ${snakeCase(service)}_metrics import ${pascalCase(service)}Metrics as Metrics`,
    "metrics = Metrics()",
    "instrument(app, metrics)",
    ...callsOf(service).map(pythonCall),
    "@app.get('/things')",
    "def things(): return {'things': []}",
    "def get(path, **headers):",
    `    return ${get}`,
    "get('/things'); get('/nothing')",
    `sys.stdout.buffer.write(get('/metrics', Accept='${formats.text}') + b'${separator.trim()}\\n' + get('/metrics', Accept='${formats.OpenMetrics}'))`,
    "",
  ];
  writeFileSync(join(folder, "program.py"), lines.join("\n"));
  const { status, stdout, stderr } = python(["-W", "ignore", "program.py"], folder);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function inGo(service: string): string {
  const folder = newFolder();
  mkdirSync(join(folder, "metrics"));
  writeModule(join(folder, "metrics"), service, "go");
  makeGoModule(folder);
  const program = `package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"microservices-monitoring/go/monitoring"
	"try/metrics"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /things", func(http.ResponseWriter, *http.Request) {})
	ctx := context.Background()
	_, _ = ctx, monitoring.Seconds(0)
	m := metrics.New${pascalCase(service)}()
	handler := m.Handler(mux)
${callsOf(service).map(goCall).join("\n")}
	get := func(path, accept string) string {
		request := httptest.NewRequest("GET", path, nil)
		request.Header.Set("Accept", accept)
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		return recorder.Body.String()
	}
	get("/things", "")
	get("/nothing", "")
	fmt.Print(get("/metrics", "${formats.text}"), ${JSON.stringify(separator)}, get("/metrics", "${formats.OpenMetrics}"))
}
`;
  writeFileSync(join(folder, "main.go"), program);
  const { status, stdout, stderr } = go(["run", "."], folder);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Each exposition has what the catalogue says, and the requests that were sent. */
function expectContract(service: string, output: string): void {
  const [text = "", open = ""] = output.split(separator);
  for (const [format, body] of [
    ["text", text],
    ["OpenMetrics", open],
  ] as const) {
    const exposition = parseExposition(body, format);
    expect([format, checkContract(exposition, { catalogue, service })]).toEqual([format, []]);
    const requests = exposition.families.get("http_requests_total")?.samples ?? [];
    const counted = requests
      .filter(({ value }) => value > 0)
      .map(({ labels, value }) => [labels.route, labels.status_code, value]);
    expect(counted.sort()).toEqual([
      ["/things", "200", 1],
      ["unmatched", "404", 1],
    ]);
  }
}

describeWith([pythonServices], "what a service in Python exposes", () => {
  it.each(services)("is what the catalogue says of %s, with Flask and with FastAPI", (service) => {
    for (const framework of ["flask", "fastapi"] as const) {
      expectContract(service, inPython(service, framework));
    }
  });
});

describeWith([goProgram], "what a service in Go exposes", () => {
  it.each(services)("is what the catalogue says of %s", (service) => {
    expectContract(service, inGo(service));
  });
});
