import { catalogueOf } from "../../../metrics/catalogue";
import { checkContract, type Subject } from "../../../metrics/contract/check";
import { parseExposition } from "../../../metrics/contract/exposition";
import { counter, gauge, owned } from "../../../metrics/define";
import { oneOf } from "../../../metrics/labels";
import { catalogue } from "../../support/settled-system";

/** A metric's name without what Prometheus adds to it, as clients and OpenMetrics have it. */
const short = (metric: string) => metric.replace(/_(?:total|seconds)$/, "");
const latency = "http_request_duration_seconds";
const requests = "http_requests_total";
const httpBuckets = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"];
const http = (route = "/login", status = "200") => {
  const labels = `method="POST",route="${route}",status_code="${status}"`;
  return [
    ...httpBuckets.map((le) => `http_request_duration_seconds_bucket{${labels},le="${le}"} 1`),
    `http_request_duration_seconds_sum{${labels}} 0.001`,
    `http_request_duration_seconds_count{${labels}} 1`,
    `http_requests_total{${labels}} 1`,
  ];
};
const subjectOf = (service: string): Subject => ({ catalogue, service });
const anyService: Subject = { catalogue };
/** The auth service as Python's client would expose it. */
const python = [
  "# TYPE python_info gauge",
  'python_info{implementation="CPython"} 1',
  "# TYPE process_open_fds gauge",
  "process_open_fds 9",
  "# TYPE http_requests_total counter",
  "# TYPE http_request_duration_seconds histogram",
  ...http(),
  `# TYPE ${short(requests)}_created gauge`,
  `${short(requests)}_created{method="POST",route="/login",status_code="200"} 1.7e+09`,
  "# TYPE login_attempts_total counter",
  'login_attempts_total{status="success"} 1.0',
  "# TYPE login_attempts_created gauge",
  'login_attempts_created{status="success"} 1.7e+09',
  "# TYPE registrations_total counter",
  "registrations_total 0.0",
  "# TYPE token_validations_total counter",
  'token_validations_total{result="valid"} 0.0',
];
const findings = (lines: readonly string[], subject = subjectOf("auth-service")) =>
  checkContract(parseExposition(lines.join("\n"), "text"), subject).map(
    ({ kind, metric, message }) => `${kind}: ${metric} ${message}`,
  );
const edited = (from: string | RegExp, to: string) => python.map((line) => line.replace(from, to));
const without = (text: string) => python.filter((line) => !line.includes(text));

