import type { VectorExpr } from "@grafana/promql-builder";
import type { Catalogue, CatalogueEntry } from "../../../metrics/catalogue";
import { exporters } from "../../../metrics/exporters";
import { familyOf } from "../../../metrics/families";
import type { Feed } from "../../../metrics/feed";
import { targetLabels } from "../../../metrics/targets";

type Selector = Pick<VectorExpr, "metric" | "labels">;

/** What is known of the series of a selector that has none. */
export interface Absent {
  readonly selector: Selector;
  /** Whether there are series when each value of the metric's own labels will do. */
  readonly hasOthers: boolean;
  /** Whether a target announces the metric, with or without series. */
  readonly isAnnounced: boolean;
}

/**
 * Why a selector may have no series in a system that is well, by what the catalogue says; undefined where it may not.
 * @param feed what is scraped there
 */
export function reasonForAbsence(
  { selector, hasOthers, isAnnounced }: Absent,
  catalogue: Catalogue,
  feed: Feed,
): string | undefined {
  const entry = familyOf(catalogue, selector.metric);
  if (entry === undefined) return undefined;
  if (entry.formerNameOf !== undefined) return "it has another name now, and is read under both";
  if (entry.absentWhen !== undefined) return entry.absentWhen;
  if (!feed.has(selector)) return "its exporter is not part of this system";
  if (hasOthers && asksForValues(selector)) return "nothing of that kind has happened yet";
  if (isAnnounced) return "it is announced, and nothing that it counts has happened yet";
  if (isCountedByLabels(entry)) return "its exporter shows it when it has happened once";
  return undefined;
}

/** A selector without the matchers that choose values of the metric's own labels, not targets. */
export function ofAllValues({ metric, labels }: Selector): Selector {
  return { metric, labels: labels.filter(({ name }) => (targetLabels as readonly string[]).includes(name)) };
}

function asksForValues(selector: Selector): boolean {
  return ofAllValues(selector).labels.length < selector.labels.length;
}

/** What a program in Go counts by labels is exported from the first count on; before that, nothing tells of it. */
function isCountedByLabels({ type, labels, exportedBy }: CatalogueEntry): boolean {
  return type !== "gauge" && Object.keys(labels).length > 0 && exportedBy.every(isExporter);
}

function isExporter(by: string): boolean {
  return (exporters as readonly string[]).includes(by);
}
