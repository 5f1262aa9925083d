import { entriesOf, servicesOf, type Catalogue } from "../../metrics/catalogue";
import { http as httpGroup } from "../../metrics/http";
import { refusingProblems } from "../../metrics/problems";
import { createHandle } from "./business-metrics";
import { render, type Format } from "./exposition";
import { HttpMetrics } from "./http-metrics";
import { LabelBounds } from "./label-bounds";
import { PrometheusRegistry } from "./prometheus";

/** Everything that one application measures. */
export interface ServiceMetrics {
  readonly service: string;
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
export function metricsOfApplication(
  app: Application,
  catalogue: Catalogue,
  service: string,
): ServiceMetrics {
  const known = byServer.get(app.server);
  if (known && known.service !== service) {
    throw new Error(
      `This application already measures as "${known.service}", it cannot also be "${service}".`,
    );
  }
  const metrics = known ?? createMetrics(catalogue, service);
  byServer.set(app.server, metrics);
  return metrics;
}

function createMetrics(catalogue: Catalogue, service: string): ServiceMetrics {
  // No service starts with a catalogue in which something is wrong.
  refusingProblems(() => undefined);
  const services = servicesOf(catalogue);
  if (!services.includes(service)) {
    throw new Error(
      `The catalogue has no service "${service}". It has ${services.join(", ")}; add a line to its services.`,
    );
  }
  const registry = new PrometheusRegistry();
  const bounds = new LabelBounds();
  registry.addRuntimeMetrics();
  const http = new HttpMetrics(
    bounds,
    httpGroup.http_requests_total,
    httpGroup.http_request_duration_seconds,
  );
  const own = entriesOf(catalogue).filter(({ exportedBy }) => exportedBy.includes(service));
  const business = Object.fromEntries(
    own.map((metric) => [metric.name, createHandle(registry, bounds, metric)]),
  );
  const all = async (format: Format) => render([...(await registry.families()), ...http.families()], format);
  return { service, http, render: all, business };
}
