import type { Environment } from "../instrumentation";
import { createApp, type App } from "../platform/app";
import { serveMetrics } from "../platform/metrics-server";
import type { Served } from "../platform/serve";
import { commonConfig, onOrOff, readConfig, serviceUrl, wholeNumber } from "../platform/config";
import { businessMetrics } from "../platform/instrumentation";
import { servicePrograms } from "../programs";
import { addProxyRoutes, Proxy } from "./proxy";

/** What the gateway reads beside the common variables. */
const settings = {
  ...commonConfig(servicePrograms["api-gateway"].port),
  PRODUCT_SERVICE_URL: serviceUrl("http://product-service:3001"),
  AUTH_SERVICE_URL: serviceUrl("http://auth-service:3002"),
  ORDER_SERVICE_URL: serviceUrl("http://order-service:3003"),
  /** Longest time that a service behind may take to begin its answer, in milliseconds. */
  UPSTREAM_TIMEOUT_MS: wholeNumber({ min: 1, max: 600_000, default: 5_000 }),
  /** Port of its metrics, as its own port is open to the world; 0 takes a free one. */
  METRICS_PORT: wholeNumber({ min: 0, max: 65_535, default: servicePrograms["api-gateway"].metricsPort }),
  /** `on` continues the traces of callers: for a gateway that only systems of one's own reach. */
  TRUST_CALLERS: onOrOff("off"),
};

/** The services behind, and the paths below which they are seen. */
const behind = [
  { prefix: "/api/products", service: "product-service", url: "PRODUCT_SERVICE_URL" },
  { prefix: "/api/auth", service: "auth-service", url: "AUTH_SERVICE_URL" },
  { prefix: "/api/orders", service: "order-service", url: "ORDER_SERVICE_URL" },
] as const;

/** The gateway: passes `/api/products/*`, `/api/auth/*` and `/api/orders/*` on to the services behind it. */
export function createGateway(env: Environment): Served {
  const config = readConfig(settings, env);
  const trustCallers = config.TRUST_CALLERS === "on";
  const app = createApp({
    service: "api-gateway",
    config: { ...config, FAULT_INJECTION: "off" },
    env,
    exposeMetrics: false,
    trustCallers,
    routes: (scope) => {
      const { proxy_request_duration_seconds: duration } = businessMetrics(scope, "api-gateway");
      const proxy = new Proxy(duration, config.UPSTREAM_TIMEOUT_MS, trustCallers);
      scope.addHook("onClose", () => proxy.close());
      addIndex(scope);
      addProxyRoutes(
        scope,
        proxy,
        behind.map((target) => ({ ...target, url: config[target.url] })),
      );
    },
  });
  const start = async () => ({ metricsPort: await serveMetrics(app, config, config.METRICS_PORT) });
  return { app, config, start };
}

/** `GET /`: what can be found where, for those who meet the gateway first. */
function addIndex(app: App): void {
  const paths = Object.fromEntries(behind.map(({ prefix, service }) => [service, `${prefix}/`]));
  app.get("/", () => ({
    service: "api-gateway",
    paths,
    try: ["/api/products/products", "/health"],
  }));
}
