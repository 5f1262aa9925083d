import { tracingSettings } from "../../../services/instrumentation/tracing-config";

describe("where traces go", () => {
  it.each([
    [{}, undefined],
    [{ JAEGER_AGENT_HOST: "jaeger" }, "http://jaeger:4318/v1/traces"],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318" }, "http://c:4318/v1/traces"],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "https://c/otlp/" }, "https://c/otlp/v1/traces"],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318", JAEGER_AGENT_HOST: "jaeger" },
      "http://c:4318/v1/traces",
    ],
    [
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://t/x", OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318" },
      "http://t/x",
    ],
    [{ JAEGER_AGENT_HOST: "jaeger", OTEL_SDK_DISABLED: "true" }, undefined],
    [{ JAEGER_AGENT_HOST: "jaeger", OTEL_TRACES_EXPORTER: "none" }, undefined],
    [{ JAEGER_AGENT_HOST: "jaeger", OTEL_SDK_DISABLED: "TRUE" }, undefined],
    [{ JAEGER_AGENT_HOST: "jaeger", OTEL_TRACES_EXPORTER: "NONE" }, undefined],
    [{ JAEGER_AGENT_HOST: "jaeger", OTEL_TRACES_EXPORTER: "OTLP" }, "http://jaeger:4318/v1/traces"],
    [{ JAEGER_AGENT_HOST: "" }, undefined],
    [{ JAEGER_AGENT_HOST: " " }, undefined],
    [{ JAEGER_AGENT_HOST: "10.0.0.7" }, "http://10.0.0.7:4318/v1/traces"],
    [{ JAEGER_AGENT_HOST: "fd00::7" }, "http://[fd00::7]:4318/v1/traces"],
  ])("with %j is %s", (env, url) => {
    expect(tracingSettings(env).config?.url).toBe(url);
  });

  it.each([
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" },
      "OTEL_EXPORTER_OTLP_ENDPOINT: expected an http(s) URL.",
    ],
    [
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "x" },
      "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: expected an http(s) URL.",
    ],
    ...["a b", "a/b", "a:6831", "user@a", "a?b", "http://a", "-a"].map(
      (host): [Record<string, string>, string] => [
        { JAEGER_AGENT_HOST: host },
        `JAEGER_AGENT_HOST: found "${host}", expected a host name or an address, without a port or a path.`,
      ],
    ),
  ])("is refused with %j", (env, message) => {
    expect(() => tracingSettings(env)).toThrow(message);
  });
});

describe("what is warned of", () => {
  const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318" };
  const warningsOf = (env: Readonly<Record<string, string>>) =>
    tracingSettings({ ...collector, ...env }).warnings;

  it.each([
    [
      { OTEL_TRACES_EXPORTER: "console" },
      'OTEL_TRACES_EXPORTER: found "console", allowed: otlp, none; spans are sent by otlp.',
    ],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
      'OTEL_EXPORTER_OTLP_PROTOCOL: found "grpc", allowed: http/protobuf; spans are sent by http/protobuf.',
    ],
    [
      { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/json" },
      'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: found "http/json", allowed: http/protobuf; spans are sent by http/protobuf.',
    ],
    [{ OTEL_SDK_DISABLED: "yes" }, 'OTEL_SDK_DISABLED: found "yes", allowed: true, false; tracing stays on.'],
    [
      { OTEL_EXPORTER_OTLP_COMPRESSION: "zstd" },
      'OTEL_EXPORTER_OTLP_COMPRESSION: found "zstd", allowed: gzip, none; spans are sent uncompressed.',
    ],
    [
      { OTEL_TRACES_SAMPLER: "jaeger_remote" },
      'OTEL_TRACES_SAMPLER: found "jaeger_remote", allowed: always_on, parentbased_always_on, always_off, parentbased_always_off, traceidratio, parentbased_traceidratio; parentbased_always_on is used.',
    ],
    [
      { OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "10%" },
      'OTEL_TRACES_SAMPLER_ARG: found "10%", allowed: a number from 0 to 1; every trace is kept.',
    ],
    [
      { OTEL_TRACES_SAMPLER_ARG: "0.1" },
      "OTEL_TRACES_SAMPLER_ARG is set and not honoured: OTEL_TRACES_SAMPLER names no ratio.",
    ],
    [
      { OTEL_PROPAGATORS: "tracecontext,b3" },
      'OTEL_PROPAGATORS: found "tracecontext,b3", allowed: tracecontext, baggage; tracecontext and baggage are used.',
    ],
    [
      { OTEL_METRICS_EXPORTER: "otlp" },
      'OTEL_METRICS_EXPORTER: found "otlp", allowed: none, prometheus; metrics are at /metrics only.',
    ],
    [
      { OTEL_LOGS_EXPORTER: "otlp" },
      'OTEL_LOGS_EXPORTER: found "otlp", allowed: none, console; log lines go to stdout only.',
    ],
    [
      { OTEL_EXPORTER_JAEGER_ENDPOINT: "http://secret@j" },
      "OTEL_EXPORTER_JAEGER_ENDPOINT is set and not honoured.",
    ],
    [{ OTEL_CONFIG_FILE: "/otel.yaml" }, "OTEL_CONFIG_FILE is set and not honoured."],
    [{ JAEGER_AGENT_PORT: "6831" }, "JAEGER_AGENT_PORT is set and not honoured."],
  ])("with %j", (env, warning) => {
    expect(warningsOf(env)).toEqual([warning]);
  });

  it("is an exporter without a collector", () => {
    expect(tracingSettings({ OTEL_TRACES_EXPORTER: "otlp" })).toEqual({
      config: undefined,
      warnings: [
        'OTEL_TRACES_EXPORTER: found "otlp", but no collector is named: tracing is off. Set OTEL_EXPORTER_OTLP_ENDPOINT.',
      ],
    });
  });

  it("is nothing that is honoured, and nothing where tracing is switched off", () => {
    expect(
      warningsOf({
        OTEL_TRACES_EXPORTER: "otlp",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        OTEL_EXPORTER_OTLP_HEADERS: "authorization=secret",
        OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "1000",
        OTEL_SERVICE_NAME: "shop",
        OTEL_RESOURCE_ATTRIBUTES: "a=b",
        OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
        OTEL_TRACES_SAMPLER_ARG: "0.1",
        OTEL_BSP_MAX_QUEUE_SIZE: "10",
        OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: "10",
        OTEL_PROPAGATORS: "baggage, tracecontext",
        PATH: "/bin",
      }),
    ).toEqual([]);
    expect(warningsOf({ OTEL_SDK_DISABLED: "true", OTEL_PROPAGATORS: "b3" })).toEqual([]);
  });
});
