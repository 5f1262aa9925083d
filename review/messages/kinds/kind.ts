import type { GoStruct, GoValue } from "../../../alerts/go-template/values";
import type { SentGroup } from "../template-data";

/** Settings of an integration as Alertmanager's configuration has them, with its defaults. */
export type Settings = Readonly<Record<string, unknown>>;

/** What a message is made of. */
export interface Sending {
  readonly settings: Settings;
  readonly group: SentGroup;
  readonly status: "firing" | "resolved";
  readonly groupKey: string;
  /** Milliseconds of Unix time. */
  readonly time: number;
  /** What templates are given. */
  readonly data: GoStruct;
  /** A setting that is a template, as text; "" where it is not there. @throws TemplateError */
  readonly text: (setting: unknown) => string;
  /** The same as a page, with all values escaped. @throws TemplateError */
  readonly page: (setting: unknown) => string;
}

/** How Alertmanager tells a kind of receiver. */
export interface Integration {
  /** What its configuration says where nobody writes another. */
  readonly defaults: Settings;
  /** The kind of the inbox that reads it. */
  readonly inbox: string;
  /** What is posted, in Go's order of fields. @throws TemplateError where a template fails */
  readonly body: (sending: Sending) => GoValue;
}

/** An object whose empty values are left out, but for those that are always written. */
export function withoutEmpty(
  fields: Readonly<Record<string, GoValue>>,
  always: readonly string[] = [],
): Record<string, GoValue> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) =>
        always.includes(name) || (value !== "" && value !== undefined && value !== false && value !== null),
    ),
  );
}

/** A text of at most so many characters. */
export function truncated(text: string, most: number): string {
  const runes = Array.from(text);
  return runes.length <= most ? text : `${runes.slice(0, most - 1).join("")}…`;
}

/** The settings in a list; none where it is no list. */
export function settingsIn(value: unknown): readonly Settings[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is Settings => typeof each === "object" && each !== null);
}
