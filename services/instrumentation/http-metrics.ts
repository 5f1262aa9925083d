import type { Metric } from "../../metrics/define";
import { httpMethod, httpStatusCodeLabel } from "../../metrics/http";
import type { LabelBounds, LabelResolver, Labels } from "./label-bounds";
import type { PrometheusRegistry, TraceIds } from "./prometheus";

/** Route of requests that no route matched, as the catalogue names it. */
const unmatched = "unmatched";
const methods: ReadonlySet<string> = new Set(httpMethod.values);

/**
 * Counts HTTP requests. The label set of a (route, method, status) is resolved once and kept, as this runs for every
 * request.
 */
export class HttpMetrics {
  private readonly resolve: LabelResolver;
  private readonly count: (labels: Labels, by: number) => void;
  private readonly observe: (labels: Labels, value: number, trace?: TraceIds) => void;
  private readonly known = new Map<string, Map<string, Labels[]>>();

  constructor(registry: PrometheusRegistry, bounds: LabelBounds, requests: Metric, duration: Metric) {
    const labelNames = Object.keys(requests.labels);
    this.resolve = bounds.resolverOf(requests);
    this.count = registry.counter({ name: requests.name, help: requests.help, labelNames });
    this.observe = registry.histogram({
      name: duration.name,
      help: duration.help,
      labelNames,
      buckets: duration.buckets ?? [],
    }).observe;
  }

  /**
   * Counts a request.
   * @param route the template of the route that matched, such as `/products/:id`; undefined where none did
   * @param seconds from the request's arrival to the end of the response
   */
  record(method: string, route: string | undefined, status: number, seconds: number, trace?: TraceIds): void {
    const labels = this.labelsOf(method, route, status);
    this.count(labels, 1);
    this.observe(labels, seconds, trace);
  }

  /** Makes the series of a route's answers exist, so that the first of them is an increase. */
  expect(method: string, route: string, status: number): void {
    this.count(this.labelsOf(method, route, status), 0);
  }

  private labelsOf(rawMethod: string, route = unmatched, status: number): Labels {
    const method = methods.has(rawMethod) ? rawMethod : httpMethod.rest;
    let ofRoute = this.known.get(route);
    if (!ofRoute) this.known.set(route, (ofRoute = new Map<string, Labels[]>()));
    let ofMethod = ofRoute.get(method);
    if (!ofMethod) ofRoute.set(method, (ofMethod = []));
    return (ofMethod[status] ??= this.resolve({ method, route, status_code: httpStatusCodeLabel(status) }));
  }
}
