import cases from "./tracing-variables.json";
import { tracingSettings, type Environment } from "../../../services/instrumentation/tracing-config";

/** What all languages warn of: the modules for Python and Go are held to the same file. */
interface Case {
  readonly env: Environment;
  readonly warnings: readonly string[];
}

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
  const warningsOf = (env: Environment) => tracingSettings({ ...collector, ...env }).warnings;

  it.each(cases as readonly Case[])("with $env", ({ env, warnings }) => {
    expect(warningsOf(env)).toEqual(warnings);
  });

  it.each([
    [
      { OTEL_PROPAGATORS: "tracecontext,b3" },
      'OTEL_PROPAGATORS: found "tracecontext,b3", allowed: tracecontext, baggage; tracecontext and baggage are used.',
    ],
    ...["nothing", "a=b,nothing", "a=b=c", "=b"].map((value): [Record<string, string>, string] => [
      { OTEL_RESOURCE_ATTRIBUTES: value },
      `OTEL_RESOURCE_ATTRIBUTES: found "${value}", allowed: name=value, with commas between several; none of it is used.`,
    ]),
  ])("with %j, which other languages take otherwise", (env, warning) => {
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

  it("is nothing where tracing is switched off", () => {
    expect(warningsOf({ OTEL_SDK_DISABLED: "true", OTEL_PROPAGATORS: "b3" })).toEqual([]);
  });
});
