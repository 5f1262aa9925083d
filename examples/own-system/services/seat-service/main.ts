import { createApp } from "../platform/app";
import { commonConfig, readConfig } from "../platform/config";
import { businessMetrics } from "../platform/instrumentation";
import { serve } from "../platform/serve";

void serve((env) => {
  const config = readConfig(commonConfig(4001), env);
  const routes = (scope: Parameters<typeof businessMetrics>[0]) => {
    businessMetrics(scope, "seat-service").seats_free.set(50);
  };
  const app = createApp({ service: "seat-service", config, env, routes });
  return { app, config };
});
