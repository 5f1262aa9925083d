import { tracingConfig } from "../../../services/instrumentation/tracing-config";

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
    [{ JAEGER_AGENT_HOST: "" }, undefined],
  ])("with %j is %s", (env, url) => {
    expect(tracingConfig(env)?.url).toBe(url);
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
    [{ JAEGER_AGENT_HOST: "a b" }, "JAEGER_AGENT_HOST: expected a host name."],
  ])("is refused with %j", (env, message) => {
    expect(() => tracingConfig(env)).toThrow(message);
  });
});
