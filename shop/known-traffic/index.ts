import type { KnownTraffic } from "../../dashboards/known-traffic/known-traffic";
import type { Service } from "../metrics/services";
import { businessSeries } from "./business";
import { calls } from "./calls";
import { proxiedSeries } from "./gateway";
import { routes } from "./routes";

/**
 * The traffic of the shop that the pictures of its dashboards show. It names its services itself: what a team adds to
 * the catalogue makes no picture old.
 */
export const knownTraffic: KnownTraffic<Service> = {
  services: ["api-gateway", "product-service", "auth-service", "order-service"],
  routes,
  calls,
  retries: { "order-service": 0.5 },
  ownSeries: (targetOf) => [...proxiedSeries(targetOf("api-gateway")), ...businessSeries(targetOf)],
};
