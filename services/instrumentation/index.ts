export type { BusinessMetrics } from "./business-metrics";
export type { RouteOf } from "./node-requests";
export type { Listener, Middleware, NodeService, NodeServiceOptions } from "./node-service";
export { tracedRequest, type OutgoingRequest } from "./outgoing";
export { instrumentationOver, type Instrumentation } from "./over";
export type { InstrumentationOptions } from "./plugin";
export { activeTraceIds } from "./trace-ids";
export { traced } from "./traced";
export type { Environment } from "./tracing-config";