describe("the contract check", () => {
  it("finds nothing in a Python service that fits", () => {
    expect(findings(python)).toEqual([]);
  });

  it.each([
    [
      "a metric that is missing",
      without("registrations_total"),
      "missing: registrations_total is not exposed",
    ],
    [
      "one that is unknown",
      [...python, "# TYPE logouts_total counter", "logouts_total 1"],
      "unknown: logouts_total the catalogue has no such metric of auth-service",
    ],
    [
      "a wrong type",
      edited("# TYPE registrations_total counter", "# TYPE registrations_total gauge"),
      "type: registrations_total must be a counter, is a gauge",
    ],
    [
      "no type",
      without("# TYPE registrations_total"),
      "type: registrations_total must be a counter, is announced as no type",
    ],
    [
      "a label that is missing",
      edited(',status_code="200"} 1', "} 1").map((line) => line),
      'label: http_requests_total lacks the label "status_code"',
    ],
    [
      "a label that is not allowed",
      edited("registrations_total 0.0", 'registrations_total{country="at"} 0.0'),
      'label: registrations_total has the label "country", which is not allowed',
    ],
    [
      "a label that the scrape sets",
      edited("registrations_total 0.0", 'registrations_total{service="auth-service"} 0.0'),
      'label: registrations_total has the label "service", which is not allowed',
    ],
    [
      "a value that is not allowed",
      edited('status="success"', 'status="ok"'),
      'label: login_attempts_total has status="ok"; allowed are success, failure',
    ],
    [
      "buckets that differ",
      without('le="2.5"'),
      'buckets: http_request_duration_seconds must have the buckets 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf, has 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 5 10 +Inf, at {method="POST",route="/login",status_code="200"}',
    ],
    [
      "a histogram without its count",
      without("http_request_duration_seconds_count"),
      "incomplete: http_request_duration_seconds has no http_request_duration_seconds_count",
    ],
    [
      "a series that is there twice",
      [...python, "registrations_total 0.0"],
      "duplicate: registrations_total has the series registrations_total[] twice",
    ],
    [
      "a Node metric of a wrong type",
      [...python, "# TYPE process_cpu_seconds_total gauge", "process_cpu_seconds_total 1"],
      "type: process_cpu_seconds_total must be a counter, is a gauge",
    ],
  ])("finds %s", (_name, lines, finding) => {
    expect(findings(lines)).toContain(finding);
  });

  it.each([
    [
      "buckets that fall",
      edited(/le="2.5"} 1$/, 'le="2.5"} 0'),
      'value: http_request_duration_seconds has 0 in the bucket le="2.5" and 1 in le="1"; buckets count all that is at or below their bound, so they never fall',
    ],
    [
      "a last bucket that is not the count",
      edited(/(_count.*) 1$/, "$1 2"),
      'value: http_request_duration_seconds has 1 in the bucket le="+Inf" and 2 as its count; they are one number',
    ],
    [
      "a label set without its count",
      [...python, ...http("/logout").filter((line) => !line.includes("_count"))],
      "incomplete: http_request_duration_seconds has no _count in a label set that has other samples",
    ],
    [
      "a label set without buckets",
      [...python, ...http("/logout").filter((line) => !line.includes("_bucket"))],
      "incomplete: http_request_duration_seconds has no _bucket in a label set that has other samples",
    ],
    [
      "a bucket that is there twice, written in two ways",
      [
        ...python,
        ...http()
          .map((line) => line.replace('le="1"', 'le="1.0"'))
          .filter((line) => line.includes("1.0")),
      ],
      'duplicate: http_request_duration_seconds has the bucket le="1" again as le="1.0"',
    ],
    [
      "a bucket that is no number",
      edited('le="2.5"', 'le="many"'),
      'buckets: http_request_duration_seconds has the bucket le="many", which is no number',
    ],
    [
      "a counter that is no number",
      edited("registrations_total 0.0", "registrations_total NaN"),
      "value: registrations_total is NaN; a counter is 0 or more",
    ],
    [
      "a negative counter",
      edited("registrations_total 0.0", "registrations_total -1"),
      "value: registrations_total is -1; a counter is 0 or more",
    ],
    [
      "two types",
      [...python, "# TYPE registrations_total gauge"],
      "type: registrations_total is announced as counter and as gauge; a metric has one type",
    ],
    [
      "paths where their template should be",
      [...python, ...http("/payments/1"), ...http("/payments/2")],
      'label: http_requests_total has route="/payments/1", "/payments/2", which are paths; give their template, such as "/payments/:id"',
    ],
    [
      "a path with an id that no template has",
      [...python, ...http("/payments/0b8f7a52-5b1d-4b6e-9c1e-3a1d2f4c5b6a")],
      'label: http_requests_total has route="/payments/0b8f7a52-5b1d-4b6e-9c1e-3a1d2f4c5b6a", which are paths; give their template, such as "/payments/:id"',
    ],
    [
      "a single path with a number",
      [...python, ...http("/payments/123/lines")],
      'label: http_requests_total has route="/payments/123/lines", which are paths; give their template, such as "/payments/:id/lines"',
    ],
    [
      "a path with an address of mail",
      [...python, ...http("/users/jo%40example.com")],
      'label: http_requests_total has route="/users/jo%40example.com", which are paths; give their template, such as "/users/:id"',
    ],
    [
      "a slip in a label",
      edited(/login_attempts_total\{status=/, "login_attempts_total{statu="),
      'label: login_attempts_total has the label "statu", which is not allowed; did you mean "status"?',
    ],
    [
      "a slip in a value",
      edited(/login_attempts_total\{status="success"/, 'login_attempts_total{status="sucess"'),
      'label: login_attempts_total has status="sucess"; allowed are success, failure; did you mean "success"?',
    ],
    [
      "a slip in a name, where the other one is",
      edited(/registrations_total/, "registration_total"),
      'unknown: registration_total the catalogue has no such metric of auth-service; did you mean "registrations_total"?',
    ],
    [
      "gauges of several workers that are not added up",
      edited(/^registrations_total /, 'registrations_total{pid="7"} '),
      'label: registrations_total has the label "pid", which is not allowed; a gauge of prometheus_client needs multiprocess_mode="livesum"',
    ],
    [
      "a slip in a name",
      edited(/registrations_total/, "registration_total"),
      "missing: registrations_total is not exposed; did you mean it by registration_total?",
    ],
    [
      "a counter that the TYPE line names without _total",
      edited("# TYPE registrations_total", "# TYPE registrations"),
      "type: registrations_total must be a counter, is announced as no type",
    ],
  ])("finds %s", (_name, lines, finding) => {
    expect(findings(lines).filter((each) => each.startsWith(finding))).toHaveLength(1);
  });

  it("takes a TYPE line without _total for one mistake", () => {
    expect(findings(edited("# TYPE registrations_total", "# TYPE registrations"))).toHaveLength(1);
  });

  it("takes a number in a template, times of creation and what is told of the target for no mistake", () => {
    expect(
      findings([
        ...python,
        ...http("/errors/404"),
        ...http("/v1/payments/:id"),
        "# TYPE registrations_created gauge",
        "registrations_created 1.7e9",
        "# TYPE target_info gauge",
        'target_info{service_name="auth"} 1',
      ]),
    ).toEqual([]);
    const own = [...python, "# TYPE refunds_total counter", "refunds_total 1", "refunds_created 1.7e9"];
    expect(findings(own)).toEqual([
      "unknown: refunds_total the catalogue has no such metric of auth-service",
    ]);
  });

  it.each([
    ["text", ["# TYPE target gauge", "target_info 1", "# HELP otel_scope A.", "otel_scope_info 1"], []],
    ["OpenMetrics", ["# TYPE target info", "target_info 1", "# TYPE otel_scope info", "# EOF"], []],
    ["text", ["# TYPE target gauge", "target 1", "otel_scope 1"], ["otel_scope", "target"]],
    ["OpenMetrics", ["# TYPE target counter", "target 1", "# EOF"], ["target"]],
    ["OpenMetrics", ["# TYPE target counter", "target_total 1", "# EOF"], ["target_total"]],
  ] as const)("in %s, %j has the unknown metrics %j", (format, lines, expected) => {
    const exposition = parseExposition(`${lines.join("\n")}\n`, format);
    const found = checkContract(exposition, subjectOf("auth-service"));
    const unknown = found.filter(({ kind }) => kind === "unknown").map(({ metric }) => metric);
    expect(unknown.sort()).toEqual(expected);
  });

  it("wants counters of OpenMetrics by their full name", () => {
    const open = [
      "# TYPE registrations counter",
      "registrations 0.0",
      "# TYPE target info",
      'target_info{a="b"} 1',
      "# EOF",
    ].join("\n");
    const found = checkContract(parseExposition(open, "OpenMetrics"), subjectOf("auth-service")).filter(
      ({ metric }) => /registrations|target/.test(metric),
    );
    expect(found.map(({ kind, metric }) => `${kind} ${metric}`)).toEqual([
      "missing registrations_total",
      "unknown registrations",
    ]);
  });

  it("finds counters that clash in OpenMetrics, and takes one of them as unknown", () => {
    const exposed = (second: string) =>
      [
        "# TYPE parcels counter",
        "parcels_total 1",
        ...(second === "unknown"
          ? ["# TYPE parcels_created_total unknown"]
          : ["# TYPE parcels_created counter"]),
        "parcels_created_total 1",
        "# EOF",
      ].join("\n");
    const own = owned({ owner: "parcels", exportedBy: ["parcel-service"] }, [
      counter("parcels_total", { help: "Parcels.", unit: "parcels" }),
      counter("parcels_created_total", { help: "Made.", unit: "parcels" }),
    ]);
    const services = { "parcel-service": { seriesBudget: 10, owner: "parcels" } };
    const subject = { catalogue: catalogueOf(services, own), service: "parcel-service" };
    const about = (text: string) => checkContract(parseExposition(text, "OpenMetrics"), subject);
    expect(about(exposed("counter"))).toEqual([
      {
        kind: "clash",
        metric: "parcels_total",
        message:
          "takes parcels_created in OpenMetrics, as parcels_created_total does; expose parcels_created_total as unknown",
      },
    ]);
    expect(about(exposed("unknown"))).toEqual([]);
  });

  it("takes a metric in another unit for the one that is meant", () => {
    const found = `${short(latency)}_milliseconds`;
    expect(findings(edited(latency, found))).toContain(
      `unit: ${latency} must be in seconds, but there is ${found}`,
    );
  });

  it("has one finding for a gauge of several workers, however many there are", () => {
    const lines = ["1", "2", "3"].map((pid) => `active_orders{pid="${pid}",status="paid"} 1`);
    const found = findings(["# TYPE active_orders gauge", ...lines], subjectOf("order-service"));
    expect(found.filter((line) => line.includes(" active_orders "))).toEqual([
      expect.stringMatching(/^label: active_orders has the label "pid", which is not allowed/),
    ]);
  });

  it("takes infos and states of OpenMetrics for gauges", () => {
    const text =
      '# TYPE build info\nbuild_info{revision="a"} 1\n# TYPE mode stateset\nmode{mode="on"} 1\nmode{mode="off"} 0\n# EOF\n';
    const own = owned({ owner: "parcels", exportedBy: ["parcel-service"] }, [
      gauge("build_info", { help: "Build.", unit: "constant 1", labels: { revision: oneOf("a") } }),
      gauge("mode", { help: "Mode.", unit: "boolean", labels: { mode: oneOf("on", "off") } }),
    ]);
    const services = { "parcel-service": { seriesBudget: 10, owner: "parcels" } };
    const subject = { catalogue: catalogueOf(services, own), service: "parcel-service" };
    expect(checkContract(parseExposition(text, "OpenMetrics"), subject)).toEqual([]);
  });

  it("finds a unit that is announced wrongly", () => {
    const open = [
      "# TYPE order_value_dollars histogram",
      "# UNIT order_value_dollars value_dollars",
      "# EOF",
    ];
    expect(
      checkContract(parseExposition(open.join("\n"), "OpenMetrics"), subjectOf("order-service")),
    ).toContainEqual({
      kind: "unit",
      metric: "order_value_dollars",
      message: "must be in dollars, is announced in value_dollars",
    });
  });

  it("finds more values and label sets than the bound", () => {
    const many = Array.from({ length: 120 }, (_each, index) => http(`/r${String(index)}`)).flat();
    const found = findings([...python, ...many]);
    expect(found).toContainEqual(
      expect.stringMatching(/^bound: http_requests_total has 121 values of route; allowed are at most 100/),
    );
    const routes = Array.from({ length: 90 }, (_each, index) => `/r${String(index)}`);
    const sets = ["200", "201", "400", "401", "404", "500"].flatMap((status) =>
      routes.flatMap((route) => http(route, status)),
    );
    expect(findings([...python, ...sets])).toContainEqual(
      expect.stringMatching(/^bound: http_requests_total has 541 label sets; allowed are \d+$/),
    );
  });

  it("finds a service that is over its budget", () => {
    const many = Array.from({ length: 700 }, (_each, index) => http(`/r${String(index)}`)).flat();
    expect(findings([...python, ...many])).toContainEqual(
      expect.stringMatching(/^bound: auth-service exposes \d+ series, and its budget is 10000$/),
    );
  });

  it("wants Node's own metrics of a Node service", () => {
    const found = findings([
      ...python,
      "# TYPE nodejs_version_info gauge",
      'nodejs_version_info{version="v20",major="20",minor="0",patch="0"} 1',
    ]);
    expect(found).toContain("missing: nodejs_heap_size_used_bytes is not exposed");
    expect(found.every((each) => !each.includes("nodejs_active_requests "))).toBe(true);
  });

  it("of any service wants what all have in common, and lets the rest be", () => {
    expect(findings([...python, "own_metric 1"], anyService)).toEqual([]);
    expect(findings(["own_metric 1"], anyService)).toEqual([
      "missing: http_requests_total is not exposed, or nothing was counted yet",
      "missing: http_request_duration_seconds is not exposed, or nothing was counted yet",
    ]);
  });
});
