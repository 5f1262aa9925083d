import type { KnownFailure, KnownRoute } from "../../dashboards/known-traffic/requests";
import type { Service } from "../metrics/services";

type Route = KnownRoute<Service>;

/** Orders that customers want: the gateway passes each of them on to the order service. */
const orders = { rate: 3.4, seed: 3 } as const;

/** The payment provider answers late, or not at all: a third of the orders fail. */
function unpaid(status: KnownFailure["status"], slowedBy: number): KnownFailure {
  return { share: 0.34, status, slowedBy };
}

const ofGateway: readonly Omit<Route, "service">[] = [
  { method: "GET", route: "/api/products/*", rate: 46, seed: 0, median: 0.019, status: "200" },
  { method: "POST", route: "/api/auth/*", rate: 5.5, seed: 1, median: 0.11, status: "200" },
  {
    method: "POST",
    route: "/api/orders/*",
    ...orders,
    median: 0.09,
    status: "201",
    incident: unpaid("502", 24),
  },
  { method: "GET", route: "/api/orders/*", rate: 4.2, seed: 3, median: 0.024, status: "200" },
];

const ofProducts: readonly Omit<Route, "service">[] = [
  { method: "GET", route: "/products", rate: 18, seed: 4, median: 0.009, status: "200" },
  { method: "GET", route: "/products/:id", rate: 31, seed: 5, median: 0.006, status: "200" },
];

const ofAccounts: readonly Omit<Route, "service">[] = [
  { method: "POST", route: "/login", rate: 2.1, seed: 6, median: 0.094, status: "200" },
  { method: "POST", route: "/register", rate: 0.4, seed: 7, median: 0.12, status: "201" },
  { method: "POST", route: "/validate", rate: 9.8, seed: 8, median: 0.004, status: "200" },
];

/** The route that orders are made by. */
export const placement = {
  service: "order-service",
  method: "POST",
  route: "/orders",
  ...orders,
  median: 0.07,
  status: "201",
  incident: unpaid("503", 30),
} as const satisfies Route;

const reading: Route = {
  service: "order-service",
  method: "GET",
  route: "/orders/:id",
  rate: 4.2,
  seed: 10,
  median: 0.011,
  status: "200",
};

/** All routes of the shop. */
export const routes: readonly Route[] = [
  ...ofGateway.map((route): Route => ({ ...route, service: "api-gateway" })),
  ...ofProducts.map((route): Route => ({ ...route, service: "product-service" })),
  ...ofAccounts.map((route): Route => ({ ...route, service: "auth-service" })),
  placement,
  reading,
];
