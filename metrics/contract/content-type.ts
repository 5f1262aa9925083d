import type { ExpositionFormat } from "./exposition";
import type { Finding } from "./findings";

const formats: Readonly<Record<string, ExpositionFormat>> = {
  "text/plain": "text",
  "application/openmetrics-text": "OpenMetrics",
};

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/;
const parameter = new RegExp(`^\\s*${token.source}=(?:${token.source}|"(?:[^"\\\\]|\\\\.)*")\\s*$`);

/** A semicolon that is not in quotes. */
const betweenParameters = /;(?=(?:[^"]*"[^"]*")*[^"]*$)/;

/** The format that an answer's Content-Type announces, and what keeps Prometheus 3 from reading it. */
export interface AnnouncedFormat {
  /** `text` where the header tells nothing that is known. */
  readonly format: ExpositionFormat;
  readonly findings: readonly Finding[];
}

/**
 * What Prometheus 3 makes of the header. It reads nothing of an answer without a type that it knows, unless its
 * configuration names a `fallback_scrape_protocol`.
 * @param header its value; undefined or empty where there is none
 */
export function announcedFormat(header: string | undefined): AnnouncedFormat {
  const [type = "", ...parameters] = (header ?? "").split(betweenParameters);
  const format = formats[type.trim().toLowerCase()];
  const isSound = parameters.every((each, index) =>
    // A semicolon may be last.
    each.trim() === "" ? index === parameters.length - 1 : parameter.test(each),
  );
  if (format !== undefined && isSound) return { format, findings: [] };
  const found = header === undefined || header === "" ? "nothing" : JSON.stringify(header);
  const allowed = `"text/plain; version=0.0.4" or "application/openmetrics-text; version=1.0.0"`;
  return {
    format: format ?? "text",
    findings: [
      {
        kind: "format",
        metric: "Content-Type",
        message: `found ${found}, allowed: ${allowed}; Prometheus 3 reads nothing of another type`,
      },
    ],
  };
}
