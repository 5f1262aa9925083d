import type { Field, Place, YamlValue } from "../../alerts/lint/yaml";
import { secondsOf } from "../../metrics/duration";
import { type Matcher, brokenRegex } from "./matcher";
import { parseMatchers } from "./parse-matchers";

/** Told what is wrong, and where. */
export type Report = (place: Place, message: string) => void;

/** What a value is, in a few words. */
export function described(value: YamlValue): string {
  switch (value.kind) {
    case "nothing":
      return "nothing";
    case "text":
      return `"${value.text}"`;
    case "list":
      return "a list";
    case "map":
      return "a map";
  }
}

/** The items of a list; nothing is an empty one. What is no list is reported. */
export function itemsOf(value: YamlValue | undefined, what: string, report: Report): readonly YamlValue[] {
  if (value === undefined || value.kind === "nothing") return [];
  if (value.kind === "list") return value.items;
  report(value.place, `${what}: found ${described(value)}, allowed: a list`);
  return [];
}

/** The fields of a map of Alertmanager's configuration. What has not the form that Alertmanager wants is reported. */
export class ConfigurationForm {
  private constructor(
    private readonly fields: ReadonlyMap<string, Field>,
    readonly place: Place,
    private readonly report: Report,
  ) {}

  /** A map with these fields and no others; undefined, and reported, where there is something else. */
  static of(
    value: YamlValue,
    what: string,
    allowed: readonly string[],
    report: Report,
  ): ConfigurationForm | undefined {
    if (value.kind !== "map") {
      report(value.place, `${what}: found ${described(value)}, allowed: the fields ${allowed.join(", ")}`);
      return undefined;
    }
    for (const [name, { place }] of value.fields) {
      if (allowed.includes(name)) continue;
      report(place, `${what}: found the unknown field "${name}", allowed: ${allowed.join(", ")}`);
    }
    return new ConfigurationForm(value.fields, value.place, report);
  }

  /** What a field has; undefined where it is not there, or null. */
  value(name: string): YamlValue | undefined {
    const value = this.fields.get(name)?.value;
    return value?.kind === "nothing" ? undefined : value;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || value.kind === "text") return value?.text;
    this.report(value.place, `${name}: found ${described(value)}, allowed: a text`);
    return undefined;
  }

  /** A duration in milliseconds. */
  duration(name: string, least: "zero" | "more than zero"): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const milliseconds = durationMs(text);
    if (milliseconds !== undefined && (milliseconds > 0 || least === "zero")) return milliseconds;
    const allowed = `a duration${least === "zero" ? "" : " above zero"} such as 30s or 5m`;
    this.report(this.placeOf(name), `${name}: found "${text}", allowed: ${allowed}`);
    return undefined;
  }

  boolean(name: string): boolean | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    // As YAML 1.1 has them, which Alertmanager reads.
    if (/^(?:y|yes|true|on)$/i.test(text)) return true;
    if (/^(?:n|no|false|off)$/i.test(text)) return false;
    this.report(this.placeOf(name), `${name}: found "${text}", allowed: true or false`);
    return undefined;
  }

  /** Undefined where the field is not there; an empty list is one. */
  texts(name: string): readonly string[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return itemsOf(value, name, this.report).flatMap((item) => {
      if (item.kind === "text") return [item.text];
      this.report(item.place, `${name}: found ${described(item)}, allowed: a text`);
      return [];
    });
  }

  /** The matchers of a field of the new form, and of two of the old ones: of texts, and of regular expressions. */
  matchers(lines: string, equal: string, regex: string): readonly Matcher[] {
    const parsed = itemsOf(this.value(lines), lines, this.report).flatMap((item) => {
      if (item.kind !== "text") {
        this.report(
          item.place,
          `${lines}: found ${described(item)}, allowed: a text such as severity="critical"`,
        );
        return [];
      }
      const result = parseMatchers(item.text);
      if ("matchers" in result) return result.matchers;
      this.report(item.place, `${lines}: ${result.problem}`);
      return [];
    });
    return [...this.oldMatchers(equal, "="), ...this.oldMatchers(regex, "=~"), ...parsed];
  }

  private oldMatchers(name: string, operator: "=" | "=~"): readonly Matcher[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (value.kind !== "map") {
      this.report(value.place, `${name}: found ${described(value)}, allowed: values by the names of labels`);
      return [];
    }
    return [...value.fields].flatMap(([label, field]): Matcher[] => {
      const text =
        field.value.kind === "text" ? field.value.text : field.value.kind === "nothing" ? "" : undefined;
      if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label))
        this.report(field.place, `${name}: "${label}" is no name of a label`);
      if (text === undefined) {
        this.report(field.value.place, `${name}: found ${described(field.value)}, allowed: a text`);
        return [];
      }
      const problem = operator === "=~" ? brokenRegex(text) : undefined;
      if (problem === undefined) return [{ label, operator, value: text }];
      this.report(field.value.place, `${name}: the regular expression "${text}" is broken: ${problem}`);
      return [];
    });
  }

  /** Where a field's value stands, or the map if it has none. */
  placeOf(name: string): Place {
    return this.fields.get(name)?.value.place ?? this.place;
  }
}

function durationMs(text: string): number | undefined {
  try {
    return Math.round(secondsOf(text) * 1000);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
