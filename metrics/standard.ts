import { catalogueOf, type CataloguedService } from "./catalogue";
import { exporterGroups } from "./exporters";
import { http } from "./http";
import { nodejs } from "./nodejs";
import { processMetrics } from "./process";

/** What every service measures. */
export const serviceGroups = [http, nodejs, processMetrics] as const;

export { exporterGroups };

const noServices: Readonly<Record<string, CataloguedService>> = {};
const made = catalogueOf(noServices, ...serviceGroups, ...exporterGroups);
type Made = typeof made;

/** The type of `standard`: an interface, as the compiler then calls it by its name. */
export interface Standard extends Made {}

/** What every system has: the metrics of its services, hosts and containers, and of the monitoring itself. */
export const standard: Standard = made;
