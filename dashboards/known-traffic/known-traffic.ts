import type { KnownCall, KnownRoute } from "./requests";
import type { KnownSeries, Labels } from "./series";

/**
 * What is known of a system's traffic, besides what every system has: its hosts, its containers and its monitoring.
 * `S` are its services.
 */
export interface KnownTraffic<S extends string = string> {
  /** The services that are watched. */
  readonly services: readonly S[];
  /** What they answer. */
  readonly routes: readonly KnownRoute<S>[];
  /** How they call one another. */
  readonly calls: readonly KnownCall<S>[];
  /** By how much more the incident lets a service work, as it tries again: 0.5 is half as much again. */
  readonly retries: Readonly<Partial<Record<S, number>>>;
  /**
   * Series of the system's own metrics.
   * @param targetOf gives the labels that the scrape of a service adds
   */
  readonly ownSeries: (targetOf: (service: S) => Labels) => readonly KnownSeries[];
}

/** Of a system of whose traffic nothing is said: pictures show what every system has. */
export const noKnownTraffic: KnownTraffic = {
  services: [],
  routes: [],
  calls: [],
  retries: {},
  ownSeries: () => [],
};
