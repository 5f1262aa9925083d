import type { Environment } from "../instrumentation";
import { createApp, type App } from "../platform/app";
import { Authentication } from "../platform/authentication";
import { commonConfig, readConfig, serviceUrl, wholeNumber, type CommonConfig } from "../platform/config";
import { businessMetrics } from "../platform/instrumentation";
import { servicePrograms } from "../programs";
import { Dependencies } from "./dependencies";
import { Lifecycle } from "./lifecycle";
import { Placement } from "./placement";
import { addOrderRoutes } from "./routes";
import { OrderStore } from "./store";

/** What the order service reads beside the common variables. */
const settings = {
  ...commonConfig(servicePrograms["order-service"].port),
  AUTH_SERVICE_URL: serviceUrl("http://auth-service:3002"),
  PRODUCT_SERVICE_URL: serviceUrl("http://product-service:3001"),
  /** Longest time for a call to another service, in milliseconds. */
  DEPENDENCY_TIMEOUT_MS: wholeNumber({ min: 1, max: 60_000, default: 3_000 }),
  /** Most orders that the service holds; the oldest finished one goes for a further one. */
  MAX_ORDERS: wholeNumber({ min: 1, max: 1_000_000, default: 10_000 }),
  /** After how long an order is paid, and then shipped, by itself, in milliseconds; 0 is never. */
  ORDER_STEP_MS: wholeNumber({ min: 0, max: 86_400_000, default: 5_000 }),
  /** Orders above this many dollars are declined. */
  PAYMENT_LIMIT_DOLLARS: wholeNumber({ min: 1, max: 1_000_000_000, default: 10_000 }),
};

/** The order service: takes orders and sees them through. */
export function createOrderService(env: Environment): { app: App; config: CommonConfig } {
  const config = readConfig(settings, env);
  const dependencies = new Dependencies(config.PRODUCT_SERVICE_URL, config.DEPENDENCY_TIMEOUT_MS);
  const authentication = new Authentication(config.AUTH_SERVICE_URL, config.DEPENDENCY_TIMEOUT_MS);
  const app = createApp({
    service: "order-service",
    config,
    env,
    routes: (scope) => {
      const metrics = businessMetrics(scope, "order-service");
      const store = new OrderStore(config.MAX_ORDERS, (status, change) => {
        metrics.active_orders.inc({ status }, change);
      });
      const lifecycle = new Lifecycle(store, config.ORDER_STEP_MS);
      const placement = new Placement(store, dependencies, config.PAYMENT_LIMIT_DOLLARS);
      scope.addHook("onClose", (_app, done) => {
        lifecycle.stop();
        done();
      });
      addOrderRoutes(scope, { metrics, store, lifecycle, placement, authentication });
    },
  });
  return { app, config };
}
