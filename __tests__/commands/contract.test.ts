import { checkContract, type Subject } from "../../commands/lib/contract/check";
import { parseExposition } from "../../commands/lib/contract/exposition";

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
/** The auth service as Python's client would expose it. */
const python = [
  "# TYPE python_info gauge",
  'python_info{implementation="CPython"} 1',
  "# TYPE process_open_fds gauge",
  "process_open_fds 9",
  "# TYPE http_requests_total counter",
  "# TYPE http_request_duration_seconds histogram",
  ...http(),
  "# TYPE http_requests_created gauge",
  'http_requests_created{method="POST",route="/login",status_code="200"} 1.7e+09',
  "# TYPE login_attempts_total counter",
  'login_attempts_total{status="success"} 1.0',
  "# TYPE login_attempts_created gauge",
  'login_attempts_created{status="success"} 1.7e+09',
  "# TYPE registrations_total counter",
  "registrations_total 0.0",
  "# TYPE token_validations_total counter",
  'token_validations_total{result="valid"} 0.0',
];
const findings = (lines: readonly string[], subject: Subject = "auth-service") =>
  checkContract(parseExposition(lines.join("\n"), false), subject).map(
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
      "buckets: http_request_duration_seconds must have the buckets 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf, has 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 5 10 +Inf",
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

  it("takes a metric in another unit for the one that is meant", () => {
    const lines = edited(/http_request_duration_seconds/g, "http_request_duration_milliseconds");
    expect(findings(lines)).toContain(
      "unit: http_request_duration_seconds must be in seconds, but there is http_request_duration_milliseconds",
    );
  });

  it("finds a unit that is announced wrongly", () => {
    const open = ["# TYPE order_value_dollars histogram", "# UNIT order_value_dollars cents", "# EOF"].join(
      "\n",
    );
    expect(checkContract(parseExposition(open, true), "order-service")).toContainEqual({
      kind: "unit",
      metric: "order_value_dollars",
      message: "must be in dollars, is announced in cents",
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
    expect(findings([...python, "own_metric 1"], "any service")).toEqual([]);
    expect(findings(["own_metric 1"], "any service")).toEqual([
      "missing: http_requests_total is not exposed",
      "missing: http_request_duration_seconds is not exposed",
    ]);
  });
});
