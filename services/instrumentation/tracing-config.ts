import { isIPv6 } from "node:net";
import { tracingWarnings, type Variables } from "./tracing-variables";

/** Where spans go. */
export interface TracingConfig {
  /** Full URL of the OTLP/HTTP endpoint for traces. */
  readonly url: string;
  /** What else is set: how spans are sampled, limited, batched and sent. */
  readonly variables: Variables;
}

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says of tracing. */
export interface TracingSettings {
  /** Undefined where tracing is off. */
  readonly config: TracingConfig | undefined;
  /** Variables that are set and not honoured, each with what is used instead. */
  readonly warnings: readonly string[];
}

/** Where Jaeger 2 takes OTLP over HTTP. */
const jaegerPort = 4318;

/**
 * Where the environment sends traces: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` as it is, else
 * `OTEL_EXPORTER_OTLP_ENDPOINT` and `/v1/traces` (OpenTelemetry's protocol exporter specification), else the host
 * `JAEGER_AGENT_HOST` at port 4318, where Jaeger 2 takes OTLP. Tracing is off without any of them, with
 * `OTEL_SDK_DISABLED=true` or with `OTEL_TRACES_EXPORTER=none`, in any case of letters; then nothing is warned of.
 * @throws Error that names the variable when its value is no http(s) URL, or no host
 */
export function tracingSettings(given: Environment): TracingSettings {
  // OpenTelemetry: an empty variable is one that is not set.
  const env = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const isOff = env.OTEL_SDK_DISABLED?.toLowerCase() === "true";
  if (isOff || env.OTEL_TRACES_EXPORTER?.toLowerCase() === "none") return { config: undefined, warnings: [] };
  const url = endpoint(env);
  return {
    config: url === undefined ? undefined : { url, variables: env },
    warnings: tracingWarnings(env, url),
  };
}

function endpoint(env: Readonly<Record<string, string>>): string | undefined {
  if (env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined) {
    return checkedUrl("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
  }
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const base = checkedUrl("OTEL_EXPORTER_OTLP_ENDPOINT", env.OTEL_EXPORTER_OTLP_ENDPOINT);
    return `${base.replace(/\/+$/, "")}/v1/traces`;
  }
  if (env.JAEGER_AGENT_HOST !== undefined) {
    return `http://${checkedHost("JAEGER_AGENT_HOST", env.JAEGER_AGENT_HOST)}:${String(jaegerPort)}/v1/traces`;
  }
  return undefined;
}

function checkedUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return value;
  throw new Error(`${name}: expected an http(s) URL.`);
}

function checkedHost(name: string, value: string): string {
  if (isIPv6(value)) return `[${value}]`;
  if (/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(value) || /^\[[0-9a-f:.]+\]$/i.test(value)) return value;
  throw new Error(
    `${name}: found ${JSON.stringify(value)}, expected a host name or an address, without a port or a path.`,
  );
}
