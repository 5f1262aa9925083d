import { JsonMetricsSerializer, ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { servicesOf } from "../../../../metrics/catalogue";
import { checkOtlp } from "../../../../metrics/contract/otlp/check";
import { decodeMetrics } from "../../../../metrics/contract/otlp/decode";
import { ReceivedByOtlp } from "../../../../metrics/contract/otlp/received";
import { SeriesByOtlp } from "../../../../metrics/contract/otlp/series";
import { httpLatencyBuckets } from "../../../../metrics/http";
import { catalogue } from "../../../support/settled-system";
import {
  attributes,
  bytesOf,
  counterOf,
  histogramOf,
  metricsRequest,
  receivedOf,
} from "../../../support/otlp-requests";

const service = "auth-service";
const http = { method: "POST", route: "/login", status_code: 200 };
/** As OpenTelemetry calls what Prometheus has as that metric: `a.b` for `a_b_seconds`. */
const instrumentOf = (metric: string) => metric.replace(/_(?:total|seconds)$/, "").replaceAll("_", ".");
const requests = instrumentOf("http_requests_total");
const latency = instrumentOf("http_request_duration_seconds");
const inMilliseconds = "http_request_duration_seconds".replace(/_seconds$/, "_milliseconds");
/** What the auth service measures by the catalogue, named as OpenTelemetry does or as the catalogue does. */
const sound: Readonly<Record<string, object>> = {
  requests: counterOf(requests, http, 1, "{request}"),
  duration: histogramOf(latency, http),
  logins: counterOf("login_attempts_total", { status: "success" }),
  registrations: counterOf("registrations", {}, 0),
  validations: counterOf("token.validations", { result: "valid" }, 1, "validations"),
};
const withChange = (change: Readonly<Record<string, object>>) =>
  receivedOf(metricsRequest(service, ...Object.values({ ...sound, ...change })));

function findingsIn(received: ReceivedByOtlp, of: string | undefined = service): readonly string[] {
  const { services, findings } = checkOtlp(received, { catalogue, service: of });
  return [...services.flatMap((each) => each.findings), ...findings].map(
    ({ kind, metric, message }) => `${kind}: ${metric} ${message}`,
  );
}

/** The point of an instrument, changed. */
function pointOf(metric: object, change: object, kind = "sum"): object {
  const { [kind]: data } = metric as Record<string, { dataPoints: object[] }>;
  return { ...metric, [kind]: { ...data, dataPoints: [{ ...data?.dataPoints[0], ...change }] } };
}

const inOneLine = (metric: object, kind: string, of: object) => ({ ...metric, [kind]: of });

describe("the contract check of metrics by OTLP", () => {
  it("finds nothing in a service that fits, and counts what came", () => {
    const received = withChange({});
    expect(findingsIn(received)).toEqual([]);
    expect(checkOtlp(received, { catalogue, service }).services).toEqual([
      { service, metrics: 5, spans: { server: 0, client: 0, other: 0 }, findings: [] },
    ]);
  });

  it.each<[what: string, change: Readonly<Record<string, object>>, findings: readonly string[]]>([
    [
      "a metric that is not sent",
      { registrations: counterOf("jvm.classes") },
      ["missing: registrations_total is not sent, or nothing was counted yet"],
    ],
    [
      "a slip, told by what the program calls it",
      { registrations: counterOf("registration", {}, 0, "{user}") },
      [
        "missing: registrations_total is not sent; did you mean it by registration_total?",
        'unknown: registration_total the catalogue has no such metric of auth-service, made of the instrument "registration" in "{user}"; did you mean "registrations_total"?',
      ],
    ],
    [
      "another unit",
      { duration: histogramOf(latency, http, "ms") },
      [
        `unit: http_request_duration_seconds must be in seconds, but there is ${inMilliseconds}`,
        `unknown: ${inMilliseconds} the catalogue has no such metric of auth-service, made of the instrument "${latency}" in "ms"; did you mean "http_request_duration_seconds"?`,
      ],
    ],
    [
      "an UpDownCounter in place of a counter",
      {
        registrations: inOneLine(counterOf("registrations_total"), "sum", {
          aggregationTemporality: 2,
          dataPoints: [{ asInt: 1 }],
        }),
      },
      ["type: registrations_total must be a counter, is a gauge"],
    ],
    [
      "an exponential histogram",
      {
        duration: {
          ...{ name: latency, unit: "s" },
          exponentialHistogram: { aggregationTemporality: 2, dataPoints: [{ count: 1, scale: 3 }] },
        },
      },
      ["type: http_request_duration_seconds must be a histogram, is an exponential histogram"],
    ],
    [
      "a summary",
      {
        duration: {
          ...{ name: latency, unit: "s" },
          summary: { dataPoints: [{ count: 1, sum: 2, quantileValues: [{ quantile: 0.5, value: 1 }] }] },
        },
      },
      ["type: http_request_duration_seconds must be a histogram, is a summary"],
    ],
    [
      "delta temporality",
      {
        logins: inOneLine(counterOf("login_attempts"), "sum", {
          isMonotonic: true,
          aggregationTemporality: 1,
          dataPoints: [{ asInt: 1, attributes: attributes({ status: "failure" }) }],
        }),
      },
      [
        "temporality: login_attempts_total has delta temporality; Prometheus refuses all but cumulative: set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative",
      ],
    ],
    [
      "no temporality",
      {
        duration: inOneLine(histogramOf(latency, http), "histogram", { dataPoints: [] }),
        other: inOneLine(counterOf("registrations"), "sum", {
          isMonotonic: true,
          dataPoints: [{ asInt: 0 }],
        }),
      },
      [
        "temporality: registrations_total has no temporality; Prometheus refuses all but cumulative: set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative",
        "missing: http_request_duration_seconds is not sent, or nothing was counted yet",
      ],
    ],
    [
      "a path where a route's template should be",
      { requests: counterOf(requests, { ...http, route: "/users/42" }) },
      [
        'label: http_requests_total has route="/users/42", which are paths; give their template, such as "/users/:id"',
      ],
    ],
    [
      "a label too many, and one that is missing",
      { requests: counterOf(requests, { method: "GET", route: "/", "http.status": 200 }) },
      [
        'label: http_requests_total has the label "http_status", which is not allowed',
        'label: http_requests_total lacks the label "status_code"',
      ],
    ],
    [
      "the buckets of an SDK",
      { duration: histogramOf(latency, http, "s", [1, 2.5]) },
      [
        'buckets: http_request_duration_seconds must have the buckets 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf, has 1 2.5 +Inf, at {method="POST",route="/login",status_code="200"}',
      ],
    ],
    [
      "a histogram without a sum, whose counts do not fit",
      {
        duration: pointOf(
          histogramOf(latency, http),
          { sum: undefined, count: "7", bucketCounts: ["1"] },
          "histogram",
        ),
      },
      [
        "incomplete: http_request_duration_seconds has 1 counts for 11 bounds; there is one more count",
        "incomplete: http_request_duration_seconds has no http_request_duration_seconds_sum",
        'buckets: http_request_duration_seconds must have the buckets 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf, has 0.005 +Inf, at {method="POST",route="/login",status_code="200"}',
      ],
    ],
    [
      "two instruments that become one metric",
      { other: counterOf("registrations.total", {}, 4) },
      ["duplicate: registrations_total has the series registrations_total[] twice"],
    ],
    [
      "a counter that is negative",
      { registrations: counterOf("registrations", {}, -1) },
      ["value: registrations_total is -1; a counter is 0 or more"],
    ],
    [
      "an attribute that can be no label, and an instrument that can be no metric",
      {
        registrations: counterOf("registrations", { "..": "x" }),
        other: { name: "😀", gauge: { dataPoints: [{ asInt: 1 }] } },
        another: { name: "of.tomorrow" },
      },
      [
        'label: registrations_total has the attribute "..", of which no label can be; Prometheus refuses it',
        'format: "😀" has no letter and no digit in its name; Prometheus refuses it',
        'type: "of.tomorrow" is of a kind that OTLP has not had so far',
      ],
    ],
  ])("finds %s", (_what, change, findings) => {
    expect(findingsIn(withChange(change))).toEqual(findings);
  });

  it("finds a series that is there twice at one time, and takes several values in one request", () => {
    const point = { asInt: 1, timeUnixNano: "5" };
    const counter = (...dataPoints: object[]) =>
      withChange({
        registrations: {
          name: "registrations",
          sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints },
        },
      });
    expect(findingsIn(counter(point, { ...point, timeUnixNano: "6" }))).toEqual([]);
    expect(findingsIn(counter(point, point))).toEqual([
      "duplicate: registrations_total has the series registrations_total[] twice at one time",
    ]);
  });

  it("has the last value of each series, whichever process sent it, until it ends", () => {
    const ended = pointOf(counterOf("registrations", { old: "label" }), { flags: 1 });
    const first = metricsRequest(
      service,
      counterOf("registrations", { old: "label" }),
      counterOf("registrations"),
    );
    const received = receivedOf(first, metricsRequest(service, counterOf("registrations", {}, 9), ended));
    const { families } = received.sent.get(service)?.series.exposition() ?? {};
    expect(families?.get("registrations_total")?.samples).toEqual([
      { name: "registrations_total", labels: {}, value: 9 },
    ]);
  });

  it("keeps so many label sets, and says that there are more", () => {
    const series = new SeriesByOtlp(3);
    const add = (...ids: readonly string[]) => {
      const metrics = ids.map((id) => counterOf("ids", { id }));
      const request = bytesOf("metrics", metricsRequest(service, ...metrics));
      for (const sent of decodeMetrics(request, "json")) series.add(sent);
    };
    add("a", "b", "c");
    expect(series.findings()).toEqual([]);
    add("d", "a", "e");
    expect(series.findings()).toEqual([
      {
        ...{ kind: "bound", metric: "ids_total" },
        message: "is not checked to its end: the service sends more than 3 label sets of all its metrics",
      },
    ]);
    expect(series.exposition().families.get("ids_total")?.samples).toHaveLength(3);
  });

  it("makes one label of attributes that get one name, and texts of all values", () => {
    const values = [
      ...attributes({ "a.b": "1", "a-b": "2", yes: true, whole: 12 }),
      { key: "half", value: { doubleValue: 0.5 } },
      { key: "large", value: { intValue: "9007199254740993" } },
      { key: "list", value: { arrayValue: { values: [{ stringValue: "x" }, { intValue: 1 }] } } },
      { key: "map", value: { kvlistValue: { values: [{ key: "k", value: { boolValue: false } }] } } },
      { key: "nothing" },
    ];
    const received = receivedOf(
      metricsRequest(service, { name: "g", gauge: { dataPoints: [{ attributes: values }] } }),
    );
    const { families } = received.sent.get(service)?.series.exposition() ?? {};
    expect(families?.get("g")?.samples[0]?.labels).toEqual({
      ...{ a_b: "2;1", yes: "true", whole: "12", half: "0.5", large: "9007199254740993" },
      ...{ list: '["x",1]', map: '{"k":false}', nothing: "" },
    });
  });

  it("lets what SDKs measure of runtimes be, and asks a Node.js service for no metrics of prom-client", () => {
    const runtime = [
      "nodejs.eventloop.delay.max",
      "v8js.memory.heap.used",
      "cpython.gc.collections",
      "jvm.memory.used",
    ];
    const gauges = runtime.map((name) => ({ name, gauge: { dataPoints: [{ asInt: 1 }] } }));
    expect(findingsIn(withChange(Object.fromEntries(gauges.map((gauge) => [gauge.name, gauge]))))).toEqual(
      [],
    );
  });

  it("checks the service alone that was asked for, and names the others", () => {
    const wrong = metricsRequest("order-service", counterOf("nonsense"));
    const received = receivedOf(metricsRequest(service, ...Object.values(sound)), wrong);
    expect(findingsIn(received)).toEqual([]);
    expect(checkOtlp(received, { catalogue, service }).others).toEqual(["order-service"]);
    const any = checkOtlp(received, { catalogue });
    expect(
      any.services.map(({ service: name, findings }) => [name, findings.map(({ kind }) => kind)]),
    ).toEqual([
      [service, []],
      ["order-service", ["missing", "missing"]],
    ]);
  });

  it.each([
    [
      "auth-servce",
      'is "auth-servce" in all that came, and never "auth-service"; did you mean "auth-service"?',
    ],
    ["order-service", 'is "order-service" in all that came, and never "auth-service"'],
    [undefined, "is missing in metrics; set OTEL_SERVICE_NAME"],
    ["unknown_service:node", "is missing in metrics; set OTEL_SERVICE_NAME"],
  ])("finds that the service never came where service.name is %j", (name, message) => {
    expect(findingsIn(receivedOf(metricsRequest(name, counterOf("registrations"))))).toEqual([
      `service: service.name ${message}`,
    ]);
  });

  it("says nothing of a request in which nothing is", () => {
    const received = receivedOf(metricsRequest(service), { resourceSpans: [{ resource: {} }] });
    expect(checkOtlp(received, { catalogue, service })).toEqual({ services: [], others: [], findings: [] });
  });
});

