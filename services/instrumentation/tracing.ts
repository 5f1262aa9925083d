import type { Context, Tracer } from "@opentelemetry/api";
import type * as Otlp from "./otlp";
import { contextOf, scopeName } from "./tracer";
import { tracingSettings, type Environment } from "./tracing-config";
import { shareTracing } from "./tracing-globals";

/** Longest time that a shutdown waits for the last spans to go out. */
const shutdownLimitMs = 2_000;
/** At most one line about a failing export in this time. */
const complaintEveryMs = 60_000;

/** Packages that send spans, which are not installed with ours. */
const packages = [
  "@opentelemetry/otlp-exporter-base",
  "@opentelemetry/otlp-transformer",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace-node",
];

/** The tracing of an application. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Where its requests start. */
  readonly root: Context;
  /** Sends what is left, for at most 2 s; never rejects. */
  stop(): Promise<void>;
}

/** Where complaints about variables and the export go. */
export interface Complaints {
  warn(message: string): void;
}

/**
 * Starts tracing where the environment asks for it (see `tracingSettings`); the SDK is not even loaded otherwise.
 * Sampler, batch sizes and headers are those of OpenTelemetry's standard variables (`OTEL_TRACES_SAMPLER`,
 * `OTEL_BSP_*`, `OTEL_EXPORTER_OTLP_HEADERS`); every trace is sampled by default, and a parent's decision holds.
 * @throws Error when a variable has no sound value
 */
export function startTracing(service: string, env: Environment, complaints: Complaints): Tracing | undefined {
  const { config, warnings } = tracingSettings(env);
  for (const warning of warnings) complaints.warn(warning);
  if (!config) return undefined;
  const provider = loadOtlp().createProvider(service, config);
  const unshare = shareTracing({ provider, complain: sparingly(complaints) });
  const tracer = provider.getTracer(scopeName);
  return {
    tracer,
    root: contextOf(tracer),
    stop: async () => {
      await within(shutdownLimitMs, provider.shutdown());
      unshare();
    },
  };
}

/** @throws Error that names the package which is not installed: whoever sends no traces needs none of them */
function loadOtlp(): typeof Otlp {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where tracing is on: it takes 100 ms
    return require("./otlp") as typeof Otlp;
  } catch (error) {
    const [, name] = /^Cannot find module '([^']+)'/.exec((error as Error).message) ?? [];
    if (name === undefined) throw error;
    throw new Error(
      `The environment names a collector of traces, and ${name} is not installed. Install what traces need (npm install ${packages.join(" ")}), or set OTEL_TRACES_EXPORTER=none.`,
      { cause: error },
    );
  }
}

/** Waits for a promise, but no longer than the limit, and ignores how it ends. */
async function within(limitMs: number, work: Promise<void>): Promise<void> {
  const { promise: limit, cancel } = delay(limitMs);
  await Promise.race([work.catch(() => undefined), limit]);
  cancel();
}

function delay(ms: number): { promise: Promise<void>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return {
    promise,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}

/** A collector that is gone fails every batch: say it once a minute. */
function sparingly(complaints: Complaints): (message: string) => void {
  let quietUntil = 0;
  return (message) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + complaintEveryMs;
    complaints.warn(`Traces are not sent: ${message}`);
  };
}
