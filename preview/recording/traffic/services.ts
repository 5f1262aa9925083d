import { httpLatencyBuckets } from "../../../metrics/http";
import {
  answersOf,
  requestsAt,
  shareWithin,
  slownessAt,
  type KnownRoute,
} from "../../../dashboards/known-traffic/requests";
import {
  counter,
  gauge,
  histogram,
  type KnownSeries,
  type Labels,
} from "../../../dashboards/known-traffic/series";
import { busy, jitter, shown } from "../../../dashboards/known-traffic/timeline";

/** The requests that a service answers to. */
export function requestSeries(route: KnownRoute, target: Labels): KnownSeries[] {
  const { method, route: path, median } = route;
  const medianAt = (time: number) => median * slownessAt(route, time);
  return answersOf(route).flatMap(({ status, shareAt }) => {
    const labels = { ...target, method, route: path, status_code: status };
    const perSecond = (time: number) => requestsAt(route, time) * shareAt(time);
    const within = (bound: number, time: number) => shareWithin(bound, medianAt(time));
    return [
      counter("http_requests_total", labels, perSecond),
      ...histogram("http_request_duration_seconds", labels, httpLatencyBuckets, perSecond, within, medianAt),
    ];
  });
}

/**
 * The process of a service.
 * @param place of the service among all: each is a bit different from the one before
 */
export function processSeries(target: Labels, place: number): KnownSeries[] {
  const load = (time: number) => busy(time) * (1 + 0.1 * jitter(60 + place, time));
  const heap = (time: number) =>
    (42 + 11 * place + 18 * load(time) + 6 * (((time / 900 + place / 4) % 1) - 0.5)) * 1e6;
  return [
    gauge("process_start_time_seconds", target, () => shown.from - (3 + place) * 86_400),
    gauge("process_resident_memory_bytes", target, (time) => 58e6 + heap(time)),
    gauge("nodejs_heap_size_used_bytes", target, heap),
    gauge("nodejs_heap_size_total_bytes", target, (time) => 1.35 * heap(time)),
    counter(
      "nodejs_gc_duration_seconds_sum",
      { ...target, kind: "minor" },
      (time) => 0.002 + 0.011 * load(time),
    ),
    gauge("process_open_fds", target, (time) => Math.round(28 + 60 * load(time))),
    gauge("process_max_fds", target, () => 1_048_576),
    gauge("nodejs_eventloop_lag_p99_seconds", target, (time) => 0.0105 + 0.006 * load(time)),
    counter("process_cpu_user_seconds_total", target, (time) => 0.02 + (0.3 - 0.05 * place) * load(time)),
    counter("process_cpu_system_seconds_total", target, (time) => 0.006 + 0.07 * load(time)),
  ];
}