describe("what OpenTelemetry's SDK for Node.js sends", () => {
  const providers: MeterProvider[] = [];
  afterAll(() => Promise.all(providers.map((provider) => provider.shutdown())));

  async function sent(temporality: AggregationTemporality, bounds: readonly number[]) {
    const exporter = new InMemoryMetricExporter(temporality);
    const provider = new MeterProvider({
      resource: resourceFromAttributes({ "service.name": service }),
      readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
      views: [
        {
          instrumentName: latency,
          aggregation: {
            type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
            options: { boundaries: [...bounds] },
          },
        },
      ],
    });
    providers.push(provider);
    const meter = provider.getMeter("shop");
    meter.createCounter(requests, { unit: "{request}" }).add(1, http);
    meter.createHistogram(latency, { unit: "s" }).record(0.2, http);
    meter.createCounter("login_attempts_total").add(2, { status: "failure" });
    meter.createCounter("registrations").add(0);
    meter.createCounter("token_validations").add(1, { result: "valid" });
    await provider.forceFlush();
    const [metrics] = exporter.getMetrics();
    if (metrics === undefined) throw new Error("The SDK has exported nothing.");
    return metrics;
  }

  it.each([
    ["JSON", "json", JsonMetricsSerializer],
    ["Protocol Buffers", "protobuf", ProtobufMetricsSerializer],
  ] as const)("is read in %s: right, and wrong", async (_title, encoding, serializer) => {
    const read = async (...args: Parameters<typeof sent>) => {
      const received = new ReceivedByOtlp(servicesOf(catalogue));
      received.take(
        "metrics",
        serializer.serializeRequest(await sent(...args)) ?? new Uint8Array(),
        encoding,
      );
      return findingsIn(received);
    };
    expect(await read(AggregationTemporality.CUMULATIVE, httpLatencyBuckets)).toEqual([]);
    const wrong = await read(AggregationTemporality.DELTA, [1, 2]);
    expect(new Set(wrong.map((finding) => finding.replace(/:.*$/, "")))).toEqual(
      new Set(["temporality", "buckets"]),
    );
  });
});
