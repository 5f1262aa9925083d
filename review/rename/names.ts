import { type Catalogue, type CatalogueEntry } from "../../metrics/catalogue";
import { checkDefinition } from "../../metrics/definition";
import { didYouMean } from "../../metrics/describe";
import { entryOf, familyOf, renamingsOf } from "../../metrics/families";
import { DefinitionError, refusingProblems } from "../../metrics/problems";
import { seriesNames } from "../../signals/stored-series";

/** A metric's name before and after. */
export interface Names {
  readonly from: string;
  readonly to: string;
}

/** Why a metric cannot be renamed so: what was found, what is allowed, what to do. */
export class RenameError extends Error {
  override readonly name = "RenameError";
}

/**
 * The metric whose renaming can begin.
 * @throws RenameError when there is no such metric of one's own, or the new name is taken or not of its type's form
 */
export function metricToRename(catalogue: Catalogue, { from, to }: Names): CatalogueEntry {
  const metric = entryOf(catalogue, from);
  const own = Object.values(catalogue.metrics).filter(
    ({ foreign, formerNameOf }) => !foreign && formerNameOf === undefined,
  );
  if (metric === undefined) {
    const names = own.map(({ name }) => name);
    throw new RenameError(
      `"${from}": found no such metric in the catalogue, allowed: one of docs/metrics.md that is no foreign one${didYouMean(from, names)}`,
    );
  }
  if (metric.foreign) {
    throw new RenameError(
      `${from} is named by others (${metric.owner}): allowed are metrics that services here measure themselves. Where its exporter renames it, change its entry of the catalogue.`,
    );
  }
  const begun = renamingsOf(catalogue).find(
    ({ metric: { name }, formerly }) => name === from || formerly === from,
  );
  if (begun !== undefined) {
    const { formerly, metric: renamed } = begun;
    throw new RenameError(
      `${formerly} is being renamed to ${renamed.name} already. End that first: npm run rename -- metric ${formerly} ${renamed.name} --finish`,
    );
  }
  const wrong = problemsOfName(metric, { from, to });
  if (wrong.length > 0) throw new RenameError(wrong.join("\n"));
  const taken = seriesNames({ name: to, type: metric.type }).find(
    (series) => entryOf(catalogue, series) !== undefined || familyOf(catalogue, series) !== undefined,
  );
  if (taken !== undefined || entryOf(catalogue, to) !== undefined) {
    throw new RenameError(
      `"${to}": found ${taken ?? to} in the catalogue already, allowed: a name that no metric has`,
    );
  }
  return metric;
}

/**
 * The metric whose renaming can end.
 * @throws RenameError when it is not being renamed so
 */
export function metricBeingRenamed(catalogue: Catalogue, { from, to }: Names): CatalogueEntry {
  const all = renamingsOf(catalogue);
  const found = all.find(({ metric, formerly }) => metric.name === to && formerly === from);
  if (found !== undefined) return found.metric;
  const known = all.map(({ metric, formerly }) => `${formerly} to ${metric.name}`);
  throw new RenameError(
    `${from} is not being renamed to ${to}. Metrics that are: ${known.join(", ") || "none"}. A renaming begins without --finish.`,
  );
}

/** What a name of the metric's type must be, as the catalogue tells it. */
function problemsOfName(metric: CatalogueEntry, { from, to }: Names): readonly string[] {
  const { type, help, unit, labels, stability, buckets } = metric;
  const definition = { help, unit, labels, stability, formerly: from, ...(buckets && { buckets }) };
  try {
    refusingProblems(() => {
      checkDefinition(to, type, definition, false);
    });
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    // Where it is written is no file's line, but the command's own.
    return error.problems.map((problem) => problem.replace(/^.*?(?=metric )/, ""));
  }
}
