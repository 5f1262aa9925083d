import { formatTable } from "../terminal/table";
import { wrapText } from "../terminal/wrap";
import { type Bill, rangeInWords } from "./bill";
import type { Prices } from "./prices";
import { mapRange, type Range, total } from "../../signals/volume/range";
import { seriesIn, type StoredSeries } from "../../signals/volume/series";

/** All that `npm run cost` says. */
export interface CostReport {
  readonly environment: string;
  /** Where the series were counted; undefined where the catalogue bounds them. */
  readonly measuredAt?: string;
  /** How many values stand for labels of which nobody knows a bound. */
  readonly openValues: number;
  /** Hours a day in which a dashboard is open. */
  readonly hours: number;
  readonly stored: readonly StoredSeries[];
  readonly samples: Range;
  readonly bills: readonly Bill[];
  readonly prices: Prices;
}

/** The report as text, in lines of a width. */
export function costText(report: CostReport, width: number): string {
  const { environment, measuredAt, samples, bills, prices } = report;
  const from = measuredAt === undefined ? "by its catalogue" : `as ${measuredAt} has them`;
  const heading = `Series of ${environment}, ${from}`;
  return [
    heading,
    seriesTable(report),
    wrapText(basis(report), width),
    `Samples a month: ${rangeInWords(samples)}`,
    ...bills.map((each) => `${each.engine}: ${dollars(each.dollars)} a month\n\n${billTable(each)}`),
    wrapText(
      `List prices of ${prices.region} in US dollars, read on ${prices.managedPrometheus.read} (operations/cost/prices.ts). What both have is left out: Grafana, Jaeger, exporters, messages.`,
      width,
    ),
  ].join("\n\n");
}

/** The report as programs read it: numbers as they are. */
export function costJson({ stored, ...report }: CostReport): object {
  const series = stored.map(({ byName, ...job }) => ({ ...job, series: total(byName.values()) }));
  return { ...report, series };
}

function seriesTable({ stored, measuredAt }: CostReport): string {
  const all = { job: "all", targets: undefined, isDiscovered: false, range: seriesIn(stored) };
  const rows = [...stored.map((each) => ({ ...each, range: total(each.byName.values()) })), all].map(
    ({ job, targets, isDiscovered, range }) => [
      job,
      targets ? `${String(targets)}${isDiscovered ? " or more" : ""}` : "",
      ...(measuredAt === undefined ? [grouped(range.least), grouped(range.most)] : [grouped(range.most)]),
    ],
  );
  const columns = measuredAt === undefined ? ["at least", "at most"] : ["series"];
  const width = (index: number) =>
    Math.max(...[columns, ...rows.map((row) => row.slice(2))].map((row) => row[index]?.length ?? 0));
  const right = (cells: readonly string[]) => cells.map((cell, index) => cell.padStart(width(index)));
  return formatTable(
    ["job", "targets", ...right(columns)],
    rows.map(([job = "", targets = "", ...numbers]) => [job, targets, ...right(numbers)]),
  );
}

/** What the numbers stand on, in sentences. */
function basis({ measuredAt, openValues, hours, stored }: CostReport): string {
  const discovered = stored.some(({ isDiscovered }) => isDiscovered)
    ? " Of targets that are discovered the fewest are counted."
    : "";
  const ofSeries =
    measuredAt === undefined
      ? `At least: those that are there before anything happens. At most: those that the catalogue lets be there; ${String(openValues)} values of what nobody can know before, such as a disk or a container (--open).${discovered} A running Prometheus says how many there are: --prometheus URL.`
      : "";
  return `${ofSeries} Dashboards: one is open for ${String(hours)} hours a day (--hours).`.trim();
}

function billTable({ items }: Bill): string {
  const amounts = items.map(({ dollars: each }) => dollars(each));
  const longest = Math.max(...amounts.map((text) => text.length));
  return items
    .map(({ what, amount }, index) => `  ${(amounts[index] ?? "").padStart(longest)}  ${what}: ${amount}`)
    .join("\n");
}

/** Dollars as people read them: cents below ten, none beyond. */
function dollars(range: Range): string {
  const { least, most } = mapRange(range, (value) =>
    value < 10 ? Math.round(value * 100) / 100 : Math.round(value),
  );
  return least === most ? `$${inDollars(most)}` : `$${inDollars(least)} to ${inDollars(most)}`;
}

function inDollars(value: number): string {
  return value < 10 ? value.toFixed(2) : grouped(value);
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString("en");
}
