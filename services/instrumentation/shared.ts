/** What every entry point of the instrumentation has, whatever the framework. */
export type { BusinessMetrics } from "./business-metrics";
export { tracedRequest, type OutgoingRequest } from "./outgoing";
export { activeTraceIds } from "./trace-ids";
export { traced } from "./traced";
export type { Environment } from "./tracing-config";
