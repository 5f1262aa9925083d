import { businessMetrics, type Environment } from "../instrumentation";
import { createApp, type App } from "../platform/app";
import { commonConfig, readConfig, serviceUrl, wholeNumber, type CommonConfig } from "../platform/config";
import { addProxyRoutes, Proxy } from "./proxy";

/** What the gateway reads beside the common variables. */
const settings = {
  ...commonConfig(3000),
  PRODUCT_SERVICE_URL: serviceUrl("http://product-service:3001"),
  AUTH_SERVICE_URL: serviceUrl("http://auth-service:3002"),
  ORDER_SERVICE_URL: serviceUrl("http://order-service:3003"),
  /** Longest time that a service behind may take to begin its answer, in milliseconds. */
  UPSTREAM_TIMEOUT_MS: wholeNumber({ min: 1, max: 600_000, default: 5_000 }),
};

/** The gateway: passes `/api/products/*`, `/api/auth/*` and `/api/orders/*` on to the services behind it. */
export function createGateway(env: Environment): { app: App; config: CommonConfig } {
  const config = readConfig(settings, env);
  const app = createApp({
    service: "api-gateway",
    config: { ...config, FAULT_INJECTION: "off" },
    env,
    routes: (scope) => {
      const { proxy_request_duration_seconds: duration } = businessMetrics(scope, "api-gateway");
      const proxy = new Proxy(duration, config.UPSTREAM_TIMEOUT_MS);
      scope.addHook("onClose", () => proxy.close());
      addProxyRoutes(scope, proxy, [
        { prefix: "/api/products", service: "product-service", url: config.PRODUCT_SERVICE_URL },
        { prefix: "/api/auth", service: "auth-service", url: config.AUTH_SERVICE_URL },
        { prefix: "/api/orders", service: "order-service", url: config.ORDER_SERVICE_URL },
      ]);
    },
  });
  return { app, config };
}
