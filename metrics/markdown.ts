import { entriesOf, exportersOf, servicesOf, type Catalogue, type CatalogueEntry } from "./catalogue";
import type { LabelSpec, LabelSpecs } from "./labels";
import { needs } from "./needs";
import { seriesOf } from "./series";
import { targetLabels } from "./targets";

/** A catalogue as a Markdown document; the same text for the same catalogue. */
export function catalogueMarkdown(catalogue: Catalogue): string {
  const all = entriesOf(catalogue);
  const owners = [...new Set(all.map(({ owner }) => owner))];
  return [
    ...introduction(),
    ...seriesTable(catalogue),
    ...owners.flatMap((owner) =>
      section(
        owner,
        all.filter((entry) => entry.owner === owner),
      ),
    ),
  ].join("\n");
}

function introduction(): string[] {
  return [
    "# Metrics",
    "",
    "<!-- Generated from metrics/ by `npm run update`: change it there. -->",
    "",
    "Every metric that the dashboards, the rules and the services know, by who defines it. A name that is not here does",
    "not compile. `foreign` names are chosen by an exporter or a client library and may break the rules for names that",
    "ours follow.",
    "",
    `In queries each series also has the labels that the scrape adds: ${codes(targetLabels)}.`,
    "",
  ];
}

function seriesTable(catalogue: Catalogue): string[] {
  return [
    "## Series of each service",
    "",
    "The most series that one instance can export when every label takes all of its values, against its budget. A",
    "histogram counts its buckets, `+Inf`, sum and count.",
    "",
    ...table(
      ["Service", "Worst case", "Budget", "Most of them"],
      servicesOf(catalogue).map((name) => {
        const { worstCase, budget, metrics } = seriesOf(catalogue, name);
        const most = metrics
          .slice(0, 3)
          .map(({ name: metric, series }) => `${code(metric)} ${String(series)}`);
        return [name, String(worstCase), String(budget), most.join(", ")];
      }),
    ),
    "",
  ];
}

function section(owner: string, metrics: readonly CatalogueEntry[]): string[] {
  const notes = [...new Set(metrics.flatMap(notesOf))];
  return [
    `## ${metrics.find(({ title }) => title !== undefined)?.title ?? owner}`,
    "",
    ...table(
      ["Metric", "Type", "Unit", "Labels", "Meaning", "Exported by"],
      metrics.map((metric) => [
        code(metric.name),
        typeOf(metric),
        metric.unit,
        Object.entries(metric.labels)
          .map(([label, spec]) => `${code(label)}${boundOf(spec)}`)
          .join(", "),
        metric.help + presenceOf(metric),
        exportersOf(metric),
      ]),
    ),
    "",
    ...(notes.length === 0 ? [] : [...notes, ""]),
  ];
}

/** When it is there, where that is not always. */
function presenceOf({ absentWhen, onlyWith }: CatalogueEntry): string {
  return (
    (absentWhen === undefined ? "" : ` Absent when ${absentWhen}.`) +
    (onlyWith === undefined ? "" : ` Only with ${needs[onlyWith]}.`)
  );
}

function typeOf({ type, announcedAs, foreign, stability }: CatalogueEntry): string {
  const remarks = [
    ...(announcedAs === undefined ? [] : [`announced as ${announcedAs}`]),
    ...(foreign ? ["foreign"] : []),
    ...(stability === "stable" ? [] : [stability]),
  ];
  return remarks.length === 0 ? type : `${type} (${remarks.join(", ")})`;
}

function boundOf(spec: LabelSpec): string {
  switch (spec.kind) {
    case "oneOf":
      return ` (${String(spec.values.length)})`;
    case "bounded":
      return ` (at most ${String(spec.max)}, then ${code(spec.rest)})`;
    case "follows":
      return ` (one for each ${code(spec.label)})`;
    case "open":
      return spec.upTo === undefined ? "" : ` (up to ${String(spec.upTo)})`;
  }
}

/** What does not fit into the table's row. */
function notesOf({ name, unit, labels, buckets, maxLabelSets }: CatalogueEntry): string[] {
  return [
    ...Object.entries(labels).flatMap(([label, spec]) =>
      spec.kind === "oneOf" ? [`- ${code(label)} is one of ${codes(spec.values)}.`] : [],
    ),
    ...(buckets === undefined ? [] : [`- Buckets of ${code(name)} in ${unit}: ${buckets.join(", ")}.`]),
    ...(maxLabelSets === undefined
      ? []
      : [
          `- ${code(name)} keeps at most ${String(maxLabelSets)} label sets apart; in all further ones ${rests(labels)}.`,
        ]),
  ];
}

/** What the labels are in the label sets that are not kept apart. */
function rests(labels: LabelSpecs): string {
  return Object.entries(labels)
    .flatMap(([label, spec]) =>
      spec.kind === "open" || spec.rest === undefined ? [] : [`${code(label)} is ${code(spec.rest)}`],
    )
    .join(" and ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function codes(words: readonly string[]): string {
  return words.map(code).join(", ");
}

function code(word: string): string {
  return `\`${word}\``;
}
