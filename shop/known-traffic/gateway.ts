import {
  answersOf,
  requestsAt,
  shareWithin,
  slownessAt,
  type KnownRoute,
} from "../../dashboards/known-traffic/requests";
import { histogram, type KnownSeries, type Labels } from "../../dashboards/known-traffic/series";
import { gateway } from "../metrics/gateway";
import type { Service } from "../metrics/services";
import { routes } from "./routes";

const { name, labels, buckets = [] } = gateway.proxy_request_duration_seconds;

/**
 * The gateway's own measure of what is behind it. Of each service the first route stands for all, as these series have
 * no route.
 */
export function proxiedSeries(target: Labels): KnownSeries[] {
  const behind = labels.target_service.values;
  return behind
    .flatMap((service) => routes.find((route) => route.service === service) ?? [])
    .flatMap((route) => callsOf(route, target));
}

function callsOf(route: KnownRoute<Service>, target: Labels): KnownSeries[] {
  const { service, median, incident } = route;
  // What the incident concerns are the same requests everywhere; of others these are only a part.
  const seed = incident === undefined ? route.seed + 40 : route.seed;
  const all = (time: number) => requestsAt({ ...route, seed }, time);
  return answersOf(route).flatMap(({ status, shareAt }) =>
    histogram(
      name,
      { ...target, target_service: service, status_code: status },
      buckets,
      (time) => all(time) * shareAt(time),
      (bound, time) => shareWithin(bound, median * 1.15 * slownessAt(route, time)),
      (time) => median * slownessAt(route, time),
    ),
  );
}
