import { exposedAsUnknown, openMetricsName, type Named } from "../../metrics/openmetrics";

/** A trace that an observation belongs to. */
export interface Exemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** When it was observed, in Unix seconds. */
  readonly timestamp: number;
}

/** One line of an exposition. */
export interface Sample {
  readonly name: string;
  /** As `labelPairs` writes them. */
  readonly labels: string;
  readonly value: number;
  readonly exemplar?: Exemplar;
}

/** One metric with its samples. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: Named["type"];
  readonly samples: readonly Sample[];
}

/** The two formats that Prometheus and its relatives read. */
export type Format = "text" | "openmetrics";

/** Content type of each format. */
export const contentTypes: Readonly<Record<Format, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/**
 * The format to answer with: OpenMetrics where the scraper asks for it and prefers it, the text format otherwise.
 * @param accept the request's Accept header
 */
export function formatFor(accept: string | undefined): Format {
  let best: { format: Format; quality: number } = { format: "text", quality: 0 };
  for (const item of accept?.split(",") ?? []) {
    const [type, ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    const format =
      type === "application/openmetrics-text" ? "openmetrics" : type === "text/plain" ? "text" : "";
    if (format === "") continue;
    const version = parameters.find((parameter) => parameter.startsWith("version="));
    if (format === "openmetrics" && version !== undefined && !version.startsWith("version=1.0")) continue;
    const given = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = given === undefined ? 1 : Number(given.slice(2));
    if (quality > best.quality) best = { format, quality };
  }
  return best.format;
}

/** Units that may end a metric's name and are then announced in OpenMetrics. */
const units = ["seconds", "bytes", "dollars", "euros", "ratio", "meters", "celsius", "joules"];

/**
 * Renders families in one of the formats (Prometheus text 0.0.4, OpenMetrics 1.0.0). In OpenMetrics one of two families
 * whose names clash is `unknown`: else a strict parser would read nothing at all.
 */
export function render(families: readonly Family[], format: Format): string {
  const lines: string[] = [];
  const open = format === "openmetrics";
  const unknown = open ? exposedAsUnknown(families) : new Set<string>();
  for (const family of families) {
    const isUnknown = family.type === "untyped" || unknown.has(family.name);
    const counter = family.type === "counter" && !isUnknown;
    const name = open && counter ? openMetricsName(family) : family.name;
    lines.push(
      `# HELP ${name} ${open ? escapeLabel(family.help) : escapeHelp(family.help)}`,
      `# TYPE ${name} ${open && isUnknown ? "unknown" : family.type}`,
    );
    const unit = open && units.find((each) => name.endsWith(`_${each}`));
    if (unit) lines.push(`# UNIT ${name} ${unit}`);
    for (const sample of family.samples) {
      const sampleName = open && counter ? `${name}_total` : sample.name;
      const labels = sample.labels === "" ? "" : `{${sample.labels}}`;
      const line = `${sampleName}${labels} ${renderValue(sample.value)}`;
      lines.push(open && sample.exemplar ? `${line} # ${renderExemplar(sample.exemplar)}` : line);
    }
  }
  if (format === "openmetrics") lines.push("# EOF");
  return `${lines.join("\n")}\n`;
}

/** Labels as they stand between the braces of a sample: `method="GET",status_code="200"`. */
export function labelPairs(labels: Readonly<Record<string, string | number>>): string {
  let text = "";
  for (const name in labels) {
    text += `${text === "" ? "" : ","}${name}="${escapeLabel(String(labels[name]))}"`;
  }
  return text;
}

function renderExemplar({ labels, value, timestamp }: Exemplar): string {
  return `{${labelPairs(labels)}} ${renderValue(value)} ${timestamp.toFixed(3)}`;
}

function renderValue(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return String(value);
}

function escapeHelp(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
}

const special = /["\\\n]/;
function escapeLabel(text: string): string {
  return special.test(text) ? escapeHelp(text).replace(/"/g, '\\"') : text;
}
