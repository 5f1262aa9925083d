import type { Server } from "node:http";
import { catalogue, entries } from "../../metrics/catalogue";
import { serviceNames, type Service } from "../../metrics/targets";
import { createHandle, type BusinessMetrics } from "./business-metrics";
import { render, type Format } from "./exposition";
import { HttpMetrics } from "./http-metrics";
import { LabelBounds } from "./label-bounds";
import { PrometheusRegistry } from "./prometheus";

/** Everything that one application measures. */
export interface ServiceMetrics {
  readonly service: Service;
  readonly http: HttpMetrics;
  /** The exposition of all of it. */
  readonly render: (format: Format) => Promise<string>;
  readonly business: Readonly<Record<string, object>>;
}

/** What applications are known by: Fastify's encapsulated instances share their server. */
interface Application {
  readonly server: object;
}

const byServer = new WeakMap<object, ServiceMetrics>();

/**
 * The metrics of an application, made at the first call.
 * @throws Error when the catalogue does not know the service, or the application already measures as another one.
 */
export function metricsOfApplication(app: Application, service: Service): ServiceMetrics {
  const known = byServer.get(app.server);
  if (known && known.service !== service) {
    throw new Error(
      `This application already measures as "${known.service}", it cannot also be "${service}".`,
    );
  }
  const metrics = known ?? createMetrics(service);
  byServer.set(app.server, metrics);
  return metrics;
}

/**
 * The service's own metrics, typed from the catalogue: `metrics.orders_failed_total.inc({ reason: "..." })`. They
 * appear in the `/metrics` of the application, and their known label sets are there at 0 from the start.
 * @param app the application on which `instrumentation` is registered, before or after this call
 * @throws Error when `instrumentation` is registered under another service's name
 */
export function businessMetrics<S extends Service>(
  app: { readonly server: Server },
  service: S,
): BusinessMetrics<S> {
  return metricsOfApplication(app, service).business as unknown as BusinessMetrics<S>;
}

function createMetrics(service: Service): ServiceMetrics {
  if (!serviceNames.includes(service)) {
    throw new Error(
      `The catalogue has no service "${service}". It has ${serviceNames.join(", ")}; add a line to metrics/targets.ts.`,
    );
  }
  const registry = new PrometheusRegistry();
  const bounds = new LabelBounds();
  registry.addRuntimeMetrics();
  const http = new HttpMetrics(
    bounds,
    catalogue.http_requests_total,
    catalogue.http_request_duration_seconds,
  );
  const own = entries.filter(({ exportedBy }) => exportedBy.includes(service));
  const business = Object.fromEntries(
    own.map((metric) => [metric.name, createHandle(registry, bounds, metric)]),
  );
  const all = async (format: Format) => render([...(await registry.families()), ...http.families()], format);
  return { service, http, render: all, business };
}
