import type { Server } from "node:http";
import type { FastifyPluginCallback } from "fastify";
import type { Catalogue, ServiceOf } from "../../metrics/catalogue";
import type { BusinessMetrics } from "./business-metrics";
import { nodeServiceOf, type NodeService, type NodeServiceOptions } from "./node-service";
import { pluginOver, type InstrumentationOptions } from "./plugin";
import { metricsOfApplication } from "./service-metrics";

/** How the services of a catalogue measure themselves. */
export interface Instrumentation<C extends Catalogue> {
  /**
   * Measures and traces a Fastify application: `app.register(instrumentation, { service: "order-service" })`. Adds
   * `/metrics`, `/health`, `/health/live` and `/health/ready`, the metrics of HTTP, Node.js and the process, and, where
   * the environment names a collector, a span per request.
   * @throws Error at startup when the catalogue does not know the service or something is wrong in it, the application
   * speaks HTTP/2, or a variable for tracing is not sound
   */
  readonly instrumentation: FastifyPluginCallback<InstrumentationOptions<ServiceOf<C>>>;
  /**
   * The service's own metrics, typed from the catalogue: `metrics.orders_failed_total.inc({ reason: "..." })`. They
   * appear in the `/metrics` of the application, and their known label sets are there at 0 from the start.
   * @param app the application on which `instrumentation` is registered, before or after this call
   * @throws Error when `instrumentation` is registered under another service's name, or on an application with several
   * catalogues a metric is in two of them
   */
  readonly businessMetrics: <S extends ServiceOf<C>>(
    app: { readonly server: Server },
    service: S,
  ) => BusinessMetrics<C, S>;
  /**
   * Measures and traces a service on Express 5 or plain `node:http`:
   * `const { metrics, express } = service("order-service"); app.use(express());`.
   * @throws Error when the catalogue does not know the service or something is wrong in it, or a variable for tracing is
   * not sound
   */
  readonly service: <S extends ServiceOf<C>>(service: S, options?: NodeServiceOptions) => NodeService<C, S>;
}

/** The instrumentation of a catalogue's services. */
export function instrumentationOver<C extends Catalogue>(catalogue: C): Instrumentation<C> {
  return {
    instrumentation: pluginOver(catalogue),
    businessMetrics: <S extends ServiceOf<C>>(app: { readonly server: Server }, service: S) =>
      metricsOfApplication(app, catalogue, service).of(catalogue) as BusinessMetrics<C, S>,
    service: (service, options = {}) => nodeServiceOf(catalogue, service, options),
  };
}
