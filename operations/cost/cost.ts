import { loadOf } from "../../signals/volume/load";
import { mapRange } from "../../signals/volume/range";
import { seriesByCatalogue } from "../../signals/volume/series";
import type { Watched } from "../../signals/watched";
import type { PrometheusClient } from "../clients/prometheus-client";
import { withoutCredentials } from "../terminal/credentials";
import { managedBill, ownBill, secondsOfMonth } from "./bill";
import { seriesMeasured } from "./measured";
import type { Prices } from "./prices";
import type { CostReport } from "./report";

/** What costs are reckoned with. */
export interface CostSettings {
  /** How many values stand for labels of which nobody knows a bound. */
  readonly openValues: number;
  /** Hours a day in which a dashboard is open. */
  readonly hours: number;
  /** A Prometheus that has the environment's series. Undefined: the catalogue bounds them. */
  readonly prometheus: PrometheusClient | undefined;
  readonly prices: Prices;
}

/**
 * The series and samples of an environment, and what they cost in each engine.
 * @throws RequestError when the Prometheus does not answer
 */
export async function costOf(watched: Watched, settings: CostSettings): Promise<CostReport> {
  const { environment } = watched;
  const { openValues, hours, prometheus, prices } = settings;
  const stored = prometheus ? await seriesMeasured(prometheus) : seriesByCatalogue(watched, openValues);
  const load = loadOf(watched, stored);
  return {
    environment: environment.name,
    ...(prometheus && { measuredAt: withoutCredentials(prometheus.url) }),
    openValues,
    hours,
    stored,
    samples: mapRange(load.taken, (value) => value * secondsOfMonth),
    bills: [ownBill(environment, prices), managedBill(environment, load, settings)],
    prices,
  };
}
