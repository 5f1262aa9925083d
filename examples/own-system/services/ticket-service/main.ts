import { euros } from "../../metrics/units";
import { createApp } from "../platform/app";
import { commonConfig, readConfig } from "../platform/config";
import { businessMetrics } from "../platform/instrumentation";
import { serve } from "../platform/serve";

void serve((env) => {
  const config = readConfig(commonConfig(4000), env);
  const app = createApp({
    service: "ticket-service",
    config,
    env,
    routes: (scope) => {
      const metrics = businessMetrics(scope, "ticket-service");
      scope.get("/sell", () => {
        metrics.tickets_sold_total.inc({ at: "web" });
        metrics.ticket_price_euros.observe(euros(25));
        return { sold: 1 };
      });
    },
  });
  return { app, config };
});
