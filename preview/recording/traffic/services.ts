import { httpLatencyBuckets } from "../../../metrics/http";
import type { Service } from "../../../shop/metrics/services";
import { referenceServices } from "../reference-environment";
import { counter, gauge, histogram, type KnownSeries, type Labels } from "../series";
import { busy, incidentShare, jitter, shown } from "../timeline";

/** A route of a service with its share of what customers do. */
interface Route {
  readonly service: Service;
  readonly method: string;
  readonly route: string;
  /** Requests per second when the shop is full. */
  readonly rate: number;
  /** Seconds in which half of them are answered. */
  readonly median: number;
  /** What it answers when all is well. */
  readonly status: string;
  /** What it answers to a part of those that the incident concerns. */
  readonly failsWith?: string;
  /** How much slower the incident makes it. */
  readonly slowedBy?: number;
}

const orderRate = 3.4;
const routes: readonly Route[] = [
  { service: "api-gateway", method: "GET", route: "/api/products/*", rate: 46, median: 0.019, status: "200" },
  { service: "api-gateway", method: "POST", route: "/api/auth/*", rate: 5.5, median: 0.11, status: "200" },
  {
    service: "api-gateway",
    method: "POST",
    route: "/api/orders/*",
    rate: orderRate,
    median: 0.09,
    status: "201",
    failsWith: "502",
    slowedBy: 24,
  },
  { service: "api-gateway", method: "GET", route: "/api/orders/*", rate: 4.2, median: 0.024, status: "200" },
  { service: "product-service", method: "GET", route: "/products", rate: 18, median: 0.009, status: "200" },
  {
    service: "product-service",
    method: "GET",
    route: "/products/:id",
    rate: 31,
    median: 0.006,
    status: "200",
  },
  { service: "auth-service", method: "POST", route: "/login", rate: 2.1, median: 0.094, status: "200" },
  { service: "auth-service", method: "POST", route: "/register", rate: 0.4, median: 0.12, status: "201" },
  { service: "auth-service", method: "POST", route: "/validate", rate: 9.8, median: 0.004, status: "200" },
  {
    service: "order-service",
    method: "POST",
    route: "/orders",
    rate: orderRate,
    median: 0.07,
    status: "201",
    failsWith: "503",
    slowedBy: 30,
  },
  { service: "order-service", method: "GET", route: "/orders/:id", rate: 4.2, median: 0.011, status: "200" },
];

/** Share of the orders that fail while the incident is at its worst. */
const failing = 0.34;
/** Share of errors when all is well. */
const background = 0.0002;

/** Orders per second that customers want, and the share of them that fails. */
export const orders = {
  wanted: (time: number) => orderRate * busy(time) * (1 + 0.06 * jitter(3, time)),
  failing: (time: number) => failing * incidentShare(time),
} as const;

/** The labels that a scrape adds for a service. */
export function targetOf(service: string): Labels {
  return {
    job: service,
    instance: `${service}:${String(3000 + (referenceServices as readonly string[]).indexOf(service))}`,
    service,
    environment: "reference",
  };
}

/** What every service exports: requests, and its process. */
export function serviceSeries(): KnownSeries[] {
  return [...routes.flatMap(requestsOf), ...routes.flatMap(proxied), ...referenceServices.flatMap(processOf)];
}

function rateOf({ rate, slowedBy }: Route, seed: number): (time: number) => number {
  if (slowedBy !== undefined) return orders.wanted;
  return (time) => rate * busy(time) * (1 + 0.06 * jitter(seed, time));
}

/** How much slower than usual a route is: a little where it is busy, much where the incident is. */
function slowness({ slowedBy = 1.12 }: Route, time: number): number {
  return 1 + 0.25 * busy(time) + (slowedBy - 1) * 0.5 * incidentShare(time);
}

/** A log-logistic distribution around a median: most are near it, and a few take much longer. */
function shareWithin(bound: number, median: number): number {
  return 1 / (1 + (median / bound) ** 2.6);
}

function requestsOf(route: Route, index: number): KnownSeries[] {
  const { service, method, route: path, median, status, failsWith } = route;
  const all = rateOf(route, index);
  const failed = (time: number) => (failsWith === undefined ? background : background + orders.failing(time));
  const parts = [
    { status_code: status, share: (time: number) => 1 - failed(time) },
    { status_code: failsWith ?? "500", share: failed },
  ];
  return parts.flatMap(({ status_code, share }) => {
    const labels = { ...targetOf(service), method, route: path, status_code };
    const perSecond = (time: number) => all(time) * share(time);
    const within = (bound: number, time: number) => shareWithin(bound, median * slowness(route, time));
    return [
      counter("http_requests_total", labels, perSecond),
      ...histogram(
        "http_request_duration_seconds",
        labels,
        httpLatencyBuckets,
        perSecond,
        within,
        (time) => median * slowness(route, time),
      ),
    ];
  });
}

/** The gateway's own measure of what is behind it. */
function proxied(route: Route, index: number): KnownSeries[] {
  if (route.service === "api-gateway") return [];
  const { service, median, status, failsWith } = route;
  // The first route stands for the service, as these have no route.
  if (routes.findIndex((other) => other.service === service) !== index) return [];
  const all = rateOf(route, index + 40);
  const failed =
    failsWith === undefined ? () => background : (time: number) => background + orders.failing(time);
  const within = (bound: number, time: number) => shareWithin(bound, median * 1.15 * slowness(route, time));
  const mean = (time: number) => median * slowness(route, time);
  const labels = (status_code: string) => ({
    ...targetOf("api-gateway"),
    target_service: service,
    status_code,
  });
  return [
    ...histogram(
      "proxy_request_duration_seconds",
      labels(status),
      httpLatencyBuckets,
      (time) => all(time) * (1 - failed(time)),
      within,
      mean,
    ),
    ...histogram(
      "proxy_request_duration_seconds",
      labels(failsWith ?? "500"),
      httpLatencyBuckets,
      (time) => all(time) * failed(time),
      within,
      mean,
    ),
  ];
}

function processOf(service: Service, index: number): KnownSeries[] {
  const target = targetOf(service);
  const load = (time: number) => busy(time) * (1 + 0.1 * jitter(60 + index, time));
  const heap = (time: number) =>
    (42 + 11 * index + 18 * load(time) + 6 * (((time / 900 + index / 4) % 1) - 0.5)) * 1e6;
  return [
    gauge("process_start_time_seconds", target, () => shown.from - (3 + index) * 86_400),
    gauge("process_resident_memory_bytes", target, (time) => 58e6 + heap(time)),
    gauge("nodejs_heap_size_used_bytes", target, heap),
    gauge("nodejs_heap_size_total_bytes", target, (time) => 1.35 * heap(time)),
    gauge("nodejs_eventloop_lag_p99_seconds", target, (time) => 0.0105 + 0.006 * load(time)),
    counter("process_cpu_user_seconds_total", target, (time) => 0.02 + (0.3 - 0.05 * index) * load(time)),
    counter("process_cpu_system_seconds_total", target, (time) => 0.006 + 0.07 * load(time)),
  ];
}
