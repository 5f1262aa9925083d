import { familiesOf } from "./families";
import { readOpenMetrics } from "./open-metrics";
import { readText } from "./text-format";

/** The formats that Prometheus reads as text. */
export type ExpositionFormat = "text" | "OpenMetrics";

/** One line of an exposition: a sample. */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a line of metadata says of a metric. */
export interface Metadata {
  readonly kind: "HELP" | "TYPE" | "UNIT";
  readonly name: string;
  readonly text: string;
}

/** What an exposition says, line by line. */
export type Entry = ParsedSample | Metadata;

/** One metric of an exposition. Counters are named with `_total`, infos with `_info`, in both formats. */
export interface ParsedFamily {
  readonly name: string;
  /** As announced last, which is what Prometheus keeps; `untyped` where nothing is, or OpenMetrics' `unknown`. */
  readonly type: string;
  /** Every type that is announced, each once: a sound exposition announces one at most. */
  readonly types: readonly string[];
  /** As announced, in OpenMetrics and OTLP only. */
  readonly unit: string | undefined;
  /** What it was made of, where it came by OTLP: an instrument's name in quotes, and its unit. Default: none. */
  readonly instrument?: string;
  /** As announced last. Default: nothing is. */
  readonly help?: string | undefined;
  readonly samples: readonly ParsedSample[];
}

/** What a scrape brings, or OTLP in a while: the metrics by name. */
export interface Exposition {
  readonly format: ExpositionFormat | "OTLP";
  readonly families: ReadonlyMap<string, ParsedFamily>;
}

/**
 * Reads Prometheus' text format 0.0.4 or OpenMetrics 1.0 as Prometheus 3 does: what it refuses is refused, since one
 * bad line loses the whole scrape.
 * @param body the answer's bytes, or a text of which they are the UTF-8 form
 * @throws ExpositionError at the first line that is not in the format
 */
export function parseExposition(body: string | Uint8Array, format: ExpositionFormat): Exposition {
  // One character a byte: what is no UTF-8 can be seen where it matters.
  const bytes = Buffer.from(body as Uint8Array).toString("latin1");
  const entries = format === "OpenMetrics" ? readOpenMetrics(bytes) : readText(bytes);
  return { format, families: familiesOf(entries, format) };
}
