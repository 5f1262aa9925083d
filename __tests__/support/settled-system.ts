import { type Catalogue, entriesOf, underOwnNames } from "../../metrics/catalogue";
import { promqlOver } from "../../metrics/promql";
import { catalogue as ofSystem } from "./system";

/**
 * The catalogue of the system of the tests when none of its metrics is being renamed: each has one name. It is for tests
 * that hold the text of a query, or what a service exposes, which hold in the middle of a rename, too.
 */
export const catalogue = settled(ofSystem);

/** Expressions over it. */
export const { select, bucketUpTo } = promqlOver(catalogue);

function settled<C extends Catalogue>(given: C): C {
  const metrics = underOwnNames(entriesOf(given)).map((metric) => [
    metric.name,
    { ...metric, formerly: undefined },
  ]);
  return { ...given, metrics: Object.fromEntries(metrics) as C["metrics"] };
}
