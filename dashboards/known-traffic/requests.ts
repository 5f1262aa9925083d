import type { HttpStatusCode } from "../../metrics/http";
import { busy, incidentShare, jitter } from "./timeline";

/** How often something is asked for. */
export interface KnownRate {
  /** Requests per second when the system is full. */
  readonly rate: number;
  /** Number of its jitter: what has the same one goes up and down alike. */
  readonly seed: number;
}

/** What the incident does to the requests that it concerns. */
export interface KnownFailure {
  /** Share of them that fails while the incident is at its worst. */
  readonly share: number;
  /** What is answered to those. */
  readonly status: HttpStatusCode;
  /** How much slower the incident makes all of them. */
  readonly slowedBy: number;
}

/** Requests that are alike. */
interface KnownRequests extends KnownRate {
  /** Seconds in which half of the requests are answered. */
  readonly median: number;
  /** What is answered when all is well. */
  readonly status: HttpStatusCode;
  /** Default: the incident slows it down a little. */
  readonly incident?: KnownFailure;
}

/** A route of a service with its share of what users do. `S` are the services of a system. */
export interface KnownRoute<S extends string = string> extends KnownRequests {
  readonly service: S;
  readonly method: string;
  readonly route: string;
}

/** What a service asks another. */
export interface KnownCall<S extends string = string> extends KnownRequests {
  readonly caller: S;
  readonly callee: S;
}

/** Share of errors when all is well. */
const background = 0.0002;

/** Requests per second at a time. */
export function requestsAt({ rate, seed }: KnownRate, time: number): number {
  return rate * busy(time) * (1 + 0.06 * jitter(seed, time));
}

/** Share of a route's requests that the incident lets fail. */
export function failingAt({ incident }: Pick<KnownRoute, "incident">, time: number): number {
  return incident === undefined ? 0 : incident.share * incidentShare(time);
}

/** A route's answers at a time, by status: the share of the requests that get it. */
export function answersOf(
  route: Pick<KnownRoute, "status" | "incident">,
): readonly { readonly status: HttpStatusCode; readonly shareAt: (time: number) => number }[] {
  const failed = (time: number) => background + failingAt(route, time);
  return [
    { status: route.status, shareAt: (time) => 1 - failed(time) },
    { status: route.incident?.status ?? "500", shareAt: failed },
  ];
}

/** How much slower than usual a route is: a little where it is busy, much where the incident is. */
export function slownessAt({ incident }: Pick<KnownRoute, "incident">, time: number): number {
  const { slowedBy } = incident ?? { slowedBy: 1.12 };
  return 1 + 0.25 * busy(time) + (slowedBy - 1) * 0.5 * incidentShare(time);
}

/** A log-logistic distribution around a median: most are near it, and a few take much longer. */
export function shareWithin(bound: number, median: number): number {
  return 1 / (1 + (median / bound) ** 2.6);
}
