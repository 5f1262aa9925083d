import type { Server } from "node:http";
import type { FastifyPluginCallback } from "fastify";
import type { Catalogue, ServiceOf } from "../../metrics/catalogue";
import type { BusinessMetrics } from "./business-metrics";
import { pluginOver, type InstrumentationOptions } from "./plugin";
import { metricsOfApplication } from "./service-metrics";

export * from "./shared";
export type { InstrumentationOptions } from "./plugin";

/** How the services of a catalogue that are on Fastify 5 measure themselves. */
export interface Instrumentation<C extends Catalogue> {
  /**
   * Measures and traces a Fastify application: `app.register(instrumentation, { service: "parcel-service" })`. Adds
   * `/metrics`, `/health`, `/health/live` and `/health/ready`, the metrics of HTTP, Node.js and the process, and, where
   * the environment names a collector, a span per request.
   * @throws Error at startup when the catalogue does not know the service or something is wrong in it, the application
   * speaks HTTP/2, or a variable for tracing is not sound
   */
  readonly instrumentation: FastifyPluginCallback<InstrumentationOptions<ServiceOf<C>>>;
  /**
   * The service's own metrics, typed from the catalogue: `metrics.parcels_lost_total.inc({ reason: "..." })`. They
   * appear in the `/metrics` of the application, and their known label sets are there at 0 from the start.
   * @param app the application on which `instrumentation` is registered, before or after this call
   * @throws Error when `instrumentation` is registered under another service's name, or on an application with several
   * catalogues a metric is in two of them
   */
  readonly businessMetrics: <S extends ServiceOf<C>>(
    app: { readonly server: Server },
    service: S,
  ) => BusinessMetrics<C, S>;
}

/** The instrumentation of a catalogue's services on Fastify 5. */
export function instrumentationOver<C extends Catalogue>(catalogue: C): Instrumentation<C> {
  return {
    instrumentation: pluginOver(catalogue),
    businessMetrics: <S extends ServiceOf<C>>(app: { readonly server: Server }, service: S) =>
      metricsOfApplication(app, catalogue, service).of(catalogue) as BusinessMetrics<C, S>,
  };
}
