import { alertmanager } from "./alertmanager";
import { cadvisor } from "./cadvisor";
import { catalogueOf, type CataloguedService } from "./catalogue";
import { grafana } from "./grafana";
import { http } from "./http";
import { nodeExporter } from "./node-exporter";
import { nodejs } from "./nodejs";
import { processMetrics } from "./process";
import { prometheus } from "./prometheus";

/** What every service measures. */
export const serviceGroups = [http, nodejs, processMetrics] as const;

/** What the programs of others export that watch a system. */
export const exporterGroups = [nodeExporter, cadvisor, prometheus, alertmanager, grafana] as const;

const noServices: Readonly<Record<string, CataloguedService>> = {};
const made = catalogueOf(noServices, ...serviceGroups, ...exporterGroups);
type Made = typeof made;

/** The type of `standard`: an interface, as the compiler then calls it by its name. */
export interface Standard extends Made {}

/** What every system has: the metrics of its services, hosts and containers, and of the monitoring itself. */
export const standard: Standard = made;
