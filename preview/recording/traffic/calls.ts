import {
  answersOf,
  requestsAt,
  shareWithin,
  slownessAt,
  type KnownCall,
} from "../../../dashboards/known-traffic/requests";
import { counter, histogram, type KnownSeries, type Labels } from "../../../dashboards/known-traffic/series";
import { callBuckets } from "../../../metrics/span-metrics";

/** What Jaeger counts of the calls from a service to another. */
export function callSeries(call: KnownCall, target: Labels): KnownSeries[] {
  const edge = { ...target, service_name: call.caller, peer_service: call.callee };
  const medianAt = (time: number) => call.median * slownessAt(call, time);
  return [
    ...answersOf(call).map(({ status, shareAt }) =>
      counter(
        "traces_span_metrics_calls_total",
        { ...edge, http_response_status_code: status },
        (time) => requestsAt(call, time) * shareAt(time),
      ),
    ),
    ...histogram(
      "traces_span_metrics_duration_seconds",
      edge,
      callBuckets,
      (time) => requestsAt(call, time),
      (bound, time) => shareWithin(bound, medianAt(time)),
      medianAt,
    ),
  ];
}
