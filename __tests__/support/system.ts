import { standardCases } from "../../alerts/all-cases";
import { type AlertCase, seriesOver } from "../../alerts/cases";
import { thresholdDefinitions as standardThresholds, thresholdsSchemaOf } from "../../alerts/thresholds";
import { titlesOf } from "../../dashboards/dashboard";
import { promqlOver } from "../../metrics/promql";
import { system } from "../../shop";
import { settings } from "../../shop/settings";

export { system, settings };

/** The catalogue of the system of the tests. */
export const { catalogue } = system;

/** Its type. */
export type TestCatalogue = typeof catalogue;

/** Expressions over it. */
export const { select, bucketUpTo } = promqlOver(catalogue);

/** The cases of all its alerts. */
export const alertCases: readonly AlertCase[] = [...standardCases, ...system.alerts.cases];

/** All its thresholds. */
export const thresholdDefinitions = { ...standardThresholds, ...settings.thresholds };

/** As its environments give them. */
export const thresholdsSchema = thresholdsSchemaOf(settings.thresholds);

/** Uids of all its dashboards. */
export const dashboardUids: readonly string[] = Object.keys(titlesOf(system.dashboards.titles));

/** Input series of it. */
export const series = seriesOver(catalogue);
