import { instrumentationOver } from "../../services/instrumentation";
import { catalogue } from "./system";

/** The instrumentation of the services of the tests' system. */
export const { instrumentation, businessMetrics, service } = instrumentationOver(catalogue);
