import type { LabelSelector } from "@grafana/promql-builder";
import type { Match } from "../metrics/promql";
import { labelSelectors } from "../metrics/promql/matchers";
import { quoted } from "../metrics/promql/render";
import { checkLabels } from "../metrics/promql/shape";

/** Labels of the streams in Loki, as the log shipper sets them: few, each with few values. */
export const streamLabels = ["environment", "container"] as const;

/** One of them. A service's container has the service's name. */
export type StreamLabel = (typeof streamLabels)[number];

/** Fields of a line that is JSON which are read here, as the services write them. */
export const lineFields = ["level", "trace_id"] as const;

/** One of them. */
export type LineField = (typeof lineFields)[number];

/** What a panel asks Loki. */
export class LogQuery {
  declare protected readonly asked: true;

  constructor(
    private readonly text: string,
    /** Labels of what it gives, for legends. */
    readonly shape: { readonly labels: readonly string[] },
  ) {}

  /** The query in LogQL. */
  toString(): string {
    return this.text;
  }
}

/** The lines of some streams. */
export class LogLines extends LogQuery {
  declare protected readonly given: "lines";

  /** Those of them with a text in them: Loki looks for it before it reads a line any further. */
  containing(text: string): LogLines {
    return new LogLines(`${this.toString()} |= ${quoted(text)}`, this.shape);
  }

  /** Those of them that are JSON with such a field. */
  where(field: LineField, match: Match<string>): LogLines {
    checkLabels("where", [field], lineFields);
    const filters = labelSelectors("lines", field, match, undefined).map((each) => ` | ${matcher(each)}`);
    return new LogLines(`${this.toString()} | json ${field}=${quoted(field)}${filters.join("")}`, this.shape);
  }
}

/** A number for each set of labels over time. */
export class LogRate extends LogQuery {
  declare protected readonly given: "numbers";
}

/** The lines of the streams with such labels. */
export function lines(labels: Readonly<Partial<Record<StreamLabel, Match<string>>>>): LogLines {
  const entries = Object.entries(labels);
  const names = entries.map(([name]) => name);
  checkLabels("lines", names, streamLabels);
  const matchers = entries.flatMap(([name, match]) => labelSelectors("lines", name, match, undefined));
  return new LogLines(`{${matchers.map(matcher).join(", ")}}`, { labels: streamLabels });
}

/** How many of these lines there are per second, over as long as Grafana finds fit, by labels of their streams. */
export function linesPerSecond(of: LogLines, by: readonly StreamLabel[]): LogRate {
  checkLabels("linesPerSecond", by, streamLabels);
  return new LogRate(`sum by (${by.join(", ")}) (rate(${of.toString()} [$__auto]))`, { labels: by });
}

function matcher({ name, operator, value }: LabelSelector): string {
  return name + operator + quoted(value);
}
