import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { flaskServices } from "../../../demo/flask/services";
import type { RunningServices } from "../../../demo/services";
import { servicesOf } from "../../../metrics/catalogue";
import { checkOtlp } from "../../../metrics/contract/otlp/check";
import { ReceivedByOtlp } from "../../../metrics/contract/otlp/received";
import { startOtlpReceiver, type OtlpReceiver } from "../../../metrics/contract/otlp/receiver/receiver";
import { sendTraffic } from "../../../services/traffic/traffic";
import { python, pythonServices } from "../../support/languages/programs";
import { otlpCheckOf } from "../../support/otlp-check";
import { describeWith } from "../../support/require-program";
import { startTestServices } from "../../support/running-services";
import { catalogue } from "../../support/system";
import { temporaryFolder } from "../../support/temporary-folder";

const newFolder = temporaryFolder();

jest.setTimeout(180_000);

/** What the four services send while customers come in, some of whom fail. */
async function sentBy(instead: ReturnType<typeof flaskServices>): Promise<ReceivedByOtlp> {
  const received = new ReceivedByOtlp(servicesOf(catalogue));
  let receiver: OtlpReceiver | undefined;
  let services: RunningServices | undefined;
  try {
    receiver = await startOtlpReceiver(received, { http: 0, grpc: 0 });
    services = await startTestServices({
      instead,
      env: { FAULT_INJECTION: "on", OTEL_EXPORTER_OTLP_ENDPOINT: receiver.urls.http },
    });
    const url = new URL(services.urls["api-gateway"]);
    await sendTraffic({ url, rate: 10, durationSeconds: 8, errors: 0.2, slow: 0 });
    // Paths that there are not, and methods that are unusual.
    for (const [path, method] of [
      ["/nothing/17", "GET"],
      ["/api/orders/orders/17", "PROPFIND"],
      ["/api/auth/login", "GET"],
    ] as const) {
      for (const target of Object.values(services.urls)) await fetch(`${target}${path}`, { method });
    }
  } finally {
    // A service sends what it has when it ends.
    await services?.stop();
    await receiver?.stop();
  }
  return received;
}

function expectAllClean(received: ReceivedByOtlp): void {
  const { services, others, findings } = checkOtlp(received, { catalogue });
  expect([others, findings]).toEqual([[], []]);
  expect(services.map(({ service }) => service).sort()).toEqual([...servicesOf(catalogue)].sort());
  for (const { service, spans, findings: found } of services) {
    expect([service, found]).toEqual([service, []]);
    expect([service, spans.server > 10]).toEqual([service, true]);
  }
}

describe("the spans of the four services", () => {
  it("are as queries over traces use them", async () => {
    expectAllClean(await sentBy({}));
  });
});

describeWith([pythonServices], "the spans of services in Flask", () => {
  it("are as queries over traces use them", async () => {
    expectAllClean(await sentBy(flaskServices(pythonServices.name)));
  });
});

/** A program that measures what the auth service does, by OpenTelemetry alone, and answers a request. */
function program(protocol: "http" | "grpc", isRight: boolean): string {
  const buckets = isRight ? "[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]" : "[1, 2]";
  const labels = `{"method": "GET", "route": "${isRight ? "/users/:id" : "/users/17"}", "status_code": 200}`;
  return `
from opentelemetry.exporter.otlp.proto.${protocol}.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.${protocol}.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import ExplicitBucketHistogramAggregation, View
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind

view = View(instrument_name="http.request.duration", aggregation=ExplicitBucketHistogramAggregation(${buckets}))
metrics = MeterProvider([PeriodicExportingMetricReader(OTLPMetricExporter())], views=[view])
meter = metrics.get_meter("auth")
labels = ${labels}
meter.create_counter("http.requests", unit="{request}").add(1, labels)
meter.create_histogram("http.request.duration", unit="s").record(0.3, labels)
meter.create_counter("login_attempts_total").add(1, {"status": "${isRight ? "success" : "ok"}"})
meter.create_counter("${isRight ? "registrations" : "registration"}", unit="{user}").add(0)
meter.create_counter("token.validations").add(1, {"result": "valid"})

traces = TracerProvider()
traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
span = traces.get_tracer("auth").start_span("GET /users/${isRight ? ":id" : "17"}", kind=SpanKind.SERVER)
span.set_attributes({"http.request.method": "GET", "http.route": "/users/:id", "url.path": "/users/17"})
span.set_attribute("${isRight ? "http.response.status_code" : "http.status_code"}", 200)
span.end()
traces.shutdown()
metrics.shutdown()
`;
}

describeWith(
  [pythonServices],
  "the check of metrics by OTLP, of a program in Python with OpenTelemetry's SDK",
  () => {
    const checked = (protocol: "http" | "grpc", isRight: boolean, env: NodeJS.ProcessEnv = {}) =>
      otlpCheckOf("auth-service", ({ [protocol]: endpoint }) => {
        const folder = newFolder();
        writeFileSync(join(folder, "program.py"), program(protocol, isRight));
        const variables = { OTEL_SERVICE_NAME: "auth-service", OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
        return python(["program.py"], folder, { ...variables, ...env });
      });
    const cases = [
      ["http", {}],
      ["http", { OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" }],
      ["grpc", {}],
      ["grpc", { OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" }],
    ] as const;

    it.each(cases)("finds nothing in what is right, over %s with %j", async (protocol, env) => {
      const { sent, status, output } = await checked(protocol, true, env);
      expect([sent.status, sent.stderr]).toEqual([0, ""]);
      expect(output).toContain('"auth-service" sends metrics.');
      expect(output).toContain(
        "auth-service by OTLP: 5 metrics, 1 server span, no client spans, all as the catalogue",
      );
      expect(status).toBe(0);
    });

    it.each(["http", "grpc"] as const)("finds what is wrong, over %s", async (protocol) => {
      const { status, output } = await checked(protocol, false);
      expect(status).toBe(1);
      for (const finding of [
        /label +http_requests_total has route="\/users\/17", which are paths/,
        /buckets +http_request_duration_seconds must have the buckets 0\.005 .* has 1 2 \+Inf/,
        /label +login_attempts_total has status="ok"/,
        /missing +registrations_total is not sent; did you mean it by registration_total\?/,
        /unknown +registration_total .*, made of the instrument "registration" in "\{user\}"/,
        /name +server spans \(1: "GET \/users\/17"\) are named by their path/,
        /attribute +server spans \(1: "GET \/users\/17"\) have http\.status_code, which is http\.response\.status_code now/,
      ]) {
        expect(output).toMatch(finding);
      }
    });

    it("finds delta temporality, which the SDK sends where a variable asks for it", async () => {
      const delta = { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "DELTA" };
      const { status, output } = await checked("http", true, delta);
      expect(status).toBe(1);
      expect(output).toMatch(/temporality login_attempts_total has delta temporality/);
    });
  },
);
