import { entriesOf, servicesOf, underOwnNames, type Catalogue } from "../../metrics/catalogue";
import { http as httpGroup } from "../../metrics/http";
import { refusingProblems } from "../../metrics/problems";
import { createHandle } from "./business-metrics";
import { render, type Format } from "./exposition";
import { formerNamesIn, withFormerNames } from "./former-names";
import { HttpMetrics } from "./http-metrics";
import { LabelBounds } from "./label-bounds";
import { PrometheusRegistry } from "./prometheus";

/** A service's own metrics of one catalogue, by name. */
type Handles = Readonly<Record<string, object>>;

/** Everything that one application measures. */
export class ServiceMetrics {
  readonly http: HttpMetrics;
  private readonly registry = new PrometheusRegistry();
  private readonly bounds = new LabelBounds();
  private readonly own = new Map<Catalogue, Handles>();
  private readonly formerNames = new Map<string, string>();

  /** @param service the name under which it measures, in each of its catalogues */
  constructor(readonly service: string) {
    this.registry.addRuntimeMetrics();
    this.http = new HttpMetrics(
      this.bounds,
      httpGroup.http_requests_total,
      httpGroup.http_request_duration_seconds,
    );
  }

  /**
   * The service's own metrics of a catalogue, registered at the first call.
   * @throws Error when the catalogue does not know the service, or has a metric that another one of its catalogues has
   */
  of(catalogue: Catalogue): Handles {
    const known = this.own.get(catalogue);
    if (known) return known;
    checkService(catalogue, this.service);
    const metrics = underOwnNames(entriesOf(catalogue)).filter(({ exportedBy }) =>
      exportedBy.includes(this.service),
    );
    const taken = [...this.own.values()].flatMap((handles) => Object.keys(handles));
    const twice = metrics.map(({ name }) => name).filter((name) => taken.includes(name));
    if (twice.length > 0) {
      throw new Error(
        `Two catalogues of "${this.service}" have ${twice.join(", ")}. A metric is in one catalogue only: take it from one of them, or rename it.`,
      );
    }
    const handles = Object.fromEntries(
      metrics.map((metric) => [metric.name, createHandle(this.registry, this.bounds, metric)]),
    );
    this.own.set(catalogue, handles);
    for (const [name, formerly] of formerNamesIn(catalogue)) this.formerNames.set(name, formerly);
    return handles;
  }

  /** The exposition of all of it. */
  readonly render = async (format: Format): Promise<string> =>
    render(
      withFormerNames([...(await this.registry.families()), ...this.http.families()], this.formerNames),
      format,
    );
}

/** What applications are known by: Fastify's encapsulated instances share their server. */
interface Application {
  readonly server: object;
}

const byServer = new WeakMap<object, ServiceMetrics>();

/**
 * The metrics of an application, made at the first call, with those of the catalogue.
 * @throws Error when the catalogue does not know the service, has a metric of another catalogue of the application, or
 * the application already measures as another service
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
  const metrics = known ?? metricsOf(catalogue, service);
  metrics.of(catalogue);
  byServer.set(app.server, metrics);
  return metrics;
}

/**
 * The metrics of a service, with those of the catalogue.
 * @throws Error when the catalogue does not know the service
 */
export function metricsOf(catalogue: Catalogue, service: string): ServiceMetrics {
  // Before anything of it measures.
  checkService(catalogue, service);
  const metrics = new ServiceMetrics(service);
  metrics.of(catalogue);
  return metrics;
}

function checkService(catalogue: Catalogue, service: string): void {
  // No service starts with a catalogue in which something is wrong.
  refusingProblems(() => undefined);
  const services = servicesOf(catalogue);
  if (!services.includes(service)) {
    throw new Error(
      `The catalogue has no service "${service}". It has ${services.join(", ")}; add a line to its services.`,
    );
  }
}
