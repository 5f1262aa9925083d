import { nearest } from "./describe";
import { report } from "./problems";

/** What a property of an object must be. */
export interface Property {
  /** What it may be, for people. */
  readonly allowed: string;
  readonly is: (value: unknown) => boolean;
  readonly isOptional?: boolean;
  /** Where it is one of some words: these. */
  readonly candidates?: readonly string[];
}

/** What the properties of an object must be: all that it may have. */
export type Properties<T extends object> = { readonly [K in keyof Required<T>]: Property };

/** A text that is not empty. */
export const text: Property = {
  allowed: "a text that is not empty",
  is: (value) => typeof value === "string" && value.trim() !== "",
};

/** A number. */
export const number: Property = { allowed: "a number", is: Number.isFinite };

/** True or false. */
export const flag: Property = { allowed: "true or false", is: (value) => typeof value === "boolean" };

/** A whole number in a range. */
export function whole(least: number, most: number): Property {
  return {
    allowed: `a whole number from ${String(least)} to ${String(most)}`,
    is: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  };
}

/** One of some words. */
export function word(...candidates: readonly string[]): Property {
  return {
    allowed: candidates.join(", "),
    candidates,
    is: (value) => (candidates as readonly unknown[]).includes(value),
  };
}

/** A text of a form. */
export function form(pattern: RegExp, allowed: string): Property {
  return { allowed, is: (value) => typeof value === "string" && pattern.test(value) };
}

/** A list. */
export const list: Property = { allowed: "a list", is: Array.isArray };

/** An object, whose properties are looked at on their own. */
export const object: Property = { allowed: "an object", is: isObject };

/** An object of texts by name. */
export const texts: Property = {
  allowed: "texts by name",
  is: (value) => isObject(value) && Object.values(value).every((each) => typeof each === "string"),
};

/** The same property, which may be left out. */
export function optional(property: Property): Property {
  return { ...property, isOptional: true };
}

/**
 * Reports properties that an object has not, lacks, or has of another kind.
 * @param what the object, as its author calls it
 * @param place see `Problem`
 * @returns whether all is as it must be
 */
export function checkProperties(
  what: string,
  value: unknown,
  properties: Readonly<Record<string, Property>>,
  place?: string,
): boolean {
  const at = place === undefined ? {} : { place };
  const names = Object.keys(properties);
  if (!isObject(value)) {
    report({ ...at, what, found: value, allowed: `an object with ${names.join(", ")}` });
    return false;
  }
  const has = (name: string) => value[name] !== undefined;
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  const absent = names.filter((name) => !has(name) && properties[name]?.isOptional !== true);
  for (const name of unknown) {
    const candidates = names.filter((each) => !has(each));
    report({
      ...at,
      what: `${what}: ${name}`,
      found: name,
      allowed: `one of ${names.join(", ")}`,
      candidates,
    });
  }
  // A misspelt one is one problem, not two.
  const meant = unknown.map((name) => nearest(name, absent));
  for (const name of absent.filter((each) => !meant.includes(each))) {
    report({ ...at, what: `${what}: ${name}`, found: undefined, allowed: properties[name]?.allowed ?? "" });
  }
  const wrong = names.filter((name) => has(name) && properties[name]?.is(value[name]) === false);
  for (const name of wrong) {
    const { allowed = "", candidates = [] } = properties[name] ?? {};
    report({ ...at, what: `${what}: ${name}`, found: value[name], allowed, candidates });
  }
  return unknown.length + absent.length + wrong.length === 0;
}

/** Reports a word that is none of some. */
export function checkWord(
  what: string,
  found: unknown,
  candidates: readonly string[],
  place?: string,
): boolean {
  if ((candidates as readonly unknown[]).includes(found)) return true;
  const allowed = candidates.length === 0 ? "none" : candidates.join(", ");
  report({ ...(place !== undefined && { place }), what, found, allowed, candidates });
  return false;
}

/** Whether a value is an object with names, no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
