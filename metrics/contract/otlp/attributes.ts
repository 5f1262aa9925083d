import type { AnyValue, KeyValue, Resource } from "./request";

/** Attributes by name, as texts. A name that is there twice has its last value. */
export type Attributes = ReadonlyMap<string, string>;

/** The attributes of a span, a point or a resource. */
export function attributesOf(pairs: readonly KeyValue[]): Attributes {
  return new Map(pairs.map(({ key, value }) => [key, textOf(value ?? {})]));
}

/** The name that a sender gives itself; undefined where it gives none, or its SDK had to make one up. */
export function serviceNameOf(resource: Resource | null | undefined): string | undefined {
  const name = attributesOf(resource?.attributes ?? []).get("service.name");
  return name === undefined || name === "" || /^unknown_service(:|$)/.test(name) ? undefined : name;
}

/** A value as the text that labels have: lists and maps as JSON. */
function textOf(value: AnyValue): string {
  const plain = plainOf(value);
  if (typeof plain === "string") return plain;
  if (plain === null) return "";
  return typeof plain === "object" ? JSON.stringify(plain) : String(plain);
}

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

function plainOf(value: AnyValue): Plain {
  if (value.arrayValue) return value.arrayValue.values.map(plainOf);
  if (value.kvlistValue) {
    return Object.fromEntries(value.kvlistValue.values.map((pair) => [pair.key, plainOf(pair.value ?? {})]));
  }
  if (value.intValue !== undefined) {
    const number = Number(value.intValue);
    return Number.isSafeInteger(number) ? number : value.intValue;
  }
  return value.stringValue ?? value.boolValue ?? value.doubleValue ?? value.bytesValue ?? null;
}
