import type { KnownTraffic } from "../../dashboards/known-traffic/known-traffic";

export const knownTraffic: KnownTraffic = {
  services: [],
  routes: [],
  calls: [],
  retries: {},
  ownSeries: () => [],
};
