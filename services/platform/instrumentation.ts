import { catalogue } from "../../shop/metrics/catalogue";
import { instrumentationOver } from "../instrumentation/fastify";

/** The instrumentation of the services here. */
export const { instrumentation, businessMetrics } = instrumentationOver(catalogue);
