/** Where spans go. */
export interface TracingConfig {
  /** Full URL of the OTLP/HTTP endpoint for traces. */
  readonly url: string;
}

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the environment sends traces: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` as it is, else
 * `OTEL_EXPORTER_OTLP_ENDPOINT` and `/v1/traces` (OpenTelemetry's protocol exporter specification), else the host
 * `JAEGER_AGENT_HOST` at port 4318, where Jaeger 2 takes OTLP. Undefined, that is no tracing, without any of them, with
 * `OTEL_SDK_DISABLED=true` or with `OTEL_TRACES_EXPORTER=none`.
 * @throws Error that names the variable when its value is no http(s) URL
 */
export function tracingConfig(env: Environment): TracingConfig | undefined {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === "true" || env.OTEL_TRACES_EXPORTER === "none")
    return undefined;
  if (env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) {
    return { url: checkedUrl("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) };
  }
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT) {
    const base = checkedUrl("OTEL_EXPORTER_OTLP_ENDPOINT", env.OTEL_EXPORTER_OTLP_ENDPOINT);
    return { url: `${base.replace(/\/+$/, "")}/v1/traces` };
  }
  if (env.JAEGER_AGENT_HOST) {
    return { url: checkedUrl("JAEGER_AGENT_HOST", `http://${env.JAEGER_AGENT_HOST}:4318/v1/traces`) };
  }
  return undefined;
}

function checkedUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return value;
  throw new Error(`${name}: expected ${name === "JAEGER_AGENT_HOST" ? "a host name" : "an http(s) URL"}.`);
}
