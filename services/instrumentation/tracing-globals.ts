import { context, diag, DiagLogLevel, propagation, trace, type TracerProvider } from "@opentelemetry/api";

/** What one application brings to what a process has one of. */
export interface SharedTracing {
  readonly provider: TracerProvider & {
    /** Sets the global context manager and propagator, and the provider itself. */
    register(): void;
  };
  /** Told of what OpenTelemetry's packages complain of. */
  readonly complain: (message: string) => void;
}

/** The applications of this process that trace, in the order of their start. */
const open: SharedTracing[] = [];

/**
 * Registers an application's tracing with OpenTelemetry's API, of which a process has one: all share the context and
 * the propagation that the first one set, and outside of any request the latest that is open counts.
 * @returns what takes it back; the last one takes back all
 */
export function shareTracing(tracing: SharedTracing): () => void {
  if (open.length === 0) tracing.provider.register();
  open.push(tracing);
  setLatest();
  return () => {
    const index = open.indexOf(tracing);
    if (index < 0) return;
    open.splice(index, 1);
    if (open.length > 0) {
      setLatest();
      return;
    }
    trace.disable();
    context.disable();
    propagation.disable();
    diag.disable();
  };
}

function setLatest(): void {
  const latest = open.at(-1);
  if (!latest) return;
  trace.disable();
  trace.setGlobalTracerProvider(latest.provider);
  const ignore = () => undefined;
  const { complain } = latest;
  diag.setLogger(
    { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
