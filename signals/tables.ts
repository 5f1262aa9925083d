import { type Counted, keyOf, type Signals } from "./model";

/** A table with a heading, as `formatTable` takes it. */
export interface SignalTable {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The model as four tables: what produces, reads and carries, and what is left out. */
export function signalTables({ producers, readers, carriers, leftOut }: Signals): readonly SignalTable[] {
  const readBy = (key: string) => readers.filter(({ reads }) => reads.includes(key)).length;
  return [
    {
      title: "Produces",
      headings: ["KIND", "NAME", "SERIES", "STORED", "READ BY", "GIVES"],
      rows: producers.map((producer) => [
        producer.kind,
        producer.name,
        producer.series?.exported ?? "",
        producer.series?.stored ?? "",
        producer.kind === "rules" || producer.kind === "heartbeat" ? "" : readBy(keyOf(producer)),
        producer.gives,
      ]),
    },
    {
      title: "Reads",
      headings: ["KIND", "NAME", "RAISES", "MAKES"],
      rows: readers.map(({ kind, name, raises, makes }) => [kind, name, inWords(raises), makes]),
    },
    {
      title: "Carries",
      headings: ["KIND", "NAME", "ALERTS", "TELLS"],
      rows: carriers.map(({ kind, name, carries, tells }) => [kind, name, inWords(carries), tells]),
    },
    {
      title: "Left out",
      headings: ["KIND", "NAME", "WHY"],
      rows: leftOut.map(({ kind, name, why }) => [kind, name, why]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

const short: Readonly<Record<string, string>> = { critical: "crit", warning: "warn", none: "none" };

/** Numbers by severity in a few characters: `3 crit, 14 warn`. */
function inWords(counts: Counted): string {
  return ["critical", "warning", "none"]
    .flatMap((severity) => {
      const count = counts[severity] ?? 0;
      return count === 0 ? [] : [`${String(count)} ${short[severity] ?? severity}`];
    })
    .join(", ");
}
