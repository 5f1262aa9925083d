import { secondsOf } from "../durations";
import type { Field, Place, YamlValue } from "./yaml";

/** Told what is wrong, and where. */
export type Report = (place: Place, message: string) => void;

/** The fields of a map, read one by one; what has not the form that Prometheus wants is reported and then left out. */
export class Form {
  private constructor(
    private readonly fields: ReadonlyMap<string, Field>,
    readonly place: Place,
    private readonly report: Report,
  ) {}

  /** A map with these fields and no others; undefined, and reported, where there is something else. */
  static of(value: YamlValue, allowed: readonly string[], report: Report): Form | undefined {
    if (value.kind !== "map") {
      report(value.place, `found ${described(value)}, allowed: the fields ${allowed.join(", ")}`);
      return undefined;
    }
    for (const [name, { place }] of value.fields) {
      if (allowed.includes(name)) continue;
      report(place, `found the field "${name}", which Prometheus refuses; allowed: ${allowed.join(", ")}`);
    }
    return new Form(value.fields, value.place, report);
  }

  /** Where a field's value stands, or the map if it has none. */
  placeOf(name: string): Place {
    return this.fields.get(name)?.value.place ?? this.place;
  }

  /** Whether a field has a value that is neither null nor an empty text. */
  has(name: string): boolean {
    const value = this.fields.get(name)?.value;
    return value !== undefined && value.kind !== "nothing" && !(value.kind === "text" && value.text === "");
  }

  text(name: string): string | undefined {
    const value = this.fields.get(name)?.value;
    if (value === undefined || value.kind === "nothing") return undefined;
    if (value.kind === "text") return value.text;
    this.report(value.place, `${name}: found ${described(value)}, allowed: a text`);
    return undefined;
  }

  /** A duration as it is written. */
  duration(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    try {
      secondsOf(text);
      return text;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.report(this.placeOf(name), `${name}: found "${text}", allowed: a duration such as 15s or 1m30s`);
      return undefined;
    }
  }

  integer(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined || text === "") return undefined;
    const value = Number(text);
    if (Number.isInteger(value)) return value;
    this.report(this.placeOf(name), `${name}: found "${text}", allowed: a whole number`);
    return undefined;
  }

  /** Texts by name; those that are null are left out. */
  texts(name: string): Readonly<Record<string, string>> {
    const value = this.fields.get(name)?.value;
    if (value === undefined || value.kind === "nothing") return {};
    if (value.kind !== "map") {
      this.report(value.place, `${name}: found ${described(value)}, allowed: texts by name`);
      return {};
    }
    return Object.fromEntries(
      [...value.fields].flatMap(([each, field]): [string, string][] => {
        if (field.value.kind === "text") return [[each, field.value.text]];
        if (field.value.kind !== "nothing")
          this.report(field.value.place, `${name}.${each}: found ${described(field.value)}, allowed: a text`);
        return [];
      }),
    );
  }

  /** The items of a list; those that are null are left out. */
  list(name: string): readonly YamlValue[] {
    const value = this.fields.get(name)?.value;
    if (value === undefined || value.kind === "nothing") return [];
    if (value.kind === "list") return value.items.filter(({ kind }) => kind !== "nothing");
    this.report(value.place, `${name}: found ${described(value)}, allowed: a list`);
    return [];
  }
}

/** A value in words. */
export function described(value: YamlValue): string {
  switch (value.kind) {
    case "nothing":
      return "nothing";
    case "text":
      return `"${value.text.length > 40 ? `${value.text.slice(0, 40)}…` : value.text}"`;
    case "list":
      return "a list";
    case "map":
      return `a map of ${[...value.fields.keys()].slice(0, 5).join(", ") || "nothing"}`;
  }
}
