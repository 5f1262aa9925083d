import * as onExpress from "../../services/instrumentation/express";
import * as onFastify from "../../services/instrumentation/fastify";
import * as onHttp from "../../services/instrumentation/http";
import { catalogue } from "./system";

/** The instrumentation of the services of the tests' system, on each framework. */
export const { instrumentation, businessMetrics } = onFastify.instrumentationOver(catalogue);
export const { service: expressService } = onExpress.instrumentationOver(catalogue);
export const { service: httpService } = onHttp.instrumentationOver(catalogue);
