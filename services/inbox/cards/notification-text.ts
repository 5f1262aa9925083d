import { labelsOfSilence } from "./silence-link";
import { nameOfTitle, type AlertFacts, type Labels, type Link, type Subject } from "./subject";

/** How a kind of receiver writes what this project's templates put into every message. */
export interface Markup {
  /** A line with a field: its name and its value. */
  readonly field: RegExp;
  /** A link: its words and its address. */
  readonly link: RegExp;
  /** A text as it was before the template wrote it for this kind. */
  readonly plain: (text: string) => string;
}

/** Of messages in Markdown. */
export const markdownMarkup: Markup = {
  field: /^\*\*([A-Z][a-z]+):\*\* (.*)$/,
  link: /\[(?<words>[^\][]*)\]\((?<url>[^()\s]+)\)/g,
  plain: (text) => text.replace(/\\([\\*_~`|<>[\]])/g, "$1"),
};

/** Of messages without markup, such as mails. */
export const plainMarkup: Markup = {
  field: /^([A-Z][a-z]+): (.*)$/,
  link: /^(?<words>[A-Z][a-z]+): (?<url>https?:\/\/\S+)$/gm,
  plain: (text) => text,
};

/**
 * Reads what this project's templates write: the fields of the group, a block for each alert, the links at the end. Of
 * another's text there is its title alone.
 */
export function readNotification(title: string, text: string, markup: Markup): Subject {
  const fields = fieldsOf(text, markup);
  const valueOf = (name: string) => fields.find((field) => field.name === name)?.value;
  const links = linksOf(text, markup);
  const groupLabels = links.map(({ url }) => labelsOfSilence(url)).find((labels) => labels !== undefined);
  const severity = valueOf("Severity");
  const where = valueOf("Where");
  return {
    ...(groupLabels && { groupLabels }),
    labels: { ...(where !== undefined && labelsOfText(where)), ...groupLabels },
    names: [nameOfTitle(markup.plain(title))],
    ...(severity !== undefined && severity !== "mixed" && { severity }),
    alerts: alertsOf(fields),
    more: [...text.matchAll(/^\.\.\. and (\d{1,9}) more (?:firing|resolved)$/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    ),
    links,
  };
}

interface Field {
  readonly name: string;
  readonly value: string;
}

function fieldsOf(text: string, { field, plain }: Markup): Field[] {
  return text.split("\n").flatMap((line) => {
    const [, name, value] = field.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value: plain(value) }];
  });
}

/** An alert begins with its summary. */
function alertsOf(fields: readonly Field[]): AlertFacts[] {
  const starts = fields.flatMap(({ name }, index) => (name === "Summary" ? [index] : []));
  return starts.map((start, index) => {
    const own = fields.slice(start, starts[index + 1]);
    const valueOf = (name: string) => own.find((field) => field.name === name)?.value;
    const description = valueOf("Description");
    const since = timeOf(valueOf("Since"));
    const resolved = timeOf(valueOf("Resolved"));
    const labels = valueOf("Labels");
    return {
      status: resolved === undefined ? "firing" : "resolved",
      summary: valueOf("Summary") ?? "",
      ...(description !== undefined && { description }),
      ...(since !== undefined && { since }),
      ...(resolved !== undefined && { resolved }),
      ...(labels !== undefined && { labels }),
    };
  });
}

/** The links of the last paragraph: what an alert's own text holds is none of the message's. */
function linksOf(text: string, { link, plain }: Markup): Link[] {
  const last = text.split(/\n{2,}/).at(-1) ?? "";
  return [...last.matchAll(link)].map(({ groups }) => ({
    words: plain(groups?.words ?? ""),
    url: plain(groups?.url ?? ""),
  }));
}

/** `2026-11-26 04:26:20 UTC`, as the templates write a time. */
function timeOf(text: string | undefined): string | undefined {
  const [, date, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(text ?? "") ?? [];
  if (date === undefined || time === undefined) return undefined;
  const at = new Date(`${date}T${time}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** `environment=local, service=order-service`, as Go writes labels. */
function labelsOfText(text: string): Labels {
  return Object.fromEntries(
    text
      .split(/, (?=[A-Za-z_][A-Za-z0-9_]*=)/)
      .map((pair) => /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(pair))
      .flatMap((match) => (match ? [[match[1] ?? "", match[2] ?? ""]] : [])),
  );
}
